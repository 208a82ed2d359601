"""Table rows become facts: figures with line item, period, scope and unit that can be computed with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.filings.amount import parse_amount
from rag.filings.fiscal import end_date, is_period, previous_year_end
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Cell, Column, Fact, Measure, Passage, Row
from rag.filings.text import squeeze

_LABEL_UNIT = re.compile(
    r"[（(](?:单位[:：])?((?:[百千万亿]*元|元[/／]股|人|股|户|家|个|%|％|吨|项|件|次|年)(?:[/／]股)?)[）)]"
)
_POINTS = "百分点"
# Balances that a statement of flows shows for its period's beginning.
_OPENING = frozenset({"cash_equivalents_begin"})


def facts_of(passages: Sequence[Passage]) -> list[Fact]:
    """The facts of all table rows, in reading order; `certain` where the figure's column is known."""
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
    measure, unit = _kind(cell.text, row.label, column, passage.unit)
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
        certain=bool(column.head),
    )


def _kind(text: str, label: str, column: Column, unit: str) -> tuple[Measure, str]:
    """Measure and unit of a cell: its own words rank over its column's, its label's over the table's."""
    if _POINTS in text:
        return "points", "个百分点"
    if column.measure in ("change", "ratio"):
        return column.measure, "%"
    if text.endswith(("%", "％")):
        return "ratio", "%"
    found = _LABEL_UNIT.search(label)
    if found:
        own = squeeze(found[1])
        return (
            "ratio"
            if own == "%"
            else "per_share"
            if "/股" in own
            else "count"
            if "元" not in own
            else "amount"
        ), own
    if squeeze(label).endswith(("比例", "占比", "比重", "率")) and column.unit != "%":
        return "ratio", "%"
    return column.measure, column.unit or unit


def _period(period: str, key: str) -> str:
    """Balances stand at a date even where the head names the reporting period."""
    if not is_period(period) or not key or line_items()[key].nature != "balance":
        return period
    return previous_year_end(period) if key in _OPENING else end_date(period).isoformat()
