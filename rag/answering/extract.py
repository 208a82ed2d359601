"""The extractive answerer: reads figures from table cells and says the sentences that say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answering.calc_answer import Calculator
from rag.answering.difference import compare
from rag.answering.draft import Draft, Material
from rag.answering.excerpt import excerpt, passage_excerpts, row_block
from rag.answering.fact_answer import answer_from_facts
from rag.answering.formula_answer import answer_by_formula
from rag.answering.phrase import row_sentence, told_periods
from rag.answering.premise import denied_premise
from rag.answering.ranking import FIGURE_KINDS, Scored, rank_units
from rag.answering.refuse import refuse_unanswered
from rag.answering.relevance import Need, gain, needs_of
from rag.answering.table_list import listed_rows
from rag.answering.total_answer import answer_total
from rag.answering.units import Unit, units_of
from rag.answering.yesno import box_sentence
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.question import Side

# A unit that scores less does not speak of what is asked; set where few right answers are lost (eval/gold).
ENOUGH = {"number": 1.7, "compare": 1.6, "calc": 1.6, "text": 1.6, "why": 2.0, "list": 1.6, "yesno": 1.6}
# A second unit is added when it meets at least this share of what the first leaves open.
WORTH_ADDING = 0.5
# Another issuer's filing answers as well from this share of the best score on.
AS_GOOD = 0.85
# In a question for words a second sentence that scores nearly as high as the first is said beside it.
BESIDE = 0.9
# Units looked at for one answer.
MOST_TRIED = 40
MOST_CLAIMS = {"number": 2, "compare": 3, "calc": 3, "text": 2, "why": 3, "list": 6, "yesno": 2}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The ranked units of one issuer's evidence."""

    ranked: list[Scored]
    needs: tuple[Need, ...]
    words: bool


class ExtractiveAnswerer:
    """Works without a model: facts first, then rows and sentences in the filing's own words."""

    name = "extractive"

    def __init__(self, corpus: Corpus, calculator: Calculator) -> None:
        self._corpus = corpus
        self._calculator = calculator

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """A draft of figures and verbatim sentences, or a refusal with its reason."""
        needs = needs_of(material.query, self._corpus)
        total = _checked(answer_total(material), material)
        draft = self._beside(material, needs, total) if total is not None else self._draft(material, needs)
        if say is not None:
            for claim in draft.claims:
                say(claim.text)
        return draft

    def fits_several(self, material: Material) -> bool:
        """Whether a question that names no company is answered as well by the filings of another issuer."""
        best: dict[str, float] = {}
        needs = needs_of(material.query, self._corpus)
        for scored in self._ranked(range(len(material.evidence)), needs, material):
            filing = material.evidence[scored.unit.evidence].filing
            best.setdefault(filing.issuer.name or filing.id, scored.score)
        ordered = sorted(best.values(), reverse=True)
        return len(ordered) > 1 and (bool(material.query.line_items) or ordered[1] >= AS_GOOD * ordered[0])

    def _draft(self, material: Material, needs: tuple[Need, ...]) -> Draft:
        draft = _checked(denied_premise(material) or self._calculated(material), material)
        draft = draft or _checked(answer_from_facts(material, needs), material)
        if draft is None and material.query.kind in FIGURE_KINDS and not material.query.terms:
            # A ratio of the whole company, where a sentence or row would give that of a product.
            draft = _checked(answer_by_formula(material), material)
        if draft is not None:
            return draft
        if material.query.kind == "yesno" and self._is_unheard_of(material, needs):
            return Draft(refusal=refuse_unanswered(material, needs))
        if material.query.kind not in ("why", "yesno") and any(n.is_known and not n.count for n in needs):
            return _checked(answer_by_formula(material), material) or Draft(
                refusal=refuse_unanswered(material, needs)
            )
        claims: list[Claim] = []
        said: list[Unit] = []
        words = material.query.kind in ("text", "why", "list")
        readings = [
            _Reading(self._ranked(part, own, material), own, words)
            for part, own in _by_issuer(material, needs)
        ]
        for reading in readings:
            claims.extend(self._claims(material, reading, said))
        compared = compare(material, said, needs)
        if compared is not None and check(compared, material.evidence).passed:
            claims.append(compared)
        if not claims:
            return _checked(answer_by_formula(material), material) or Draft(
                refusal=refuse_unanswered(material, needs)
            )
        return Draft(tuple(claims))

    def _beside(self, material: Material, needs: tuple[Need, ...], total: Draft) -> Draft:
        """The total of some issuers, after what is said of the others that the question names."""
        told = {material.evidence[quote.evidence].filing.id for c in total.claims for quote in c.quotes}
        claims: list[Claim] = []
        for part, own in _by_issuer(material, needs) if material.query.sides else ():
            if part and not told & {material.evidence[i].filing.id for i in part}:
                reading = _Reading(self._ranked(part, own, material), own, words=False)
                claims.extend(self._claims(material, reading, []))
        return replace(total, claims=(*claims, *total.claims))

    def _is_unheard_of(self, material: Material, needs: Sequence[Need]) -> bool:
        """Whether something the question names is in no passage, not even two characters of its name."""
        names = [need.words[0] for need in needs if need.is_name and not need.count]
        pieces = [[name[i : i + 2] for i in range(max(1, len(name) - 1))] for name in names]
        return any(not count for _, count in self._corpus.rarity(pieces, material.query.filing_ids))

    def _calculated(self, material: Material) -> Draft | None:
        query = material.query
        if query.kind == "compare" and len(query.sides) == 0:
            return self._calculator.answer(query)
        if query.kind != "calc":
            return None
        return answer_by_formula(material) or self._calculator.answer(query)

    def _ranked(self, indexes: Sequence[int], needs: tuple[Need, ...], material: Material) -> list[Scored]:
        units = [unit for unit in units_of(material.evidence) if unit.evidence in indexes]
        return rank_units(units, needs, material.query, material.evidence)

    def _claims(self, material: Material, reading: _Reading, said: list[Unit]) -> list[Claim]:
        """The best unit, and further ones for what it leaves open; the units are added to `said`."""
        kind = material.query.kind
        chosen: list[Unit] = []
        claims: list[Claim] = []
        tried: set[Unit] = set()
        while len(chosen) < MOST_CLAIMS[kind]:
            scored = self._next(reading, chosen, ENOUGH[kind], tried)
            if scored is None:
                break
            tried.add(scored.unit)
            made = self._claims_of(material, scored.unit, reading.needs, first=not chosen)
            if made:
                chosen.append(scored.unit)
                claims.extend(made)
        said.extend(chosen)
        return claims

    @staticmethod
    def _next(reading: _Reading, chosen: Sequence[Unit], enough: float, tried: set[Unit]) -> Scored | None:
        """The best unit not tried yet; after the first, the one that adds most to what is said."""
        left = [scored for scored in reading.ranked[:MOST_TRIED] if scored.unit not in tried]
        if not chosen:
            return left[0] if left and left[0].score >= enough else None
        if (
            reading.words
            and len(chosen) == 1
            and left
            and left[0].score >= max(enough, BESIDE * reading.ranked[0].score)
        ):
            return left[0]
        gains = [(gain(scored.unit, chosen, reading.needs), scored) for scored in left]
        best = max(gains, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= WORTH_ADDING else None

    def _claims_of(
        self, material: Material, unit: Unit, needs: Sequence[Need], *, first: bool
    ) -> list[Claim]:
        """The unit as claims that pass the check; with the sentences that complete it where it comes first."""
        made: list[Claim] = []
        plain_list = first and material.query.kind == "list" and not material.query.expects
        if plain_list and (listed := listed_rows(material, unit)) is not None:
            made = [listed]
        elif first and material.query.kind in ("list", "why", "text"):
            made = passage_excerpts(material, unit, needs)
        if not made:
            claim = _claim(material, unit, needs)
            made = [claim] if claim is not None else []
        return [claim for claim in made if check(claim, material.evidence).passed]


def _checked(draft: Draft | None, material: Material) -> Draft | None:
    """The draft if its first claim passes the check, without the claims that do not."""
    if draft is None:
        return None
    evidence = (draft.material or material).evidence
    passed = tuple(claim for claim in draft.claims if check(claim, evidence).passed)
    return replace(draft, claims=passed) if passed and passed[0] is draft.claims[0] else None


def _by_issuer(material: Material, needs: tuple[Need, ...]) -> list[tuple[list[int], tuple[Need, ...]]]:
    """Indexes of evidence with the needs it must meet, for each issuer when the question names several."""
    pieces = list(enumerate(material.evidence))
    if not material.query.sides:
        return [([i for i, _ in pieces], needs)]
    return [
        ([i for i, piece in pieces if piece.filing.id in side.filing_ids], _said_of(side, needs))
        for side in material.query.sides
    ]


def _said_of(side: Side, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs named in the words said of one issuer; all of them where these name none."""
    words = squeeze(side.words).lower()
    own = tuple(need for need in needs if any(word in words for word in (*need.words, *need.said)))
    return own or needs


def _claim(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """One unit as a claim in the answer's words."""
    piece = material.evidence[unit.evidence]
    if unit.kind == "box":
        return Claim(box_sentence(piece, unit), (Quote(unit.evidence, unit.start, unit.end),))
    if unit.kind == "row" and unit.row is not None:
        if material.query.kind == "why":
            return row_block(material, unit)
        sentence = row_sentence(piece, unit.row, told_periods(material.query), material.query.text)
        return Claim(sentence, (Quote(unit.evidence, unit.start, unit.end),)) if sentence else None
    return excerpt(material, unit, needs)
