"""Questions about one quarter of the four, answered from the table of quarters."""

from __future__ import annotations

import pytest

from tests.answering.invented_annual import first


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青珩科技2024年哪个季度营业收入最高", "2024年第四季度营业收入最高，为45,500,000.00元"),
        ("青珩科技2024年四个季度里归母净利最差的是哪个季度，多少", "最低，为-2,000,000.00元"),
        ("青珩科技2024年第三季度营业收入占全年的比例", "第三季度营业收入占各季度合计的25.21%"),
        ("青珩科技2024年二季度和三季度营业收入合计多少", "合计55,500,000.00元"),
        ("青珩科技2024年下半年归母净利润合计", "2024年下半年归属于上市公司股东的净利润合计3,000,000.00元"),
    ],
)
def test_the_table_of_quarters_tells(question: str, said: str) -> None:
    assert said in first(question)


def test_the_profit_that_quarters_print_is_told_by_its_own_name() -> None:
    assert "归属于上市公司股东的净利润最高" in first("青珩科技2024年哪个季度净利润最高")


def test_which_quarter_is_refused_where_no_quarters_are_printed() -> None:
    assert first("青珩科技2024年哪个季度研发费用最高") == "not_disclosed"


@pytest.mark.parametrize(
    "question", ["青珩科技2024年四个季度营业收入分别是多少", "青珩科技2024年分季度营业收入"]
)
def test_each_of_the_quarters_is_told(question: str) -> None:
    said = first(question)
    assert all(f"第{word}季度" in said for word in "一二三四")
