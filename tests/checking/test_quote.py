"""Quotes are placed where their page says the same words."""

from __future__ import annotations

from dataclasses import replace

from rag.checking.claim import Quote
from rag.checking.quote import place
from rag.filings.page import Page, Span
from rag.retrieval.evidence import Evidence
from tests.checking.hand_built import EVIDENCE, FILING, PROSE, Pages, pages, row_quote


def test_a_row_is_found_on_its_page() -> None:
    (piece,) = place(row_quote(0, 0), EVIDENCE, pages())
    assert piece.text == "营业收入 412,345,678.90 400,000,000.00 3.09"


def test_a_page_that_says_otherwise_gives_no_place() -> None:
    other = pages()
    page = other.held[FILING.id, 7]
    other.held[FILING.id, 7] = replace(page, text=page.text.replace("412", "512"))
    assert place(row_quote(0, 0), EVIDENCE, other) == ()


def test_a_quote_over_two_pages_has_two_pieces() -> None:
    passage = replace(PROSE, text="前页的话，后页的话。", spans=(Span(1, 0, 5), Span(2, 2, 7)), rows=())
    held = Pages({(FILING.id, 1): Page(1, "前页的话，"), (FILING.id, 2): Page(2, "页眉后页的话。")})
    placed = place(Quote(0, 2, 8), [Evidence(1, 1.0, passage, FILING)], held)
    assert [(piece.page.position, piece.text) for piece in placed] == [(1, "的话，"), (2, "后页的")]
