from __future__ import annotations

import pytest

from rag.answering.fact_answer import answer_from_facts, filings_by_issuer, ranked_facts
from tests.answering.invented import filing, material, needs


def said(question: str) -> list[str]:
    held = material(question)
    draft = answer_from_facts(held, needs(held))
    return [claim.text for claim in draft.claims] if draft is not None else []


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("2024年上半年营业收入是多少？", "青珩科技2024年上半年营业收入为412,345,678.90元"),
        ("归母净利润是多少？", "青珩科技2024年上半年归属于上市公司股东的净利润为-61,234,567.80元"),
        ("2024年6月末货币资金是多少？", "青珩科技2024年6月末货币资金为210,000,000.00元"),
        ("母公司2024年6月末货币资金是多少？", "青珩科技母公司2024年6月末货币资金为110,000,000.00元"),
        ("去年同期的营业收入是多少？", "青珩科技2023年上半年营业收入为400,000,000.00元"),
        ("2023年末货币资金是多少？", "青珩科技2023年末货币资金为305,000,000.00元"),
        ("基本每股收益是多少？", "青珩科技2024年上半年基本每股收益为-0.34元/股"),
    ],
)
def test_a_line_item_is_told_for_its_period_and_scope(question: str, start: str) -> None:
    (sentence,) = said(question)
    assert sentence.startswith(start)


def test_every_line_item_asked_for_is_told() -> None:
    assert len(said("营业收入和归母净利润各是多少？")) >= 2


def test_the_printed_change_is_told_beside_its_figure() -> None:
    assert "同比增长3.09%" in said("营业收入是多少，同比增长多少？")[0]


def test_a_change_in_points_is_told_in_points() -> None:
    assert "减少2.26个百分点" in said("研发投入占营业收入的比例是多少？")[0]


def test_one_missing_line_item_leaves_the_question_to_others() -> None:
    assert said("营业收入和商誉各是多少？") == []


def test_a_period_that_is_not_printed_is_not_told() -> None:
    assert said("2022年营业收入是多少？") == []


def test_a_question_for_a_reason_is_left_to_others() -> None:
    assert said("营业收入为什么增长？") == []


def test_a_narrower_thing_is_not_answered_by_the_whole() -> None:
    assert said("青梭系列产品的营业收入是多少？") == []


def test_key_indicators_rank_before_the_statements() -> None:
    held = material("营业收入是多少？")
    assert ranked_facts(held, "revenue", [filing().filing])[0].statement == "key_indicators"


def test_a_change_is_no_amount_of_its_line_item() -> None:
    held = material("营业收入是多少？")
    assert "change" not in {f.measure for f in ranked_facts(held, "revenue", [filing().filing])}


def test_filings_are_grouped_by_issuer() -> None:
    assert filings_by_issuer(material("营业收入是多少？")) == [[filing().filing]]
