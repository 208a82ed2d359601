"""Exact places of quotes: a quote counts only where its page says the very same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.checking.claim import Quote
from rag.filings.page import Page, Span
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.structure.places import locate


class PageReader(Protocol):
    """Pages by filing and position, with boxes where the format has them."""

    def page(self, filing_id: str, position: int) -> Page:
        """The page as stored."""


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """A quote found on one page; `text` is `page.text[span.start:span.end]`."""

    page: Page
    span: Span

    @property
    def text(self) -> str:
        """The quote as the page prints it."""
        return self.page.text[self.span.start : self.span.end]


def place(quote: Quote, evidence: Sequence[Evidence], reader: PageReader) -> tuple[PlacedQuote, ...]:
    """The quote on its pages, one piece a page; empty where the pages do not say it."""
    if not stands(quote, evidence):
        return ()
    passage = evidence[quote.evidence].passage
    pages = {span.page: reader.page(passage.filing_id, span.page) for span in passage.spans}
    spans = locate(passage, quote.start, quote.end, {position: page.text for position, page in pages.items()})
    placed = tuple(PlacedQuote(pages[span.page], span) for span in spans)
    wanted = squeeze(passage.text[quote.start : quote.end])
    return placed if _in_order(wanted, "".join(squeeze(piece.text) for piece in placed)) else ()


def stands(quote: Quote, evidence: Sequence[Evidence]) -> bool:
    """Whether the quote is a range with visible text of evidence that exists."""
    if not 0 <= quote.evidence < len(evidence):
        return False
    text = evidence[quote.evidence].passage.text
    return 0 <= quote.start < quote.end <= len(text) and bool(text[quote.start : quote.end].strip())


def quoted(quote: Quote, evidence: Sequence[Evidence]) -> str:
    """The quote's words in the passage's text."""
    return evidence[quote.evidence].passage.text[quote.start : quote.end]


def _in_order(wanted: str, printed: str) -> bool:
    """Whether every character of the quote stands in the printed text in this order.

    A page may print a line number or a running head in between; it cannot print other words instead.
    """
    position = 0
    for sign in wanted:
        position = printed.find(sign, position) + 1
        if position == 0:
            return False
    return bool(wanted) and printed.startswith(wanted[0]) and printed.endswith(wanted[-1])
