from __future__ import annotations

import pytest

from rag.answering.rounding_asked import decimals_asked, unit_asked


@pytest.mark.parametrize(
    ("question", "decimals"),
    [
        ("毛利率是多少？", 2),
        ("毛利率是多少，保留一位小数", 1),
        ("毛利率保留3位小数", 3),
        ("相差多少，四舍五入到亿元", 0),
        ("占比是多少，取整", 0),
    ],
)
def test_the_decimals_are_those_asked_for(question: str, decimals: int) -> None:
    assert decimals_asked(question) == decimals


def test_people_are_counted_whole() -> None:
    assert decimals_asked("员工大概有多少人", "人") == 0


@pytest.mark.parametrize(
    ("question", "unit", "wanted"),
    [
        ("合计多少亿", "元", "亿元"),
        ("以万元计是多少", "元", "万元"),
        ("合计是多少", "元", "元"),
        ("占比是多少亿", "%", "%"),
    ],
)
def test_the_unit_is_the_one_asked_for_where_it_is_of_the_kind(question: str, unit: str, wanted: str) -> None:
    assert unit_asked(question, unit) == wanted
