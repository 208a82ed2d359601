"""Periods that a text names for its figures, and whether two periods are the same time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.filings.fiscal import as_date, end_date, is_period
from rag.filings.period import find_periods, resolve

# 较上年同期增长2.02%: the period after these words is what is compared with, not when the figure was.
_COMPARED = re.compile(r"(?:较|比|与|和|同|于|相比|对比|比较)(?:公司|本公司)?$")
_COMPARES = re.compile(r"(?:相比|相较|比较|增|减|升|降|提|上涨|下|基本|持平|变动|扭|收窄|有所|大幅|略)")

# 自2020年上市以来累计: when something began is not when its figure was.
_SINCE = re.compile(r"^[^，。；,;]{0,12}?(?:以来|至今|起)")

# Words for what has added up over several periods.
ADDED_UP = re.compile(r"累计|以来|至今|历年|历史")

# A comma before a year parts clauses; only one before three digits can group a figure's digits.
_COMMA = re.compile(r"，|,(?!\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Mention:
    """A period named in a text, absolute (`2024H1`, `2024-06-30`), and its place."""

    start: int
    end: int
    period: str
    compared: bool = False


def mentions(text: str, reference: str) -> tuple[Mention, ...]:
    """Every period that a text names; relative words are read against the last one named outright, else
    against `reference`, the reporting period of the filing.  What cannot be resolved is left out.
    """
    found: list[Mention] = []
    seen = reference
    for named in find_periods(_COMMA.sub("；", text)):
        compared = _is_compared(text, named.start, named.end)
        period = resolve(named, seen)
        if not period or _is_beginning(text, named.start, named.end):
            continue
        if named.period and is_period(named.period) and not compared:
            seen = named.period
        found.append(Mention(named.start, named.end, period, compared))
    return tuple(found)


def _is_beginning(text: str, start: int, end: int) -> bool:
    """Whether a period is only said to be where something began."""
    return text[:start].rstrip().endswith("自") and bool(_SINCE.search(text[end:].lstrip()))


def _is_compared(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip()
    return bool(_COMPARED.search(before)) and bool(
        _COMPARES.match(text[end:].lstrip()) or "比" in before or "较" in before
    )


def same_time(period: str, others: Iterable[str]) -> bool:
    """Whether a period is one of the others; a reporting period and the day it ends count as the same."""
    return any(_same(period, other) for other in others)


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    if not (_known(a) and _known(b)) or (is_period(a) and is_period(b)):
        return False
    return end_date(a) == end_date(b)


def _known(period: str) -> bool:
    return is_period(period) or as_date(period) is not None
