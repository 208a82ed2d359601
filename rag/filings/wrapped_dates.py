"""Dates that narrow columns break over lines, put together from their pieces in reading order.

The pieces of dates beside each other take turns: `2024年5月 2024年5月 … 17日 18日` are two days of May.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.filings.fiscal import as_date

_JOINT = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月])\s+(?=\d)")
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])(?![\d.,])", r"(?:3[01]|[12]\d|0?[1-9])(?![\d.,])"
# 2024年5月17日, or as much of it as stands on the first line; `2025` alone where 年 follows below.
_BEGUN = re.compile(
    rf"(?<![\d.,-])(?P<year>20\d\d)(?:年(?:(?P<month>{_MONTH})(?:月(?:(?P<day>{_DAY})日?)?)?)?"
    rf"|[/.-](?P<mm>1[0-2]|0?[1-9])[/.-](?P<dd>{_DAY})|(?=\s))"
)
# What another line adds: 年3, 月31, 17日, 日. Running text has a mark or a month before a lone day.
_MORE = re.compile(
    rf"(?<![\d年月，,。；;、第])(?:年(?P<month>{_MONTH})(?:月(?P<first>{_DAY})?)?"
    rf"|月(?P<second>{_DAY})|(?P<third>{_DAY})日)"
)


@dataclass(slots=True)
class _Open:
    """A date as far as it has been read."""

    year: str
    month: str = ""
    day: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class WrappedDate:
    """A date, its place in the text (where its year stands), its ISO form or `2024-05` where no day is told."""

    text: str
    start: int
    iso: str

    @property
    def day(self) -> bool:
        """Whether its day is told, and is one of the calendar."""
        return as_date(self.iso) is not None


def wrapped_dates(text: str) -> tuple[WrappedDate, ...]:
    """The dates of a cell or row in the order of their first pieces; those of which no month is told are left out."""
    gaps = {k for joint in _JOINT.finditer(text) for k in range(*joint.span())}
    places = [k for k in range(len(text)) if k not in gaps]
    plain = "".join(text[k] for k in places)
    begun: list[tuple[int, re.Match[str]]] = [(m.start(), m) for m in _BEGUN.finditer(plain)]
    taken = [m.span() for _, m in begun]
    more = [
        (m.start(), m)
        for m in _MORE.finditer(plain)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    opened: list[_Open] = []
    for at, match in sorted((*begun, *more), key=lambda pair: pair[0]):
        if match.re is _BEGUN:
            month, day = match["month"] or match["mm"] or "", match["day"] or match["dd"] or ""
            opened.append(_Open(match["year"], month, day, at))
        else:
            _add(opened, match)
    return tuple(_told(one, places[one.at]) for one in opened if one.month)


def _add(opened: list[_Open], more: re.Match[str]) -> None:
    """Gives a piece to the date that it goes on with: the first of those that lack it."""
    day = more["first"] or more["second"] or more["third"] or ""
    for one in opened:
        if not one.month if more["month"] else one.month and not one.day:
            one.month, one.day = one.month or more["month"], day
            return


def _told(one: _Open, start: int) -> WrappedDate:
    month, day = int(one.month), int(one.day) if one.day else 0
    text = f"{one.year}年{month}月" + (f"{day}日" if day else "")
    return WrappedDate(text, start, f"{one.year}-{month:02d}" + (f"-{day:02d}" if day else ""))
