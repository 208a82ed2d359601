"""The unit a table's figure is printed in, decided once, for facts, answers and the check alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.filings.amount import find_amounts
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Column
from rag.filings.text import squeeze

_UNITS = r"[百千万亿]*元(?:[/／]股)?|[百千万亿]*股|人|户|家|个|%|％|吨|项|件|次|年|天|台|套|平方米"
# Only at the label's end: brackets before it are a broken head's or the row's above.
_LABEL_UNIT = re.compile(rf"[（(](?:单位[:：])?({_UNITS})[）)][:：]?$")
_RATIO_LABEL = re.compile(r"(?:比例|占比|比重|利率|税率|率)$")
# Labels that count: their unit, "" where the label does not tell it; money it is never.
_COUNTS = (
    (re.compile(r"(?:人员|员工|职工)的?(?:数量|人数|总数|数)(?:合计)?$|人数$"), "人"),
    (re.compile(r"户数$|(?:股东|持有人)总数$"), "户"),
    (re.compile(r"(?:数量|家数|次数|项数|个数|件数)$"), ""),
)
_MONEY = re.compile(r"^[-(（]?\d{1,3}(?:,\d{3})+(?:\.\d+)?[)）]?$|^[-(（]?\d+\.\d{2}[)）]?$")
_GROUPED = re.compile(r"\d,\d{3}")
_TOO_MUCH = {"ratio": _GROUPED, "change": re.compile(r"\d,\d{3},\d{3}")}


def label_unit(label: str) -> str:
    """The unit in brackets that ends a row label (`基本每股收益(元/股)`); "" where none does."""
    found = _LABEL_UNIT.search(squeeze(label))
    return found[1].replace("／", "/").replace("％", "%") if found else ""


def cell_units(texts: Sequence[str], label: str, columns: Sequence[Column | None], table: str) -> list[str]:
    """The units of a row's cells, "" where none is certain; `columns` gives each cell's column or None."""
    own = label_unit(label)
    key = line_item_of(label)
    ratio = (line_items()[key].nature == "ratio" if key else False) or bool(
        _RATIO_LABEL.search(squeeze(label))
    )
    counted = next((unit for kind, unit in _COUNTS if kind.search(squeeze(label))), None)
    if (
        counted is None
        and key.endswith("_staff_count")
        and "元" not in table
        and all(map(str.isdigit, _plain(texts)))
    ):
        counted = "人"  # 生产人员 of a table of the staff, no pay of theirs
    alone = sum(any(sign.isdigit() for sign in text) for text in texts) == 1
    return [
        _printed(text)
        or _by_column(column)
        or own
        or ("%" if ratio else "")
        or (counted if counted is not None else _of_table(text, column, table, alone))
        for text, column in zip(texts, columns, strict=True)
    ]


def _plain(texts: Sequence[str]) -> list[str]:
    return [text.replace(",", "") for text in texts]


def _printed(text: str) -> str:
    """The unit printed in the cell itself."""
    if "百分点" in text:
        return "个百分点"
    if text.endswith(("%", "％")):
        return "%"
    return next((amount.unit for amount in find_amounts(text) if amount.unit), "")


def _by_column(column: Column | None) -> str:
    """The unit that the column's head states, a share's or a change's included."""
    if column is None:
        return ""
    return "%" if column.measure in ("ratio", "change") else column.unit


def _of_table(text: str, column: Column | None, table: str, alone: bool) -> str:
    """The table's unit: for a known column, a row's only figure, and what is printed like money with separators."""
    if column is not None and column.measure == "count" and "元" in table:
        return ""  # a number of things, or a rate of exchange, in a table of amounts
    if column is not None or alone:
        return table
    return table if _GROUPED.search(text) and _MONEY.match(text) and "元" in table else ""


def is_plausible(texts: Sequence[str], columns: Sequence[Column | None]) -> bool:
    """Whether no share in percent has thousands, no change millions: then the columns were read wrongly."""
    return not any(
        _TOO_MUCH[column.measure].search(text)
        for text, column in zip(texts, columns, strict=True)
        if column is not None and column.measure in _TOO_MUCH
    )
