from __future__ import annotations

from rag.filings.page import Page
from rag.structure.row_groups import group_above, named_by_groups
from rag.structure.tokens import tokens_of


def group_of(text: str, row: str) -> str:
    tokens = tokens_of([Page(1, text)])
    return group_above(tokens, 0, next(k for k, token in enumerate(tokens) if token.text == row))


def test_a_line_of_words_above_a_row_names_its_group() -> None:
    assert group_of("12 9\n甲产品\n销售量 吨 274 264", "销售量") == "甲产品"


def test_a_heads_line_names_no_group() -> None:
    assert group_of("项目 期末余额 期初余额\n销售量 吨 274 264", "销售量") == ""


def test_the_row_above_names_no_group() -> None:
    assert group_of("生产量 吨 272 270\n销售量 吨 274 264", "销售量") == ""


def test_a_repeated_label_is_named_by_its_group() -> None:
    labels = ["销售量", "库存量", "销售量", "库存量"]
    assert named_by_groups(labels, ["甲产品", "", "乙产品", ""]) == [
        "甲产品销售量",
        "甲产品库存量",
        "乙产品销售量",
        "乙产品库存量",
    ]


def test_a_label_repeated_within_a_group_stays_as_it_is() -> None:
    assert named_by_groups(["其他", "其他"], ["甲产品", ""]) == ["其他", "其他"]


def test_a_label_that_stands_once_stays_as_it_is() -> None:
    assert named_by_groups(["存货", "应收账款"], ["流动资产", ""]) == ["存货", "应收账款"]
