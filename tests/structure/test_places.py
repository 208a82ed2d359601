from __future__ import annotations

from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.structure.places import locate

PAGES = {3: "前言。 公司销售人 \n员人均产出", 4: "有所\n提升。"}
PASSAGE = Passage(
    "p-0", "f" * 64, 0, "prose", (), (Span(3, 4, 16), Span(4, 0, 6)), "公司销售人员人均产出有所提升。"
)


def found(words: str) -> list[str]:
    start = PASSAGE.text.index(words)
    return [PAGES[s.page][s.start : s.end] for s in locate(PASSAGE, start, start + len(words), PAGES)]


def test_words_on_one_line_stand_as_printed() -> None:
    assert found("公司销售") == ["公司销售"]


def test_a_wrapped_word_is_found_with_its_line_break() -> None:
    assert found("人员") == ["人 \n员"]


def test_words_over_a_pages_end_have_a_span_on_each() -> None:
    assert found("产出有所") == ["产出", "有所"]


def test_an_empty_range_has_no_place() -> None:
    assert locate(PASSAGE, 2, 2, PAGES) == ()


def test_spans_of_one_page_are_joined() -> None:
    torn = Passage("p-1", "f" * 64, 1, "table", (), (Span(4, 0, 2), Span(4, 3, 5)), "有所 提升")
    assert locate(torn, 0, 5, PAGES) == (Span(4, 0, 5),)
