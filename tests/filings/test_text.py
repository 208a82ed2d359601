from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.filings.text import is_cjk, squeeze, squeeze_map


@given(st.text(max_size=60))
def test_the_map_belongs_to_the_squeezed_text(text: str) -> None:
    squeezed, origins = squeeze_map(text)
    assert squeezed == squeeze(text)
    assert len(origins) == len(squeezed)
    assert origins == sorted(origins)


@given(st.text(max_size=60))
def test_each_squeezed_sign_comes_from_its_origin(text: str) -> None:
    squeezed, origins = squeeze_map(text)
    assert all(sign in squeeze(text[origin]) for sign, origin in zip(squeezed, origins, strict=True))


@given(st.text(max_size=60), st.text(max_size=20))
def test_squeezing_joins_piece_by_piece(text: str, more: str) -> None:
    assert squeeze(text + more) == squeeze(text) + squeeze(more)


def test_white_space_and_width_do_not_count() -> None:
    assert squeeze("账 款 （１，０００）\n\u200b元") == "账款(1,000)元"


def test_one_sign_may_become_two() -> None:
    assert squeeze_map("1㎡") == ("1m2", [0, 1, 1])


def test_chinese_characters_are_told_from_signs() -> None:
    assert [is_cjk(sign) for sign in "中〇，A𠮷"] == [True, True, False, False, True]
