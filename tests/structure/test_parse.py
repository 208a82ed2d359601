from __future__ import annotations

from rag.filings.filing import ParsedFiling
from rag.filings.page import Page
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

CARD = FileCard("f" * 64, "report.txt", 100, "printed", ("第 3 页没有文字。",))
TITLE = "公司代码：688999 公司简称：青珩科技\n青珩科技股份有限公司\n2024 年半年度报告\n"


def parsed(*texts: str) -> ParsedFiling:
    return parse(CARD, [Page(n, text) for n, text in enumerate(texts, 1)], Settings().passages)


def test_a_filing_has_what_its_file_and_first_page_say() -> None:
    filing = parsed(TITLE, "正文").filing
    assert (filing.id, filing.file_name, filing.page_count) == (CARD.id, "report.txt", 2)
    assert (filing.issuer.short_name, filing.period, filing.kind) == ("青珩科技", "2024H1", "half_year")


def test_what_reading_warned_of_is_kept() -> None:
    assert parsed(TITLE).filing.warnings == CARD.warnings


def test_a_filing_that_names_nobody_is_warned_of() -> None:
    filing = parsed("一份没有写明公司与年份的说明\n").filing
    assert len(filing.warnings) == 3
    assert filing.title == "report.txt"


def test_the_outline_names_each_heading_where_it_stands() -> None:
    outline = parsed(TITLE, "第一节 释义\n一、常用词语\n").outline
    assert [(h.level, h.text, h.span.page) for h in outline] == [(1, "第一节释义", 2), (2, "一、常用词语", 2)]


def test_the_same_pages_make_the_same_filing() -> None:
    assert parsed(TITLE, "正文内容。") == parsed(TITLE, "正文内容。")


def test_pages_without_text_make_no_passage() -> None:
    assert parsed("", "  \n").passages == ()
