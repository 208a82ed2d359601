"""The day that a row of a prescribed table tells in its only column of dates, whose pieces stand among other cells."""

from __future__ import annotations

import re

from rag.answering.phrase import issuer_name, row_name
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze
from rag.filings.wrapped_dates import WrappedDate, wrapped_dates
from rag.retrieval.evidence import Evidence
from rag.structure.prescribed import forms

# Behind a day that its cell puts in brackets: (原计划2024年6月)
_CLOSED = re.compile(r"[^()（）]{0,24}[)）]")
_PLANNED = re.compile(r"[(（]\s*(原计划|原预计|原定|调整前)")
_LEAD = 240  # signs of the head before the first row


def day_claim(piece: Evidence, row: Row, index: int) -> Claim | None:
    """What a row says of its day, cited with all lines of the row; None where its table prescribes none.

    `index` is the place of the piece in the evidence.
    """
    passage = piece.passage
    column = day_column(passage)
    if not column or not row.label:
        return None
    at = passage.rows.index(row)
    start = passage.rows[at - 1].end if at else row.start
    end = passage.rows[at + 1].start if at + 1 < len(passage.rows) else len(passage.text)
    day = _day(passage.text[start:end], row.start - start, row.end - start)
    if day is None or (column.endswith("日") and not day.text.endswith("日")):
        return None  # the day may stand in a piece that is lost
    before = _before(passage.text[start:end])
    text = f"{issuer_name(piece.filing)}{row_name(row, passage)}：{column}为{day.text}{before}。"
    return Claim(text, (Quote(index, start, end),))


def _before(text: str) -> str:
    """The only day that a cell gives in brackets as the one planned before (`（原计划2024年6月）`), else ""."""
    opened = _PLANNED.search(text)
    closed = [day for day in wrapped_dates(text) if _CLOSED.match(text[day.start :])]
    return f"（{opened[1]}{closed[0].text}）" if opened and len(closed) == 1 else ""


def day_column(passage: Passage) -> str:
    """The column of dates of the prescribed table that a passage belongs to; "" where it is of none."""
    lead = passage.text[: passage.rows[0].start][-_LEAD:]
    about = squeeze("".join((*passage.section[-2:], passage.context, lead)))
    return next((form.day for form in forms() if form.day and form.suits(about)), "")


def _day(text: str, start: int, end: int) -> WrappedDate | None:
    """The only day that begins on a row's own lines `start`..`end`; else the only one right above them."""
    days = [day for day in wrapped_dates(text) if not _CLOSED.match(text[day.start :])]
    own = [day for day in days if start <= day.start < end]
    found = own or [day for day in days if day.start < start]
    return found[0] if len(found) == 1 else None
