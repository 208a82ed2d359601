"""A value is found in any unit of its kind and as rounded, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.scoring.figures import holds_value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("营业收入380,792,216.26元", "380792216.26", "元"),
        ("约3.81亿元", "380792216.26", "元"),
        ("38,079.22万元", "380792216.26", "元"),
        ("380792216元", "38079.22", "万元"),
        ("上升2.62百分点", "2.62", "个百分点"),
        ("占比 12.30 %", "12.3", "%"),
        ("亏损70,032,142.22元", "-70032142.22", "元"),
        ("（8,000.87）万元", "-8000.87", "万元"),
        ("净额为−7.74%", "-7.74", "%"),
        ("１５９名员工", "159", "名"),
        ("1.8万股", "18000", "股"),
        ("2 0", "2", ""),
        ("1,318[1]项", "1318", "项"),
    ],
)
def test_a_value_is_found(text: str, value: str, unit: str) -> None:
    assert holds_value(text, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("营业收入380,792,216.26万元", "380792216.26", "元"),
        ("净额70,032,142.22元", "-70032142.22", "元"),
        ("占比12.3%", "12.3", "万元"),
        ("约3.9亿元", "380792216.26", "元"),
        ("2023年", "2024", "年"),
        ("12[1]34元", "1234", "元"),
        ("", "1", "元"),
    ],
)
def test_another_value_is_not(text: str, value: str, unit: str) -> None:
    assert not holds_value(text, Decimal(value), unit)


@given(st.decimals(min_value=Decimal("1"), max_value=Decimal("1e12"), places=2))
def test_every_amount_is_found_as_printed(value: Decimal) -> None:
    assert holds_value(f"金额为{value:,}元。", value, "元")


@given(st.decimals(min_value=Decimal("1e4"), max_value=Decimal("1e12"), places=2))
def test_ten_thousand_times_an_amount_is_another(value: Decimal) -> None:
    assert not holds_value(f"金额为{value:,}万元。", value, "元")
