from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.numeral import read_numeral, write_numeral


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_written_numeral_reads_as_its_number(number: int) -> None:
    assert read_numeral(write_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", "12"),
        ("两千零五", "2005"),
        ("二〇二四", "2024"),
        ("三亿八千万", "380000000"),
        ("十二点五", "12.5"),
        ("叁拾", "30"),
        ("一万亿", "1000000000000"),
    ],
)
def test_a_numeral_is_read(text: str, value: str) -> None:
    assert read_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "万", "点五", "十点", "三个", "abc"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert read_numeral(text) is None
