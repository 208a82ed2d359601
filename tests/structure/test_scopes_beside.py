from __future__ import annotations

import pytest

from rag.structure.columns import Head, columns_of
from rag.structure.scopes_beside import beside_each_other

DATES = ("2024年12月31日", "2023年12月31日")


def test_scopes_alternate_under_two_dates() -> None:
    found = beside_each_other([*DATES, "合并", "公司", "合并", "公司"], DATES)
    assert found == [(date, scope) for date in DATES for scope in ("consolidated", "parent")]


def test_dates_alternate_under_two_scopes() -> None:
    found = beside_each_other(["本集团", "本行", *DATES, *DATES], (*DATES, *DATES))
    assert found == [(date, scope) for scope in ("consolidated", "parent") for date in DATES]


@pytest.mark.parametrize("words", [(), ("合并",), ("合并", "合并"), ("合并", "公司")])
def test_other_heads_are_no_such_ones(words: tuple[str, ...]) -> None:
    assert beside_each_other([*DATES, *words], DATES) == []


def test_columns_of_a_statement_know_whose_they_are() -> None:
    words = ("项目", "注释", *DATES, "合并", "公司", "合并", "公司")
    columns = columns_of(Head(words, "", "元", "2024FY", "balance_sheet"), 4)
    assert [(column.period, column.scope) for column in columns] == [
        ("2024-12-31", "consolidated"),
        ("2024-12-31", "parent"),
        ("2023-12-31", "consolidated"),
        ("2023-12-31", "parent"),
    ]
