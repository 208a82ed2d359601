"""Dates in pieces, as narrow columns leave them; the texts are invented."""

from __future__ import annotations

import pytest

from rag.filings.wrapped_dates import wrapped_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年5月17日", ["2024-05-17"]),
        ("2025/12/31", ["2025-12-31"]),
        ("检测平 2024 年 12 否 8,000.00 75.00 / 台项目 月", ["2024-12"]),
        ("发行 2025 检测 年3 8,000.00 否 月 31 平台 日", ["2025-03-31"]),
        ("2023年年度 2024年5月 2024年5月 www 股东大会 17日 18日", ["2024-05-17", "2024-05-18"]),
        ("2024年5月签约，17日交付", ["2024-05"]),
        ("2024 年度 1,200.00", []),
    ],
)
def test_pieces_make_the_dates_that_were_printed(text: str, dates: list[str]) -> None:
    assert [date.iso for date in wrapped_dates(text)] == dates


def test_a_date_stands_where_its_year_does() -> None:
    (date,) = wrapped_dates("平台 2024 年 5 月 否 17 日")
    assert date.start == len("平台 ")
