from __future__ import annotations

from rag.answering.total_answer import answer_total
from rag.checking.check import check
from tests.answering.invented import material


def texts(question: str) -> list[str]:
    draft = answer_total(material(question))
    return [claim.text for claim in draft.claims] if draft is not None else []


def test_items_named_one_by_one_are_added_up() -> None:
    assert texts("货币资金和应收账款合计多少？") == [
        "青珩科技2024年6月末货币资金、应收账款合计309,000,000.00元（3.09亿元）。"
    ]


def test_a_change_gives_the_year_before_and_the_difference() -> None:
    assert texts("营业收入和营业成本加起来同比变动多少？") == [
        "青珩科技2024年上半年营业收入、营业成本合计536,049,382.57元（约5.36亿元）。",
        "青珩科技2023年上半年营业收入、营业成本合计530,000,000.00元（5.3亿元）。",
        "2024年上半年较2023年上半年合计增加6,049,382.57元（约604.94万元）。",
    ]


def test_the_totals_pass_the_check() -> None:
    question = "营业收入和营业成本加起来同比变动多少？"
    draft = answer_total(material(question))
    assert draft is not None
    assert all(check(claim, material(question).evidence).passed for claim in draft.claims)


def test_the_parent_company_is_added_up_by_itself() -> None:
    assert texts("母公司货币资金和应收账款合计多少？") == [
        "青珩科技母公司2024年6月末货币资金、应收账款合计189,000,000.00元（1.89亿元）。"
    ]


def test_a_missing_item_leaves_the_total_open() -> None:
    assert texts("营业成本和研发费用合计多少？") == []


def test_the_share_of_a_product_is_not_told_from_the_whole() -> None:
    assert texts("青梭产品的营业收入和营业成本合计多少？") == []


def test_without_a_total_asked_for_none_is_made() -> None:
    assert texts("货币资金和应收账款各多少？") == []


def test_the_share_of_a_total_is_no_total() -> None:
    assert texts("货币资金和应收账款合计占资产总计的比例？") == []
    assert texts("应收账款占负债合计的比例？") == []
