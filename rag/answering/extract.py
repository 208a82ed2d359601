"""The extractive answerer: reads figures from table cells and says the sentences that say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.draft import Draft, Material
from rag.answering.excerpt import excerpt, passage_excerpts, row_block
from rag.answering.fact_answer import answer_from_facts
from rag.answering.formula_answer import answer_by_formula
from rag.answering.phrase import row_sentence
from rag.answering.ranking import Scored, rank_units
from rag.answering.refuse import refuse_unanswered
from rag.answering.relevance import Need, met, needs_of
from rag.answering.units import Unit, units_of
from rag.answering.yesno import box_sentence
from rag.checking.claim import Claim, Quote
from rag.retrieval.corpus import Corpus

# Below this share of the question's weight a unit does not speak of what is asked.
ENOUGH = {"number": 0.5, "compare": 0.5, "calc": 0.5, "text": 0.45, "why": 0.5, "list": 0.45, "yesno": 0.45}
# A second unit is added when it meets at least this share of what the first leaves open.
WORTH_ADDING = 0.5
MOST_CLAIMS = {"number": 2, "compare": 3, "calc": 3, "text": 2, "why": 3, "list": 6, "yesno": 2}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The ranked units of one issuer's evidence."""

    ranked: list[Scored]
    needs: tuple[Need, ...]


class ExtractiveAnswerer:
    """Works without a model: facts first, then rows and sentences in the filing's own words."""

    name = "extractive"

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """A draft of figures and verbatim sentences, or a refusal with its reason."""
        draft = self._draft(material)
        if say is not None:
            for claim in draft.claims:
                say(claim.text)
        return draft

    def _draft(self, material: Material) -> Draft:
        needs = needs_of(material.query, self._corpus)
        draft = answer_by_formula(material) if material.query.kind == "calc" else None
        draft = draft or answer_from_facts(material, needs)
        if draft is not None:
            return draft
        claims: list[Claim] = []
        readings = [_Reading(self._ranked(part, needs, material), needs) for part in _by_issuer(material)]
        for reading in readings:
            claims.extend(self._claims(material, reading))
        if not claims:
            return answer_by_formula(material) or Draft(refusal=refuse_unanswered(material, needs))
        return Draft(tuple(claims))

    def _ranked(self, indexes: Sequence[int], needs: tuple[Need, ...], material: Material) -> list[Scored]:
        units = [unit for unit in units_of(material.evidence) if unit.evidence in indexes]
        return rank_units(units, needs, material.query, material.evidence)

    def _claims(self, material: Material, reading: _Reading) -> list[Claim]:
        """The best unit, and further ones for what it leaves open."""
        kind = material.query.kind
        if not reading.ranked or reading.ranked[0].score < ENOUGH[kind]:
            return []
        chosen = [reading.ranked[0]]
        if kind in ("list", "why", "text"):
            rest = passage_excerpts(material, chosen[0].unit, reading.needs)
            if rest:
                return rest
        for scored in reading.ranked[1:40]:
            if len(chosen) >= MOST_CLAIMS[kind]:
                break
            if _adds(scored.unit, [c.unit for c in chosen], reading.needs):
                chosen.append(scored)
        return [claim for claim in (_claim(material, scored.unit, reading.needs) for scored in chosen) if claim is not None]


def _by_issuer(material: Material) -> list[list[int]]:
    """Indexes of evidence, one list for each issuer the question names; all of it when it names one or none."""
    query = material.query
    if len(query.issuers) < 2:
        return [list(range(len(material.evidence)))]
    groups: dict[str, list[int]] = {}
    for i, piece in enumerate(material.evidence):
        groups.setdefault(piece.filing.issuer.name or piece.filing.id, []).append(i)
    return list(groups.values())


def _adds(unit: Unit, chosen: Sequence[Unit], needs: Sequence[Need]) -> bool:
    """Whether a unit meets enough of what the chosen ones leave open."""
    open_weight = gained = 0.0
    for need in needs:
        best = max(met(c, need) for c in chosen)
        open_weight += need.weight * (1 - best)
        gained += need.weight * max(0.0, met(unit, need) - best)
    total = sum(need.weight for need in needs)
    return open_weight > 0.25 * total and gained >= WORTH_ADDING * open_weight


def _claim(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """One unit as a claim in the answer's words."""
    piece = material.evidence[unit.evidence]
    if unit.kind == "box":
        return Claim(box_sentence(piece, unit), (Quote(unit.evidence, unit.start, unit.end),))
    if unit.kind == "row" and unit.row is not None:
        if material.query.kind == "why":
            return row_block(material, unit)
        sentence = row_sentence(piece, unit.row, material.query.periods)
        return Claim(sentence, (Quote(unit.evidence, unit.start, unit.end),)) if sentence else None
    return excerpt(material, unit, needs)
