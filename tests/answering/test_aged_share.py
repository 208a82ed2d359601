"""Shares of ages in the total of an ageing table."""

from __future__ import annotations

import pytest

from rag.answering.aged_share import asks_aged_share
from tests.answering.invented_annual import draft, first, material


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青珩科技2024年末应收账款里一年以内的占比", "账龄1年以内的应收账款占期末账面余额合计的75.00%"),
        ("青珩科技2024年末应收账款账龄1至3年的占比", "25.00%（15,000,000.00元＋5,000,000.00元"),
        ("青珩科技2023年末应收账款一年以内占比多少", "占期初账面余额合计的71.43%"),
    ],
)
def test_the_rows_are_divided_by_the_total_of_their_column(question: str, said: str) -> None:
    assert said in first(question)


def test_the_formula_is_shown() -> None:
    worked = draft("青珩科技2024年末应收账款里一年以内的占比").claims[0].arithmetic
    assert worked is not None
    assert worked.expression == "(f1)/f2*100"


def test_an_age_that_the_table_does_not_list_is_refused() -> None:
    assert first("青珩科技2024年末应收账款4年以上的占比") == "not_disclosed"


def test_the_rate_of_an_allowance_is_no_share_of_an_age() -> None:
    assert not asks_aged_share(material("青珩科技2024年末应收账款一年以内的坏账计提比例").query)
