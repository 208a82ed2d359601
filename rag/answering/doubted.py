"""Warnings for figures of an answer that an accounting identity speaks against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.checking.claim import Arithmetic
from rag.checking.figure import FigureFinding
from rag.filings.amount import parse_amount
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.store.index import FilingIndex
from rag.structure.doubts import is_doubted


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A table cell that an answer tells: its filing and passage, its row's label, its place in the passage's text."""

    filing_id: str
    passage_id: str
    label: str
    place: tuple[int, int]


def told_cells(
    findings: Sequence[FigureFinding], arithmetic: Arithmetic | None, evidence: Sequence[Evidence]
) -> tuple[ToldCell, ...]:
    """The cells that hold a claim's figures and the operands of its arithmetic."""
    cells: list[ToldCell] = []
    for finding in findings:
        if finding.holder is not None and finding.holder.cell:
            quote = finding.holder.quote
            passage = evidence[quote.evidence].passage
            cells += _held(passage, (quote.start, quote.end), finding.holder.label, finding)
    operands = arithmetic.operands if arithmetic is not None else ()
    cells += (ToldCell(o.fact.filing_id, o.fact.passage_id, o.fact.label, o.fact.cell) for o in operands)
    return tuple(dict.fromkeys(cells))


def _held(
    passage: Passage, within: tuple[int, int], label: str, finding: FigureFinding
) -> Iterable[ToldCell]:
    """The cells of a quoted row that print the held value."""
    value = finding.holder.value if finding.holder is not None else None
    for row in passage.rows:
        if squeeze(row.label) != label or row.end <= within[0] or row.start >= within[1]:
            continue
        for cell in row.cells:
            if parse_amount(cell.text) == value:
                yield ToldCell(passage.filing_id, passage.id, row.label, (cell.start, cell.end))


def doubt_warnings(index: FilingIndex, cells: Sequence[ToldCell]) -> tuple[str, ...]:
    """A warning for each told figure that sums or printed changes of its filing speak against."""
    if not cells:
        return ()
    places = {(cell.passage_id, cell.place) for cell in cells}
    facts = index.facts({cell.filing_id for cell in cells}, labels=sorted({cell.label for cell in cells}))
    doubted = (fact for fact in facts if (fact.passage_id, fact.cell) in places and is_doubted(fact))
    told = (f"“{fact.label} {fact.text}”与表中的合计或增减对不上，请核对原文后使用。" for fact in doubted)
    return tuple(dict.fromkeys(told))
