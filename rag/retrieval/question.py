"""A question as typed: what is asked, of whom, for when, in which scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QuestionKind = Literal["number", "compare", "calc", "text", "why", "list", "yesno", "summary"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question in simplified characters with the follow-up's subject filled in; `filing_ids` the
    filings it is routed to (empty: none fits, see `missing`); `terms` the content words that evidence must
    speak of, without the issuer's and period's own words; `periods` reporting periods or ISO dates.
    """

    asked: str
    text: str
    kind: QuestionKind
    issuers: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    line_items: tuple[str, ...] = ()
    scope: str = ""
    terms: tuple[str, ...] = ()
    filing_ids: tuple[str, ...] = ()
    missing: str = ""
    options: tuple[str, ...] = ()
