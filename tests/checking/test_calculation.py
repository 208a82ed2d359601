"""Calculations are carried out here, in decimals, with units that fit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from rag.checking.calculation import calculate, problem_of
from rag.errors import UserError
from tests.checking.hand_built import EVIDENCE, operand, row_quote

NOW, BEFORE = operand(0, 0, 0), operand(0, 0, 1)
SHARE = operand(0, 3, 0, unit="%")


@pytest.mark.parametrize("expression", ["(f1-f2)/f2", "(f1-f2)/f2*100", "f1/f2-1", "（f1−f2）÷f2×100"])
def test_growth_in_percent_comes_out_the_same_however_it_is_written(expression: str) -> None:
    assert calculate(expression, [NOW, BEFORE], "%").value == Decimal("3.09")


def test_a_difference_is_told_in_the_unit_asked_for() -> None:
    assert calculate("f1-f2", [NOW, BEFORE], "万元").value == Decimal("1234.57")


def test_units_of_the_operands_are_reconciled() -> None:
    in_ten_thousands = operand(0, 0, 1, value=Decimal("40000"), unit="万元")
    assert calculate("f1-f2", [NOW, in_ten_thousands], "元").value == Decimal("12345678.90")


def test_a_share_of_an_amount_is_an_amount() -> None:
    assert calculate("f1*f2", [NOW, SHARE], "元").value == Decimal("139537777.74")


def test_the_difference_of_two_percentages_is_in_points() -> None:
    other = operand(0, 3, 1, unit="%")
    assert calculate("f1-f2", [SHARE, other], "个百分点").value == Decimal("-2.26")


def test_decimals_are_as_asked() -> None:
    assert calculate("(f1-f2)/f2", [NOW, BEFORE], "%", decimals=4).value == Decimal("3.0864")


def test_the_formula_is_told_in_words() -> None:
    assert (
        calculate("f1/f2", [NOW, BEFORE], "倍").formula
        == "营业收入（2024年上半年） ÷ 营业收入（2023年上半年）"
    )


@pytest.mark.parametrize(
    "expression",
    [
        "f1+f3",
        "f1/(f2-f2)",
        "f1-380000000",
        "__import__('os')",
        "f1**f2",
        "f1 if f2 else f1",
        "",
        "f1.real",
        "f9",
        "(" * 400 + "f1",
        "max(f1,f2)",
        "f1;f2",
    ],
)
def test_what_cannot_be_computed_is_told(expression: str) -> None:
    with pytest.raises(UserError, match="算式"):
        calculate(expression, [NOW, BEFORE, SHARE], "元")


def test_an_amount_is_no_percentage() -> None:
    with pytest.raises(UserError, match="比率"):
        calculate("f1-f2", [NOW, BEFORE], "%")


def test_a_result_that_was_tampered_with_is_noticed() -> None:
    done = calculate("f1-f2", [NOW, BEFORE], "元")
    assert "应为" in problem_of(replace(done, value=Decimal(5)), EVIDENCE)


def test_an_operand_must_stand_in_its_quote() -> None:
    elsewhere = replace(NOW, quote=row_quote(0, 1))
    assert "不在它的引文里" in problem_of(calculate("f1-f2", [elsewhere, BEFORE], "元"), EVIDENCE)


def test_an_operand_must_say_what_its_cell_says() -> None:
    invented = operand(0, 0, 0, value=Decimal(1), text="1")
    assert problem_of(calculate("f1-f2", [invented, BEFORE], "元"), EVIDENCE)


def test_growth_from_the_later_to_the_earlier_period_is_noticed() -> None:
    assert "基期" in problem_of(calculate("(f1-f2)/f2", [BEFORE, NOW], "%"), EVIDENCE)


@pytest.mark.parametrize(
    "expression", ["root(f1,2)", "root(f1/f2,1)", "root(f1/f2-f1/f2,2)", "root(f1/f2,99)"]
)
def test_a_root_is_of_a_positive_bare_number(expression: str) -> None:
    with pytest.raises(UserError, match="次方根"):
        calculate(expression, [NOW, BEFORE], "%")


def test_a_root_is_the_rate_of_every_year() -> None:
    doubled = operand(0, 0, 0, value=Decimal("484000000"))
    assert calculate("root(f1/f2,2)-1", [doubled, BEFORE], "%").value == Decimal("10.00")
