"""Where a quoted or found piece of text stands, in the words of a citation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of text stands: the filing's card, the section, the page."""

    filing_id: str
    source: str
    title: str
    company: str
    stock_code: str
    period: str
    kind: str
    section: tuple[str, ...]
    page: int | None
    page_label: str | None
    page_inferred: bool = False
