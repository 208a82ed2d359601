"""Units that a filing states once: of quantities by name (产能等的计量单位为“吨”), of its statements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.filings.page import Page
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze
from rag.filings.unit import unit_of

_STATED = re.compile(
    r"(?P<names>[\u4e00-\u9fff、]{2,60}?)等?的?计量单位(?:均|统一|一律)?为[“\"「『](?P<unit>[\u4e00-\u9fff]{1,4})[”\"」』]"
)
_OF_STATEMENTS = re.compile(
    r"(?:金额单位(?:均|统一)?为?|(?:报表|附注)的?单位(?:均|统一)?为)[:：]?(?:人民币)?(?P<unit>[百千万亿]*元)(?!/)"
    r"|以人民币(?P<listed>[百千万亿]*元)(?:列示|列报|为单位)"
)
_LEAD = re.compile(r"^.*(?:报告|公告|本文|文)中")


def stated_units(pages: Sequence[Page]) -> Mapping[str, str]:
    """The unit of each quantity that the pages name."""
    units: dict[str, str] = {}
    for page in pages:
        if "计量单位" in (text := squeeze(page.text)):
            for found in _STATED.finditer(text):
                names = (_LEAD.sub("", name).removesuffix("等") for name in found["names"].split("、"))
                if unit_of(found["unit"]) is not None:
                    units.update((name, found["unit"]) for name in names if len(name) > 1)
    return units


def statement_unit(pages: Sequence[Page]) -> str:
    """The unit of the financial statements and their notes; "" where the pages state none, or several."""
    units = {
        found["unit"] or found["listed"]
        for page in pages
        for found in _OF_STATEMENTS.finditer(squeeze(page.text))
    }
    return units.pop() if len(units) == 1 else ""


def with_stated_units(passages: Sequence[Passage], pages: Sequence[Page]) -> list[Passage]:
    """The passages, cells without a unit under a column that names such a quantity given its unit."""
    units = stated_units(pages)
    return [_given(passage, units) for passage in passages] if units else list(passages)


def _given(passage: Passage, units: Mapping[str, str]) -> Passage:
    heads = [next((units[name] for name in units if name in column.head), "") for column in passage.columns]
    if not any(heads):
        return passage
    return replace(passage, rows=tuple(_row(row, heads) for row in passage.rows))


def _row(row: Row, heads: Sequence[str]) -> Row:
    cells = tuple(
        replace(cell, unit=heads[cell.column])
        if cell.column >= 0 and not cell.unit and heads[cell.column]
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)
