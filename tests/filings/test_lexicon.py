from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.lexicon import expansions, find_line_items, line_item_of, line_items, near_misses


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("其中：营业收入", "revenue"),
        ("一、营业总收入", "total_operating_revenue"),
        ("减：营业成本", "operating_cost"),
        ("投资收益（损失以“-”号填列）", "investment_income"),
        ("五、净利润(净亏损以“-”号填列)", "net_profit"),
        ("财务费用/(净收益)", "finance_expense"),
        ("投资(损失)/收益", "investment_income"),
        ("三、利润/（亏损）总额", "total_profit"),
        ("归属于母公司股东的净(亏损)/利润", "net_profit_attributable"),
        ("信用减值(损失)/转回", "credit_impairment_loss"),
        ("经营活动(使用)/产生的现金流量净额", "operating_cash_flow"),
        ("归属于母公司所有者权益 （或股东权益）合计", "net_assets_attributable"),
        ("(一)基本每股收益(元/股)", "basic_eps"),
        ("归属于母公司所有者的净利润", "net_profit_attributable"),
        ("实收资本(或股本)", "share_capital"),
        ("研发投入占营业收入的比例(%)", "rd_investment_ratio"),
        ("货 币 资 金", "monetary_funds"),
        ("存货合计", "inventories"),
    ],
)
def test_a_printed_label_names_its_line_item(label: str, key: str) -> None:
    assert line_item_of(label) == key


@pytest.mark.parametrize("label", ["", "项目", "营收", "营业收入增长率", "甲公司"])
def test_an_unknown_label_is_never_guessed(label: str) -> None:
    assert line_item_of(label) == ""


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("扣非净利和归母净利润", ["net_profit_deducted", "net_profit_attributable"]),
        ("扣除非经常性损益后的归母净利润", ["net_profit_deducted"]),
        ("扣除非经常性损益后净利润", ["net_profit_deducted"]),
        ("ROE多少，eps呢", ["weighted_roe", "basic_eps"]),
        ("研发费用率", ["rd_expense_ratio"]),
        ("营收、毛利率", ["revenue", "gross_margin"]),
        ("EVER", []),
        ("天气如何", []),
        ("拿去做现金管理了吗", []),
        ("现金流量表里的现金流", ["operating_cash_flow"]),
    ],
)
def test_a_question_names_line_items_by_the_longest_words(question: str, keys: list[str]) -> None:
    assert [mention.key for mention in find_line_items(question)] == keys


@given(st.sampled_from(sorted(line_items())), st.sampled_from(["", "今天的", "\n "]))
def test_every_canonical_name_finds_its_own_item(key: str, before: str) -> None:
    item = line_items()[key]
    assert line_item_of(item.name) == key
    assert key in [mention.key for mention in find_line_items(before + item.name)]


def test_the_vocabulary_is_broad() -> None:
    assert len(line_items()) >= 220


def test_look_alikes_are_told_apart_from_either_side() -> None:
    assert "total_operating_revenue" in near_misses("revenue")
    assert "rd_expense" in near_misses("rd_investment")
    assert "inventories" not in near_misses("revenue")


def test_expansions_begin_with_the_canonical_name() -> None:
    assert expansions("revenue")[0] == "营业收入"
    assert expansions("no_such_item") == ()


def test_an_ending_said_once_belongs_to_all_that_share_it() -> None:
    found = find_line_items("销售、管理和财务费用合计多少")
    assert [(m.text, m.key) for m in found] == [
        ("销售", "selling_expense"),
        ("管理", "admin_expense"),
        ("财务费用", "finance_expense"),
    ]


def test_a_word_that_makes_no_item_with_the_ending_shares_none() -> None:
    assert [m.key for m in find_line_items("公司和研发费用")] == ["rd_expense"]
