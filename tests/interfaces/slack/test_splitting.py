"""Long text is cut where a reader would pause, and nothing is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rag.interfaces.slack.splitting import pieces

PARTS = st.sampled_from(
    [
        "营业收入1,234,567.89元",
        "同比增长12.5%",
        "，",
        "。",
        "[1]",
        "[12]",
        "；",
        "主要因为",
        "growth",
        " ",
        "\n",
        "”",
        "（注）",
    ]
)
TEXTS = st.lists(PARTS, max_size=120).map("".join)


@given(TEXTS, st.integers(20, 200))
def test_pieces_are_small_enough_and_make_up_the_text(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert "".join(parts) == text
    assert all(0 < len(part) <= most for part in parts)


@given(TEXTS, st.integers(20, 200))
def test_no_marker_and_no_figure_is_cut(text: str, most: int) -> None:
    found = re.compile(r"\[\d+\]|\d[\d,.]*%?")
    whole = found.findall(text)
    assert [one for part in pieces(text, most) for one in found.findall(part)] == whole


def test_a_cut_comes_at_the_end_of_a_sentence() -> None:
    text = "营业收入增长，主要因为新产品放量[1]。净利润下降[2]！原因有三：" * 300
    parts = pieces(text, 2900)
    assert all(part.endswith(("。", "！")) for part in parts[:-1])


def test_a_marker_and_a_quotation_mark_stay_with_their_sentence() -> None:
    assert pieces("他说：“好。”[1]下一句。", 12) == ["他说：“好。”[1]", "下一句。"]


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    assert pieces("甲甲甲甲，乙乙乙乙，丙丙丙丙", 11) == ["甲甲甲甲，乙乙乙乙，", "丙丙丙丙"]


def test_what_has_no_pause_is_cut_before_a_marker() -> None:
    assert pieces("甲" * 18 + "[12]", 20) == ["甲" * 18, "[12]"]


def test_a_figure_longer_than_a_piece_is_cut_all_the_same() -> None:
    assert pieces("1" * 25, 10) == ["1" * 10, "1" * 10, "1" * 5]


def test_pieces_are_measured_as_they_will_be_sent() -> None:
    assert pieces("&&&&", 10, lambda text: 5 * len(text)) == ["&&", "&&"]


def test_nothing_makes_no_piece() -> None:
    assert pieces("", 10) == []
