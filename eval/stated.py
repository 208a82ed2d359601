"""Figures of filings that a question can be made of: known line items, each with one value in its filing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from eval.cutting import quote_around
from rag import PrintedFact

# Columns of changes and shares: their figures are no amount of the line item.
_NO_AMOUNT = re.compile(r"增减|变动|比例|占|比重|同比|环比|幅度|进度")
_LABEL = re.compile(r"[\u4e00-\u9fff、“”（）()\-/A-Z]{2,18}")
# 加：… is a line of a reconciliation, whose figure is not what the line item names.
_PREFIX = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])?(?:(?:其中|减)[:：])?"
)
_PERIOD = re.compile(r"(\d{4})(FY|H1|Q[1-4]S?)")
_PARTS = {
    "FY": "年", "H1": "年上半年", "Q1": "年一季度", "Q3": "年前三季度",
    "Q1S": "年一季度", "Q2S": "年二季度", "Q3S": "年三季度", "Q4S": "年四季度",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a question would ask for it; `scope` is consolidated where the filing says nothing else."""

    company: str
    label: str
    line_item: str
    period: str
    scope: str
    value: Decimal
    unit: str
    filing_id: str
    file: str
    page: int
    quote: str


def stated_figures(facts: Iterable[PrintedFact]) -> tuple[Stated, ...]:
    """The figures of a filing's facts that stand for one thing only, each from where it is printed first.

    Where a line item is printed with several values for one period and scope, the one that is printed more
    often than every other counts; where none is, the line item is left out.
    """
    groups: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    for one in map(_stated, facts):
        if one is not None:
            groups[(one.line_item, one.period, one.scope)].append(one)
    return tuple(found for group in groups.values() if (found := _outstanding(group)) is not None)


def in_words(period: str) -> str:
    """A reporting period or ISO date as people say it: 2024年上半年, 2024年6月末."""
    match = _PERIOD.fullmatch(period)
    if match and match[2] in _PARTS:
        return match[1] + _PARTS[match[2]]
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return period
    ends_month = (day + timedelta(days=1)).day == 1
    return f"{day.year}年{day.month}月末" if ends_month else f"{day.year}年{day.month}月{day.day}日"


def next_year(period: str) -> str:
    """The same period a year later."""
    return f"{int(period[:4]) + 1}{period[4:]}"


def _stated(fact: PrintedFact) -> Stated | None:
    figure, source = fact.figure, fact.citation.source
    label = _PREFIX.sub("", re.sub(r"\s+", "", fact.label))
    label = re.sub(r"[（(](?:元/股|元|%|％|[^（()）]*填列)[)）]", "", label)
    usable = figure.line_item and figure.unit and source.company and source.page
    if not usable or _NO_AMOUNT.search(fact.column) or not _LABEL.fullmatch(label):
        return None
    quote = quote_around(fact.citation.quote, figure.text)
    if quote is None or source.page is None:
        return None
    return Stated(
        source.company,
        label,
        figure.line_item,
        figure.period,
        figure.scope or "consolidated",
        figure.value,
        figure.unit,
        source.filing_id,
        source.source,
        source.page,
        quote,
    )


def _outstanding(group: list[Stated]) -> Stated | None:
    (value, most), *others = Counter(one.value for one in group).most_common(2)
    if others and others[0][1] == most:
        return None
    return next(one for one in group if one.value == value)
