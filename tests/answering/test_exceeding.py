from __future__ import annotations

from tests.answering.test_extract import draft


def first(question: str) -> str:
    return next(iter(draft(question).claims)).text


def test_whether_one_figure_is_more_than_another_is_said_with_both() -> None:
    assert first("货币资金有没有超过应收账款？") == (
        "超过：青珩科技货币资金为210,000,000.00元，高于应收账款的99,000,000.00元，相差111,000,000.00元。"
    )


def test_that_it_is_not_is_said_too() -> None:
    said = first("应收账款高于货币资金吗？")
    assert said.startswith(("未高于：", "否："))
    assert "相差111,000,000.00元" in said


def test_one_that_is_not_in_the_filing_is_not_held_against_another() -> None:
    assert not any("相差" in claim.text for claim in draft("货币资金有没有超过商誉？").claims)
