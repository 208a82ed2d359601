"""The extractive answerer: reads figures from table cells and says the sentences that say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answering.alternatives import Read, with_alternatives
from rag.answering.answer import Refusal
from rag.answering.calc_answer import Calculator
from rag.answering.difference import compare, in_order
from rag.answering.dissent import with_dissent
from rag.answering.draft import Draft, Material
from rag.answering.enough import answers, is_unheard_of
from rag.answering.excerpt import behind_box, excerpt, passage_excerpts
from rag.answering.extreme import asks_extreme, extreme_row
from rag.answering.fact_answer import answer_from_facts
from rag.answering.form_fields import field_sentence
from rag.answering.formula_answer import answer_by_formula
from rag.answering.heading_list import listed_headings
from rag.answering.phrase import asked_first, issuer_name, row_sentence, told_periods
from rag.answering.premise import MESSAGE, denied_premise, still_under_way
from rag.answering.ranking import FIGURE_KINDS, Scored, rank_units
from rag.answering.reasons import with_reasons
from rag.answering.refuse import refuse_unanswered
from rag.answering.relevance import Need, gain, needs_of
from rag.answering.row_reason import row_block
from rag.answering.table_list import listed_rows
from rag.answering.total_answer import answer_total
from rag.answering.units import Unit, held_units, units_of
from rag.answering.word_features import Grams, grams_of
from rag.answering.yesno import affirms, box_sentence, plain_first, verdict
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.formula import find_formulas
from rag.filings.lexicon import line_items
from rag.filings.passage import Cell, Row
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.question import Query, QuestionKind, Side

# A unit that scores less does not speak of what is asked; set where few right answers are lost (eval/gold).
ENOUGH = {"number": 1.7, "compare": 1.6, "calc": 1.6, "text": 0.9, "why": 0.9, "list": 0.9, "yesno": 0.9}
# A second unit is added when it meets at least this share of what the first leaves open.
WORTH_ADDING = 0.5
# Another issuer's filing answers as well from this share of the best score on.
AS_GOOD = 0.85
# In a question for words a second sentence that scores nearly as high as the first is said beside it; a second
# reason may be another filing's, told more closely.
BESIDE = {"text": 0.85, "list": 0.9, "yesno": 0.9, "why": 0.8}
# A sentence that covers this much of the question gives the ratio asked for.
PRINTED = 0.8
# Units looked at for one answer.
MOST_TRIED = 40
MOST_CLAIMS = {"number": 2, "compare": 3, "calc": 3, "text": 3, "why": 3, "list": 6, "yesno": 2}
# What is left open is filled by units of words that score at least this share of the best.
ALSO = 0.5
# Sentences beside the first are added while what is said stays within so many signs.
ROOM = 260


@dataclass(frozen=True, slots=True)
class _Reading:
    """The ranked units of one issuer's evidence."""

    ranked: list[Scored]
    needs: tuple[Need, ...]
    words: bool
    grams: Grams
    expects: tuple[frozenset[str], ...] = ()


class ExtractiveAnswerer:
    """Works without a model: facts first, then rows and sentences in the filing's own words."""

    name = "extractive"

    def __init__(self, corpus: Corpus, calculator: Calculator, read: Read | None = None) -> None:
        """`read` gives the cells that near misses are told from; without it none are told."""
        self._corpus = corpus
        self._calculator = calculator
        self._read = read

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """A draft of figures and verbatim sentences, or a refusal with its reason."""
        needs = needs_of(material.query, self._corpus)
        material = with_reasons(material, self._corpus)
        total = _checked(answer_total(material), material)
        draft = self._beside(material, needs, total) if total is not None else self._draft(material, needs)
        if self._read is not None:
            draft = with_alternatives(draft, material, self._read)
        if say is not None:
            for claim in draft.claims:
                say(claim.text)
        return draft if draft.material is not None else replace(draft, material=material)

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
        """A draft from cells and formulas, else from headings, rows and sentences."""
        worked_out = self._worked_out(material, needs)
        if worked_out is not None:
            return worked_out
        if self._is_unheard_of(material, needs):
            return self._formula_or_refusal(material, needs)
        return self._by_heading(material) or self._told(material, needs)

    def _worked_out(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        """What premises, formulas and the statements' cells answer."""
        draft = _checked(denied_premise(material) or self._calculated(material), material)
        draft = draft or _checked(self._extreme(material, needs), material)
        draft = draft or with_dissent(_checked(answer_from_facts(material, needs), material), material)
        if draft is None and material.query.kind in FIGURE_KINDS and not self._is_printed(material, needs):
            # A ratio of the whole company, where a sentence or row would give that of a product.
            draft = _checked(answer_by_formula(material), material)
        return draft

    def _told(self, material: Material, needs: tuple[Need, ...]) -> Draft:
        """The rows and sentences that tell what is asked, each issuer's in turn."""
        claims: list[Claim] = []
        said: list[Unit] = []
        kind = material.query.kind
        for part, own in _by_issuer(material, needs):
            reading = self._reading(part, own, material, words=kind not in FIGURE_KINDS)
            claims.extend(self._claims(material, reading, said))
        compared = compare(material, said, needs)
        if compared is not None and check(compared, material.evidence).passed:
            claims = list(in_order(material.query, claims, compared))
        if not claims:
            return self._formula_or_refusal(material, needs)
        if kind != "yesno" and still_under_way(material.query, claims):
            return Draft(tuple(claims[:1]), refusal=Refusal("unsupported_premise", MESSAGE))
        return Draft(tuple(claims))

    @staticmethod
    def _formula_or_refusal(material: Material, needs: Sequence[Need]) -> Draft:
        by_formula = (
            None if material.query.kind == "yesno" else _checked(answer_by_formula(material), material)
        )
        return by_formula or Draft(refusal=refuse_unanswered(material, needs))

    def _by_heading(self, material: Material) -> Draft | None:
        """The headings below the part that a question for a list names."""
        query = material.query
        if query.kind != "list" or query.line_items or query.expects:
            return None
        listed = listed_headings(material, self._corpus)
        return _checked(Draft((listed[0],), material=listed[1]), material) if listed is not None else None

    def _is_printed(self, material: Material, needs: tuple[Need, ...]) -> bool:
        """Whether more than a ratio is asked for, or a sentence gives one of balances, which products have not."""
        if material.query.terms:
            return True
        keys = {key for formula in find_formulas(material.query.text) for key in formula.operands}
        if not keys or any(line_items()[key].nature != "balance" for key in keys):
            return False
        best = next(iter(self._ranked(range(len(material.evidence)), needs, material)), None)
        return best is not None and best.unit.kind == "sentence" and best.coverage >= PRINTED

    def _beside(self, material: Material, needs: tuple[Need, ...], total: Draft) -> Draft:
        """The total of some issuers, after what is said of the others that the question names."""
        told = {material.evidence[quote.evidence].filing.id for c in total.claims for quote in c.quotes}
        claims: list[Claim] = []
        for part, own in _by_issuer(material, needs) if material.query.sides else ():
            if part and not told & {material.evidence[i].filing.id for i in part}:
                claims.extend(self._claims(material, self._reading(part, own, material, words=False), []))
        return replace(total, claims=(*claims, *total.claims))

    def _is_unheard_of(self, material: Material, needs: Sequence[Need]) -> bool:
        """Whether no filing asked of speaks of what the question names.

        For yes or no, something must be in no passage, not even two characters of its name.
        """
        kind = material.query.kind
        if kind == "yesno":
            names = [need.words[0] for need in needs if need.is_name and not need.count]
            pieces = [[name[i : i + 2] for i in range(max(1, len(name) - 1))] for name in names]
            return any(not count for _, count in self._corpus.rarity(pieces, material.query.filing_ids))
        unheard = kind in ("number", "text", "list") and is_unheard_of(needs)
        return unheard or (kind != "why" and any(n.is_known and not n.count for n in needs))

    def _calculated(self, material: Material) -> Draft | None:
        query = material.query
        if query.kind in ("compare", "calc") and (two := self._calculator.compare_two(query)):
            return two
        if query.kind in ("compare", "number") and len(query.sides) == 0:
            return self._calculator.answer(query)
        if query.kind != "calc":
            return None
        return answer_by_formula(material) or self._calculator.answer(query)

    def _extreme(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        if not asks_extreme(material.query):
            return None
        return extreme_row(material, self._ranked(range(len(material.evidence)), needs, material))

    def _ranked(self, indexes: Sequence[int], needs: tuple[Need, ...], material: Material) -> list[Scored]:
        units = [unit for unit in units_of(material.evidence) if unit.evidence in indexes]
        return rank_units(units, needs, material.query, material.evidence)

    def _reading(
        self, indexes: Sequence[int], needs: tuple[Need, ...], material: Material, *, words: bool
    ) -> _Reading:
        units = [unit for unit in units_of(material.evidence) if unit.evidence in indexes]
        ranked = rank_units(units, needs, material.query, material.evidence)
        if material.query.kind == "yesno":
            ranked = plain_first(ranked, material.query.text, needs)
        expects = material.query.expects if material.query.kind in FIGURE_KINDS else ()
        return _Reading(ranked, needs, words, grams_of(material.query, units), expects)

    def _claims(self, material: Material, reading: _Reading, said: list[Unit]) -> list[Claim]:
        """The best unit, and further ones for what it leaves open; the units are added to `said`."""
        kind = material.query.kind
        chosen: list[Unit] = []
        claims: list[Claim] = []
        tried: set[Unit] = set()
        while len(chosen) < _most_claims(material.query):
            room = sum(len(claim.text) for claim in claims) < ROOM
            scored = self._next(reading, chosen, kind, tried, room=room)
            if scored is None:
                break
            tried.add(scored.unit)
            if not chosen and not answers(scored.unit, reading.needs, material.query, reading.grams):
                if kind == "number":
                    break  # the best figure is another thing's, and so are those after it
                continue
            made = self._claims_of(material, scored.unit, reading.needs, first=not chosen)
            if made:
                chosen.append(scored.unit)
                claims.extend(made)
        said.extend(chosen)
        return claims

    @staticmethod
    def _next(
        reading: _Reading, chosen: Sequence[Unit], kind: QuestionKind, tried: set[Unit], *, room: bool
    ) -> Scored | None:
        """The best unit not tried yet; after the first, the one that adds most to what is said."""
        enough, beside = ENOUGH[kind], BESIDE.get(kind, 1.0)
        left = [scored for scored in reading.ranked[:MOST_TRIED] if scored.unit not in tried]
        if not chosen:
            return left[0] if left and left[0].score >= enough else None
        if (
            reading.words
            and chosen[0].kind != "box"
            and (room or len(chosen) == 1)
            and left
            and left[0].score >= max(enough, beside * reading.ranked[0].score)
        ):
            return left[0]
        missing = _missing(reading.expects, chosen)
        giving = [scored for scored in left if scored.score >= enough and held_units(scored.unit) & missing]
        if giving:
            return giving[0]
        gains = [
            (gain(scored.unit, chosen, reading.needs), scored)
            for scored in left
            if not reading.words or scored.score >= max(enough, ALSO * reading.ranked[0].score)
        ]
        best = max(gains, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= WORTH_ADDING else None

    def _claims_of(
        self, material: Material, unit: Unit, needs: Sequence[Need], *, first: bool
    ) -> list[Claim]:
        """The unit as claims that pass the check; with the sentences that complete it where it comes first."""
        made: list[Claim] = []
        kind = material.query.kind
        if first and unit.kind == "box" and affirms(passage_text(material, unit)):
            made = behind_box(material, unit)
            if kind == "yesno" or not made:
                made = [c for c in (_claim(material, unit, needs), *made) if c is not None]
        plain_list = first and kind == "list" and not material.query.expects and not made
        if plain_list and (listed := listed_rows(material, unit)) is not None:
            made = [listed]
        elif not made and (kind == "list" or (first and kind in ("why", "text"))):
            made = passage_excerpts(material, unit, needs)
        if not made:
            claim = _claim(material, unit, needs, first=first)
            made = [claim] if claim is not None else []
        return [claim for claim in made if check(claim, material.evidence).passed]


def passage_text(material: Material, unit: Unit) -> str:
    """The unit's own words in its passage."""
    return material.evidence[unit.evidence].passage.text[unit.start : unit.end]


def _missing(expects: Sequence[frozenset[str]], chosen: Sequence[Unit]) -> frozenset[str]:
    """The units of the first figure asked for, of several, that no unit said gives."""
    told = set[str]().union(*(held_units(unit) for unit in chosen))
    return (
        next((units for units in expects if not units & told), frozenset())
        if len(expects) > 1
        else frozenset()
    )


def _most_claims(query: Query) -> int:
    """The most units said of one issuer; of several no more than there are figures asked for."""
    most = MOST_CLAIMS[query.kind]
    asked = max(1, len(query.line_items), len(query.expects))
    return min(most, asked) if query.sides and query.kind in FIGURE_KINDS else most


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


def _claim(material: Material, unit: Unit, needs: Sequence[Need], *, first: bool = False) -> Claim | None:
    """One unit as a claim in the answer's words; the first one of a yes-or-no question with its verdict."""
    piece = material.evidence[unit.evidence]
    if unit.kind == "box":
        return Claim(box_sentence(piece, unit), (Quote(unit.evidence, unit.start, unit.end),))
    if unit.field is not None:
        said = field_sentence(unit.field, piece.passage.text, issuer_name(piece.filing))
        head = Quote(unit.evidence, *unit.field.head)
        return Claim(
            said, (*((head,) if unit.field.persons else ()), Quote(unit.evidence, unit.start, unit.end))
        )
    if unit.kind == "row" and unit.row is not None:
        if material.query.kind == "why":
            return row_block(material, unit)
        return _row_claim(material, unit, unit.row)
    claim = excerpt(material, unit, needs)
    if claim is None or not first or material.query.kind != "yesno":
        return claim
    told = verdict(material.query.text, claim.text, needs)
    return replace(claim, text=f"{told}：{claim.text}") if told else claim


def _row_claim(material: Material, unit: Unit, row: Row) -> Claim | None:
    """A row's figures as a claim; without those that the check cannot follow where the whole does not pass."""
    claim = _cells_claim(material, unit, row)
    if claim is None or _passes(claim, material):
        return claim
    sound = [
        cell for cell in row.cells if _passes(_cells_claim(material, unit, _only(row, [cell])), material)
    ]
    best = asked_first(sound, material.evidence[unit.evidence].passage, material.query.text)
    for cells in (sound, best[:2], best[:1]):
        fewer = _cells_claim(material, unit, _only(row, cells))
        if fewer is not None and _passes(fewer, material):
            return fewer
    return claim


def _only(row: Row, cells: Sequence[Cell]) -> Row:
    """The row with these of its cells."""
    return replace(row, cells=tuple(cells))


def _cells_claim(material: Material, unit: Unit, row: Row) -> Claim | None:
    query = material.query
    text = row_sentence(material.evidence[unit.evidence], row, told_periods(query), query.text)
    return Claim(text, (Quote(unit.evidence, unit.start, unit.end),)) if text else None


def _passes(claim: Claim | None, material: Material) -> bool:
    return claim is not None and check(claim, material.evidence).passed
