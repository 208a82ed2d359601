"""The compound yearly growth of a flow."""

from __future__ import annotations

import pytest

from tests.answering.invented_annual import draft, first


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技2022到2024年营业收入年均复合增长率",
        "青珩科技2024年近三年营收复合增长率是多少",
    ],
)
def test_the_rate_is_worked_out_over_the_years_between(question: str) -> None:
    assert "2022年至2024年营业收入年均复合增长率为10.00%" in first(question)


def test_both_years_are_operands() -> None:
    worked = draft("青珩科技2022到2024年营业收入年均复合增长率").claims[0].arithmetic
    assert worked is not None
    assert worked.expression == "root(f1/f2,2)-1"
    assert worked.formula == "(营业收入（2024年） ÷ 营业收入（2022年）) 的2次方根 − 1"


def test_a_year_that_is_not_printed_is_refused() -> None:
    assert "复合" not in first("青珩科技2019到2024年营业收入年均复合增长率")
