"""The day a filing was announced, where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.filings.filing import FilingKind
from rag.filings.fiscal import end_date, start_date
from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.statement import Statement, first, lines_of

_NUMERAL = r"[○〇零一二三四五六七八九十\d]"
_DATE = re.compile(
    rf"({_NUMERAL}{{4}})年({_NUMERAL}{{1,3}})月({_NUMERAL}{{1,3}})日|(20\d\d)[.-](\d{{1,2}})[.-](\d{{1,2}})"
)
_DATE_ALONE = re.compile(rf"[【\[(]?(?:日期[:：])?(?:{_DATE.pattern})[】\])]?")
_STATED = re.compile(rf"(?:公告|披露|发布|刊登)(?:日期|时间|日)[:：](?:{_DATE.pattern})")
# These reports are published with the annual report, on the same day.
_WITH_REPORT = re.compile(rf"内部控制(?:评价|审计|鉴证)报告全文披露日期(?:{_DATE.pattern})")
_APPROVED = re.compile(rf"批准报送日期[:：]?(?:{_DATE.pattern})")
_DIGITS = str.maketrans("○〇零一二三四五六七八九", "000123456789")
# Boards sign these reports on the day they approve them, and other announcements on the day they make them.
_SIGNED_EARLIER = ("annual", "half_year", "prospectus")
_LATEST_DAYS = 1100
_HEAD_LINES = 40
_FOOT_LINES = 12


def announcement_date(
    pages: Sequence[Page], kind: FilingKind, period: str
) -> tuple[date | None, Statement | None]:
    """The day of announcement with where it stands; without a day, the earlier day that the filing tells."""
    said = first(_dates(pages[:1], _STATED, "公告日期")) or first(
        _dates(pages, _WITH_REPORT, "同日披露的报告")
    )
    signed = _signed(pages)
    for statement in (said, None if kind in _SIGNED_EARLIER else signed):
        if statement and _is_possible(date.fromisoformat(statement.value), kind, period):
            return date.fromisoformat(statement.value), statement
    approved = first(_dates(pages[-2:], _APPROVED, "批准报送日期，公告日期未写明"))
    return None, approved or _cover(pages) or _unsaid(signed)


def _dates(pages: Sequence[Page], pattern: re.Pattern[str], manner: str) -> Iterator[Statement]:
    for page in pages:
        for found in pattern.finditer(squeeze(page.text)):
            if day := _day(found):
                yield Statement(day.isoformat(), page.position, manner)


def _signed(pages: Sequence[Page]) -> Statement | None:
    """The date below the board's name at the end."""
    for page in reversed(pages[-2:]):
        lines = [squeeze(line) for line in lines_of(page)]
        foot = lines[-_FOOT_LINES:]
        for n in range(len(foot) - 1, 0, -1):
            found = _DATE_ALONE.fullmatch(foot[n])
            if (
                found
                and any(line.endswith("董事会") for line in foot[max(0, n - 3) : n])
                and (day := _day(found))
            ):
                return Statement(day.isoformat(), page.position, "落款日期")
    return None


def _unsaid(signed: Statement | None) -> Statement | None:
    return signed and Statement(signed.value, signed.page, "落款日期，公告日期未写明")


def _cover(pages: Sequence[Page]) -> Statement | None:
    for page in pages[:1]:
        for line in map(squeeze, lines_of(page)[:_HEAD_LINES]):
            found = _DATE_ALONE.fullmatch(line)
            if found and (day := _day(found)):
                return Statement(day.isoformat(), page.position, "封面日期，公告日期未写明")
    return None


def _day(found: re.Match[str]) -> date | None:
    """The first date that a match holds; None for a date that is none."""
    year, month, day = [part for part in found.groups() if part][:3]
    try:
        return date(int(year.translate(_DIGITS)), _number(month), _number(day))
    except ValueError:
        return None


def _number(text: str) -> int:
    """The value of `12`, `十二`, `二十二`, `二〇`."""
    if "十" not in text:
        return int(text.translate(_DIGITS))
    tens, ones = (part.translate(_DIGITS) for part in text.split("十", 1))
    return int(tens or 1) * 10 + int(ones or 0)


def _is_possible(day: date, kind: FilingKind, period: str) -> bool:
    """Whether a filing for the period can be of that day: forecasts and plans come before the period's end."""
    if not period:
        return True
    ahead = kind in ("earnings_forecast", "action_plan", "prospectus", "other")
    earliest = start_date(period) if ahead else end_date(period)
    return earliest <= day and (day - end_date(period)).days < _LATEST_DAYS
