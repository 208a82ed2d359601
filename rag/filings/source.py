"""Where a quoted or found piece of text stands, in the words of a citation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of text stands: the filing's card, the section, the page.

    `page_inferred`: the page's number is counted, not printed; `page_recognized`: its text was read from a
    picture and may hold wrong signs.
    """

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
    page_recognized: bool = False
