from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.page import Page, Span
from rag.structure.tokens import glue, spans_of, tokens_of

PIECES = st.lists(
    st.sampled_from([" ", "\n", "。", "，", "营业收入", "1,234.56", "A", "”", "第一节"]), max_size=40
)


def texts(text: str) -> list[str]:
    return [token.text for token in tokens_of([Page(1, text)])]


def test_a_token_ends_behind_a_sentence() -> None:
    assert texts("公司盈利。公司分红。") == ["公司盈利。", "公司分红。"]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert texts("他说“可以。”然后离开") == ["他说“可以。”", "然后离开"]


def test_the_first_token_of_each_line_starts_it() -> None:
    tokens = tokens_of([Page(1, "营业收入 1.00\n营业成本 2.00")])
    assert [token.starts_line for token in tokens] == [True, False, True, False]


def test_a_short_line_ends_a_paragraph() -> None:
    lines = "这一行写满了这一页的宽度\n这一行也写满了这页的宽度\n到此为止\n另起一段也写满了这页的宽"
    assert [token.ends_paragraph for token in tokens_of([Page(1, lines)])] == [False, False, True, False]


def test_a_page_of_one_line_ends_no_paragraph() -> None:
    assert not any(token.ends_paragraph for token in tokens_of([Page(1, "一 二 三")]))


def test_consecutive_tokens_of_a_page_share_a_span() -> None:
    tokens = tokens_of([Page(1, "甲 乙"), Page(2, "丙")])
    assert spans_of(tokens) == (Span(1, 0, 3), Span(2, 0, 1))


@given(PIECES)
def test_tokens_hold_every_visible_character_where_it_stands(pieces: list[str]) -> None:
    text = "".join(pieces)
    tokens = tokens_of([Page(1, text)])
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in tokens)


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("人均", "产出", ""),
        ("Release", "notes", " "),
        ("2024", "年", ""),
        ("Co.,", "Ltd", " "),
        ("267,430,000.", "00", " "),
        ("公司", "ABC", ""),
        ("", "公司", ""),
    ],
)
def test_a_wrap_is_mended(left: str, right: str, between: str) -> None:
    assert glue(left, right) == between


def test_the_mark_of_a_footnote_is_one_token() -> None:
    (page,) = [Page(1, "归属于上市公司股东的净利润（元）\n注 1 452,965.00 825,388.00")]
    assert [token.text for token in tokens_of([page])][1] == "注 1"
