from __future__ import annotations

import pytest

from rag.filings.ages import span_of


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("3年以上3至4年", (3, 4)),
        ("1年以内（含1年）", (0, 1)),
        ("1-2年", (1, 2)),
        ("三年以上", (3, 99)),
        ("应收账款3年以上的余额加起来多少", (3, 99)),
        ("未逾期", None),
    ],
)
def test_the_ages_that_words_name_are_told(words: str, span: tuple[int, int] | None) -> None:
    assert span_of(words) == span
