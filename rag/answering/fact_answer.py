"""Line items asked for by name are answered from the statements' own cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.difference import compare, in_order
from rag.answering.draft import Draft, Material
from rag.answering.ranking import coverage
from rag.answering.relevance import Need
from rag.answering.standing import standing
from rag.answering.told_row import asked_sentence
from rag.answering.units import Unit, row_unit
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.fiscal import same_time
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Fact, Passage
from rag.filings.text import squeeze
from rag.retrieval.question import Query

# A row that meets less of the question than this speaks of something narrower or wider.
ROW_COVERAGE = 0.8
_PARTS = re.compile(r"[费用款货产债入本](?:里面?|当?中)的?(?!心)")
_NUMBERED = re.compile(r"^[(（]?[\d一二三四五六七八九十]+[)）、.．]\s*")
_TWO = 2
_STATEMENT_RANK = {"key_indicators": 0, "income_statement": 1, "balance_sheet": 1, "cash_flow": 1}


def answer_from_facts(material: Material, needs: Sequence[Need]) -> Draft | None:
    """One sentence for each line item and issuer asked for; None where a cell is missing or more is asked."""
    query = material.query
    if not query.line_items or query.kind not in ("number", "compare", "calc", "text", "yesno"):
        return None
    claims: list[Claim] = []
    units: list[Unit] = []
    for filings in filings_by_issuer(material):
        for key in query.line_items:
            found = _claim(material, needs, key, filings)
            if found is None:
                return None
            claims.append(found[0])
            units.append(found[1])
    compared = compare(material, units, needs)
    return Draft(in_order(query, claims, compared)) if claims else None


def filings_of(material: Material) -> Sequence[Filing]:
    """The filings of the evidence, in rank order."""
    return tuple({piece.filing.id: piece.filing for piece in material.evidence}.values())


def filings_by_issuer(material: Material) -> list[list[Filing]]:
    """The filings of the evidence in rank order, one list for each issuer."""
    groups: dict[str, list[Filing]] = {}
    for piece in material.evidence:
        group = groups.setdefault(piece.filing.issuer.name or piece.filing.id, [])
        if piece.filing not in group:
            group.append(piece.filing)
    return list(groups.values())


def _claim(
    material: Material, needs: Sequence[Need], key: str, filings: Sequence[Filing]
) -> tuple[Claim, Unit] | None:
    for fact in ranked_facts(material, key, filings):
        unit = _unit_of(material, fact)
        if unit is None or unit.row is None:
            continue
        if _is_of_other_note(material.evidence[unit.evidence].passage, material.query):
            continue
        own = [need for need in needs if not need.line_item or need.line_item == key]
        if coverage(unit, own) < ROW_COVERAGE:
            continue
        sentence = asked_sentence(material.evidence[unit.evidence], unit.row, material.query)
        if sentence:
            return Claim(sentence, (Quote(unit.evidence, unit.start, unit.end),), (fact,)), unit
    return None


def _is_of_other_note(passage: Passage, query: Query) -> bool:
    """Whether a row stands in the note of another item than the one whose parts are asked for: 管理费用中职工薪酬."""
    if not _PARTS.search(query.text) or len(query.line_items) < _TWO:
        return False
    items = {line_item_of(_NUMBERED.sub("", squeeze(heading))) for heading in passage.section[-2:]} - {""}
    return bool(items) and not items & set(query.line_items)


def ranked_facts(material: Material, key: str, filings: Sequence[Filing]) -> list[Fact]:
    """The facts of a line item for the asked period and scope, the usual place to read it first."""
    ids = {filing.id: filing for filing in filings}
    fitting = [
        fact
        for fact in material.facts
        if fact.line_item == key
        and fact.filing_id in ids
        and fact.certain
        and fact.measure != "change"
        and _fits(fact, ids[fact.filing_id], material.query)
    ]
    asked = material.query.periods

    def rank(fact: Fact) -> tuple[object, ...]:
        own, corrected, full = standing(ids[fact.filing_id], next(iter(asked), ""))
        before = "调整前" in fact.column
        place = _STATEMENT_RANK.get(fact.statement, 2)
        named = line_items()[key].name in squeeze(fact.label)
        return (not own, not corrected, not full, before, place, not named, fact.id)

    return sorted(fitting, key=rank)


def _fits(fact: Fact, filing: Filing, query: Query) -> bool:
    if (fact.scope == "parent") != (query.scope == "parent"):
        return False
    asked = query.periods or (filing.period,)
    return not fact.period or any(same_time(fact.period, period) for period in asked)


def _unit_of(material: Material, fact: Fact) -> Unit | None:
    """The row a fact stands in, among the evidence."""
    for index, piece in enumerate(material.evidence):
        if piece.passage.id == fact.passage_id:
            row = next((r for r in piece.passage.rows if (r.start, r.end) == fact.row), None)
            return row_unit(index, piece.passage, row) if row is not None else None
    return None


def quotes_of(material: Material, facts: Sequence[Fact]) -> list[Quote | None]:
    """The quote that holds each fact, None where its passage is not among the evidence."""
    units = [_unit_of(material, fact) for fact in facts]
    return [Quote(unit.evidence, unit.start, unit.end) if unit is not None else None for unit in units]
