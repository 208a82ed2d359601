"""Citations: the place, the link, the rectangles."""

from __future__ import annotations

import numpy as np

from rag.answering.cite import CitationList, cite, link_to, recognized_warning, rectangles
from rag.checking.quote import PlacedQuote
from rag.filings.page import Page, Span
from tests.checking.hand_built import FILING, TABLE


def boxed(text: str) -> Page:
    """A page with ten characters a line, each ten points wide."""
    corners = [(10.0 * (i % 10), 20.0 * (i // 10)) for i in range(len(text))]
    boxes = np.array([(x, y, x + 9, y + 12) for x, y in corners])
    boxes[[i for i, sign in enumerate(text) if sign.isspace()]] = np.nan
    return Page(3, text, "1", boxes=boxes.astype(np.float32))


def test_a_span_over_two_lines_has_a_rectangle_each() -> None:
    assert rectangles(boxed("一二三四五六七八九十甲乙丙"), Span(3, 8, 12)) == (
        (3, 80.0, 0.0, 99.0, 12.0),
        (3, 0.0, 20.0, 19.0, 32.0),
    )


def test_white_space_does_not_break_a_line() -> None:
    assert len(rectangles(boxed("一二 四五"), Span(3, 0, 5))) == 1


def test_a_text_page_has_no_rectangles() -> None:
    assert rectangles(Page(1, "一二三"), Span(1, 0, 2)) == ()


def test_the_link_names_filing_page_and_range() -> None:
    assert link_to("ab" * 32, Span(7, 3, 9)) == "/v/abababababababab?p=7&c=3-9"


def test_a_quote_inside_a_cited_one_shares_its_marker() -> None:
    page, cited = Page(3, "一二三四五六七八九十"), CitationList()
    first = cited.marker(PlacedQuote(page, Span(3, 0, 8)), FILING, TABLE)
    assert cited.marker(PlacedQuote(page, Span(3, 2, 5)), FILING, TABLE) == first


def test_a_wider_quote_is_a_citation_of_its_own() -> None:
    page, cited = Page(3, "一二三四五六七八九十"), CitationList()
    cited.marker(PlacedQuote(page, Span(3, 2, 5)), FILING, TABLE)
    assert cited.marker(PlacedQuote(page, Span(3, 0, 8)), FILING, TABLE) == 2


def test_a_page_that_lost_its_mark_is_told_as_counted() -> None:
    quote = Span(3, 0, 3)
    marked, lost = Page(3, "一二三", "3"), Page(3, "一二三")
    found = [cite(1, PlacedQuote(page, quote), FILING, TABLE).source.page_inferred for page in (marked, lost)]
    assert found == [False, True]


def test_a_page_of_a_pdf_without_a_printed_number_is_not_counted() -> None:
    page = Page(3, "一二三", origin="text_layer")
    assert not cite(1, PlacedQuote(page, Span(3, 0, 3)), FILING, TABLE).source.page_inferred


def test_text_read_from_a_picture_is_told_with_its_citations() -> None:
    pages = (Page(3, "一二三", origin="ocr"), Page(4, "一二三", "4"))
    cited = [
        cite(n, PlacedQuote(page, Span(page.position, 0, 3)), FILING, TABLE)
        for n, page in enumerate(pages, 1)
    ]
    assert recognized_warning(cited) == ("引文[1]所在的页是图像，文字由识别得到，可能有误，请核对原件。",)
    assert recognized_warning(cited[1:]) == ()
