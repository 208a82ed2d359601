"""Reporting periods and what can be computed of them.

A period is written `2024FY`, `2024H1`, `2024Q1`, `2024Q3` (from the year's start to that quarter's end),
`2024Q2S 2024Q3S 2024Q4S` (a single quarter), `2024H2` (a second half; no filing's own period), or as an ISO
date (a point in time).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

_PERIOD = re.compile(r"((?:19|20)\d\d)(FY|H1|H2|Q1|Q3|Q[1-4]S)")
_ENDS = {
    "FY": (12, 31),
    "H1": (6, 30),
    "H2": (12, 31),
    "Q1": (3, 31),
    "Q1S": (3, 31),
    "Q2S": (6, 30),
    "Q3": (9, 30),
    "Q3S": (9, 30),
    "Q4S": (12, 31),
}
_STARTS = {"H2": 7, "Q2S": 4, "Q3S": 7, "Q4S": 10}
_WORDS = {
    "FY": "",
    "H1": "上半年",
    "H2": "下半年",
    "Q1": "第一季度",
    "Q1S": "第一季度",
    "Q2S": "第二季度",
    "Q3": "前三季度",
    "Q3S": "第三季度",
    "Q4S": "第四季度",
}


# The quarters of a stretch as filings print them: the first quarter is also the year so far.
_QUARTERS = {"H1": ("Q1", "Q2S"), "H2": ("Q3S", "Q4S"), "Q3": ("Q1", "Q2S", "Q3S")}
_DAYS = {"FY": 360, "H1": 180, "H2": 180, "Q3": 270}


def is_period(text: str) -> bool:
    """Whether a text is a reporting period as written here; an ISO date is none."""
    return bool(_PERIOD.fullmatch(text))


def as_date(period: str) -> date | None:
    """The date when the period is a point in time, else None."""
    try:
        return date.fromisoformat(period) if len(period) == 10 else None
    except ValueError:
        return None


def split_period(period: str) -> tuple[int, str]:
    """The year and the part (`FY`, `H1`, `Q3S` …) of a reporting period; ValueError for anything else."""
    match = _PERIOD.fullmatch(period)
    if not match:
        raise ValueError(f"no reporting period: {period!r}")
    return int(match[1]), match[2]


def year_of(period: str) -> int:
    """The calendar year of a reporting period or a date."""
    return int(period[:4])


def end_date(period: str) -> date:
    """The last day of a reporting period; of a point in time, that day."""
    point = as_date(period)
    if point:
        return point
    year, part = split_period(period)
    return date(year, *_ENDS[part])


def start_date(period: str) -> date:
    """The first day of a reporting period; of a point in time, that day."""
    point = as_date(period)
    if point:
        return point
    year, part = split_period(period)
    return date(year, _STARTS.get(part, 1), 1)


def previous_year(period: str) -> str:
    """The same period, or the same day, one year earlier (29 February becomes the 28th)."""
    point = as_date(period)
    if point:
        day = min(point.day, monthrange(point.year - 1, point.month)[1])
        return point.replace(year=point.year - 1, day=day).isoformat()
    year, part = split_period(period)
    return f"{year - 1}{part}"


def previous_year_end(period: str) -> str:
    """The last day of the year before, which statements call 上年年末 and 期初."""
    return f"{year_of(period) - 1}-12-31"


def days_of(period: str) -> int:
    """The days of a reporting period in a year of 360 days, as turnover days are counted."""
    return _DAYS.get(split_period(period)[1], 90)


def month_end(year: int, month: int) -> str:
    """The last day of a month as an ISO date."""
    return date(year, month, monthrange(year, month)[1]).isoformat()


def in_chinese(period: str) -> str:
    """The period in words: `2024年上半年`, `2024年前三季度`, `2024年6月末`, `2024年末`, `2024年5月8日`."""
    point = as_date(period)
    if not point:
        year, part = split_period(period)
        return f"{year}年{_WORDS[part]}"
    if point.isoformat() != month_end(point.year, point.month):
        return f"{point.year}年{point.month}月{point.day}日"
    return f"{point.year}年末" if point.month == 12 else f"{point.year}年{point.month}月末"


def quarters_of(period: str) -> tuple[str, ...]:
    """The quarters that a half-year or the first three quarters consist of; () for any other period."""
    return tuple(period[:4] + quarter for quarter in _QUARTERS.get(period[4:], ()))


def is_quarter(period: str) -> bool:
    """Whether a period is a single quarter, the first of a year among them."""
    return period[4:] in ("Q1", "Q2S", "Q3S", "Q4S")


def whole_of(periods: Iterable[str]) -> str:
    """The stretch of a year that these quarters make up; "" where they make up none."""
    given = tuple(sorted(periods))
    years = {period[:4] for period in given}
    return next((f"{y}{part}" for y in years for part in _QUARTERS if quarters_of(f"{y}{part}") == given), "")


def same_time(period: str, asked: str) -> bool:
    """Whether a column's period is the asked one, a date standing for the period it ends."""
    if period == asked:
        return True
    if is_period(asked) and not is_period(period):
        return bool(period) and end_date(asked).isoformat() == period
    if is_period(period) and not is_period(asked):
        return end_date(period).isoformat() == asked
    return False
