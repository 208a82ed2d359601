from __future__ import annotations

import pytest

from rag.answering.formula_answer import answer_by_formula
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.formula import find_formulas
from tests.answering.invented import material


def claim(question: str) -> Claim | None:
    draft = answer_by_formula(material(question))
    return draft.claims[0] if draft is not None else None


def test_a_ratio_is_worked_out_by_its_formula() -> None:
    made = claim("毛利率是多少？")
    assert made is not None
    assert made.text.startswith("青珩科技2024年上半年毛利率为70.00%")


def test_the_formula_names_both_operands() -> None:
    made = claim("毛利率是多少？")
    assert made is not None
    assert made.arithmetic is not None
    assert [operand.fact.line_item for operand in made.arithmetic.operands] == ["revenue", "operating_cost"]


def test_what_is_worked_out_passes_the_check() -> None:
    made = claim("毛利率是多少？")
    assert made is not None
    assert check(made, material("毛利率是多少？").evidence).passed


def test_a_ratio_for_another_period_takes_its_figures() -> None:
    made = claim("2023年上半年毛利率是多少？")
    assert made is not None
    assert made.text.startswith("青珩科技2023年上半年毛利率为67.50%")


def test_a_missing_operand_leaves_the_ratio_open() -> None:
    assert claim("流动比率是多少？") is None


def test_a_question_without_formula_gives_none() -> None:
    assert claim("软件著作权有多少项？") is None


def test_every_ratio_asked_for_is_worked_out() -> None:
    draft = answer_by_formula(material("毛利率和资产负债率各是多少？"))
    assert draft is not None
    assert len(draft.claims) == 2


def test_a_ratio_of_balances_is_of_the_day_the_period_ends() -> None:
    made = claim("2024年上半年资产负债率是多少？")
    assert made is not None
    assert made.text.startswith("青珩科技2024年6月末资产负债率")


@pytest.mark.parametrize("question", ["研发费用占营收的比例是多少", "研发费用占营业收入比重"])
def test_a_ratio_is_named_by_what_it_is_a_share_of(question: str) -> None:
    assert [formula.key for formula in find_formulas(question)] == ["rd_expense_ratio"]


def test_a_share_that_the_question_spells_out_is_worked_out() -> None:
    made = claim("货币资金占资产总计的比例是多少？")
    assert made is not None
    assert "货币资金占资产总计的比例为23.33%" in made.text
    assert check(made, material("货币资金占资产总计的比例是多少？").evidence).passed


def test_the_share_of_several_items_is_that_of_their_sum() -> None:
    made = claim("货币资金和应收账款合计占资产总计的比例是多少？")
    assert made is not None
    assert made.arithmetic is not None
    assert made.arithmetic.expression == "(f1 + f2) / f3"
    assert "34.33%" in made.text
