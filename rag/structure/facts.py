"""Table rows become facts: figures with line item, period, scope and unit that can be computed with."""

from __future__ import annotations

from collections.abc import Sequence

from rag.filings.amount import parse_amount
from rag.filings.fiscal import end_date, is_period, previous_year_end
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Cell, Column, Fact, Measure, Passage, Row
from rag.structure.columns import is_superseded
from rag.structure.labels import is_broken

# Balances that a statement of flows shows for its period's beginning.
_OPENING = frozenset({"cash_equivalents_begin"})


def facts_of(passages: Sequence[Passage]) -> list[Fact]:
    """The facts of all table rows in reading order, certain where the figure's column and label are known."""
    found: list[Fact] = []
    for passage in passages:
        for row in passage.rows:
            for cell in row.cells:
                fact = _fact(passage, row, cell, len(found))
                if fact is not None:
                    found.append(fact)
    return found


def _fact(passage: Passage, row: Row, cell: Cell, number: int) -> Fact | None:
    value = parse_amount(cell.text)
    if value is None or not row.label:
        return None
    key = line_item_of(row.label)
    column = passage.columns[cell.column] if cell.column >= 0 else Column("")
    measure, unit = _measure(cell, column), cell.unit
    return Fact(
        f"{passage.filing_id[:16]}-f{number:05d}",
        passage.filing_id,
        passage.id,
        row.label,
        key,
        _period(column.period, key),
        column.scope or passage.scope,
        passage.statement,
        measure,
        value,
        unit,
        column.head,
        cell.text,
        (row.start, row.end),
        (cell.start, cell.end),
        passage.section,
        certain=bool(column.head) and not is_superseded(column.head) and not is_broken(row.label),
    )


def _measure(cell: Cell, column: Column) -> Measure:
    """What kind of figure a cell holds, by its column and its unit."""
    if cell.unit == "个百分点":
        return "points"
    if column.measure == "change":
        return "change"
    if cell.unit in ("%", "‰"):
        return "ratio"
    if "/股" in cell.unit:
        return "per_share"
    return "amount" if not cell.unit or "元" in cell.unit else "count"


def _period(period: str, key: str) -> str:
    """Balances stand at a date even where the head names the reporting period."""
    if not is_period(period) or not key or line_items()[key].nature != "balance":
        return period
    return previous_year_end(period) if key in _OPENING else end_date(period).isoformat()
