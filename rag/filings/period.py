"""Periods as people and filings write them: found in questions, read off table heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.filings.fiscal import (
    as_date,
    end_date,
    in_chinese,
    is_period,
    previous_year,
    previous_year_end,
    start_date,
    year_of,
)
from rag.filings.period_words import MENTION, placed, said
from rag.filings.text import squeeze_map

__all__ = [
    "PeriodMention",
    "as_date",
    "column_period",
    "end_date",
    "find_periods",
    "in_chinese",
    "is_period",
    "parse_period",
    "previous_year",
    "previous_year_end",
    "resolve",
    "start_date",
    "year_of",
]


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named in a text: its place (code points, half-open) and what it says.

    `period` is absolute (`2024H1`, `2024-06-30`), or empty for a relative mention; then `key` is
    `current` (本报告期), `previous` (上年同期), `current_end` (期末), `previous_end` (期初),
    `same:2023` (2023年同期), or `year:-1:FY`: years from that of the filing, and a part or a month and day
    (`year:+0:06-30`).
    """

    start: int
    end: int
    text: str
    period: str = ""
    key: str = ""


def find_periods(text: str, today: date | None = None) -> tuple[PeriodMention, ...]:
    """Every period that a question, sentence or table head names, in order.

    With `today` 今年, 去年 and 前年 become absolute; without it they stay relative to the filing asked.
    Periods without a year (上半年, 三季报) are always relative.  White space inside a period is allowed.
    """
    squeezed, origins = _joined(text)
    return tuple(_mentions(text, squeezed, origins, today))


def _mentions(text: str, squeezed: str, origins: list[int], today: date | None) -> Iterator[PeriodMention]:
    for match in MENTION.finditer(squeezed):
        meaning = said(match, today)
        if not meaning:
            continue
        start, end = origins[match.start()], origins[match.end() - 1] + 1
        absolute = is_period(meaning) or as_date(meaning) is not None
        period, key = (meaning, "") if absolute else ("", meaning)
        yield PeriodMention(start, end, text[start:end], period, key)


def _joined(text: str) -> tuple[str, list[int]]:
    """The text squeezed, but a gap between two digits stays as a space: it parts two figures."""
    squeezed, origins = squeeze_map(text)
    pieces: list[str] = []
    places: list[int] = []
    for sign, origin in zip(squeezed, origins, strict=True):
        apart = places and origin > places[-1] + 1
        if apart and sign.isdigit() and pieces[-1].isdigit():
            pieces.append(" ")
            places.append(origin - 1)
        pieces.append(sign)
        places.append(origin)
    return "".join(pieces), places


def resolve(mention: PeriodMention, reference: str) -> str:
    """The absolute period of a mention, seen from a filing's own period; empty if the filing has none."""
    if mention.period or not reference:
        return mention.period
    if mention.key.startswith("same:"):
        return mention.key[5:] + reference[4:]
    if mention.key.startswith("year:"):
        _, offset, part = mention.key.split(":")
        return placed(year_of(reference) + int(offset), part)
    return {
        "current": reference,
        "previous": previous_year(reference),
        "current_end": end_date(reference).isoformat(),
        "previous_end": previous_year_end(reference),
    }[mention.key]


def parse_period(text: str, default_year: int | None = None) -> str | None:
    """The first period that a text names outright, or with `default_year` one without a year; else None."""
    for mention in find_periods(text):
        if mention.period:
            return mention.period
        if default_year and mention.key.startswith("year:"):
            return resolve(mention, f"{default_year}FY")
    return None


def column_period(head: str, reference: str, statement_kind: str = "other") -> str:
    """The period that a table's column head states, in a filing for `reference`; empty when it does not say.

    In a balance sheet it is a date, in income and cash flow statements a reporting period.  In a quarterly
    filing 本报告期 is the single quarter and 年初至报告期末 the cumulative one.
    """
    mentions = find_periods(head)
    if not mentions or head[: mentions[0].start].strip().endswith(("比", "较", "与")):
        return ""
    first = mentions[0]
    stated = resolve(first, reference)
    if not is_period(reference):
        return stated
    if "".join(first.text.split()) in ("本报告期", "报告期") and reference.endswith("Q3"):
        stated = f"{reference}S"
    if first.key == "previous" and statement_kind == "balance_sheet":
        stated = previous_year_end(reference)
    return _as_stated(stated, reference, statement_kind)


def _as_stated(stated: str, reference: str, statement_kind: str) -> str:
    """A stated period as this kind of statement means it: balances are dates, flows are periods."""
    if statement_kind == "balance_sheet":
        # A bare year of a running year's balance sheet can only be the reporting date.
        return min(end_date(stated), end_date(reference)).isoformat()
    for period in (reference, previous_year(reference)):
        flows = statement_kind in ("income_statement", "cash_flow")
        if flows and as_date(stated) == end_date(period):
            return period
    running = is_period(stated) and end_date(stated) > end_date(reference)
    return reference if running and year_of(stated) == year_of(reference) else stated
