from __future__ import annotations

import pytest

from rag.filings.tick_box import boxes_length, ticked_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("□适用 √不适用", "不适用"),
        ("√适用 □不适用", "适用"),
        ("☑ 适用 ☐ 不适用", "适用"),
        ("■是 □否", "是"),
        ("✓有 □无", "有"),
        ("✔适用 □不适用", "适用"),
        ("☐是 ☒否", "否"),
        ("\uf052适用 \uf0a3不适用", "适用"),
        ("\uf0a8适用 \uf0fe不适用", "不适用"),
        ("R适用 £不适用", "适用"),
        ("£适用 R不适用", "不适用"),
        ("þ是 ¨否", "是"),
        ("○是 ●否", "否"),
        ("□适用 □不适用", ""),
    ],
)
def test_the_ticked_answer_is_told_in_every_spelling(text: str, answer: str) -> None:
    assert ticked_answer(text) == answer
    assert boxes_length(text) == len(text)


@pytest.mark.parametrize("text", ["R适用于全体", "CPP是公司的产品", "○有关说明", "适用", "营业收入"])
def test_words_are_no_boxes(text: str) -> None:
    assert boxes_length(text) == 0
