"""The check lets through what quotes hold, and nothing else: sentences of an invented filing and altered ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from rag.checking.calculation import calculate
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.amount import find_amounts
from tests.checking.hand_built import EVIDENCE, claim, operand, row_quote, sentence

REVENUE, PROFIT, EPS, RESEARCH = (row_quote(0, row) for row in range(4))
CASH = row_quote(2, 0)
GROWTH = calculate("(f1-f2)/f2", [operand(0, 0, 0), operand(0, 0, 1)], "%")
POINTS = calculate("f1-f2", [operand(0, 3, 0, unit="%"), operand(0, 3, 1, unit="%")], "个百分点")
SUMMARY, STAFF, PRODUCTS = sentence(1, "实现营业收入"), sentence(1, "员工总数"), sentence(1, "K7680")
RESPECTIVELY, DENIAL, REASON = sentence(1, "2022年、"), sentence(1, "控股股东"), sentence(1, "渠道合作")

HELD = [
    claim("青珩科技2024年上半年营业收入为412,345,678.90元（约4.12亿元），同比增长3.09%。", REVENUE),
    claim("青珩科技2024年上半年营业收入为412,345,678.90元，上年同期为400,000,000.00元。", REVENUE),
    claim("营业收入由2023年上半年的400,000,000.00元增至412,345,678.90元。", REVENUE),
    claim("营业收入由400,000,000.00元增至412,345,678.90元。", REVENUE),
    claim("2024年上半年营业收入由400,000,000.00元增至412,345,678.90元，增长3.09%。", REVENUE),
    claim(
        "营业收入412,345,678.90元，上年同期400,000,000.00元；归母净利润-61,234,567.80元，上年同期-80,100,200.30元。",
        REVENUE,
        PROFIT,
    ),
    claim("从收入看，营业收入为412,345,678.90元。", REVENUE),
    claim(
        "母公司货币资金2.10亿元、应收账款0.99亿元，上年末分别为3.05亿元和0.88亿元。", CASH, row_quote(2, 1)
    ),
    claim("年度经常性收入为5,326.40万元，订阅客户续约率为91.3%。", sentence(5, "续约率")),
    claim("上半年完成进度为88.77%，订阅客户续约率为91.3%。", sentence(5, "续约率"), sentence(5, "88.77")),
    claim("报告显示，营业收入增长主要系渠道合作伙伴带来的订单增加所致。", REASON),
    claim("2024年上半年归属于上市公司股东的净利润为-61,234,567.80元。", PROFIT),
    claim("2024年上半年归母净利润亏损6,123.46万元，亏损收窄23.55%。", SUMMARY),
    claim("公司实现营业收入41,234.57万元，较上年同期增长3.09%。", SUMMARY),
    claim("2024年上半年营业收入约4.12亿元。", SUMMARY),
    claim("基本每股收益为-0.34元/股。", EPS),
    claim("基本每股收益为-0.34元。", EPS),
    claim("研发投入占营业收入的比例为33.84%，同比减少2.26个百分点。", RESEARCH),
    claim("截至2024年6月末，公司员工总数1,234人，其中研发人员567名。", STAFF),
    claim("青珩科技共推出近70款K7680系列产品，涉及18个品类。", PRODUCTS),
    claim("2022年研发费用为1.20亿元，2023年为1.35亿元。", RESPECTIVELY),
    claim("青珩科技不存在控股股东非经营性占用资金的情况。", DENIAL),
    claim("营业收入增长主要系渠道合作伙伴带来的订单增加所致。", REASON),
    claim("2024年6月末母公司货币资金为2.10亿元，期初为3.05亿元。", CASH),
    claim("青珩科技营业收入4.12亿元，白砚股份营业收入9,876.54万元。", REVENUE, sentence(3, "营业收入")),
    claim(
        "2024年上半年营业收入412,345,678.90元，上年同期400,000,000.00元，同比增长3.09%（3.09%）。", REVENUE
    ),
    claim("2024年上半年董事会开了4次，审计委员会开了3次。", sentence(4, "董事会")),
    claim("公司拥有软件著作权1,448项、发明专利1,318项。", sentence(4, "1,318项")),
    claim(
        "合同资产：期末余额账面余额8,500,000.00元，期末余额坏账准备3,400,000.00元，期末余额账面价值5,100,000.00元（约510.00万元）。",
        row_quote(6, 0),
    ),
    claim("期末资产负债率44.29%，上年年末为41.67%。", sentence(4, "44.29")),
    claim("自2020年上市以来，公司累计投入研发费用9.00亿元。", sentence(5, "以来")),
    claim("公司拥有发明专利、软件著作权两类专有技术，其中发明专利1,318项。", sentence(4, "1,318项")),
    claim("2024年上半年营业收入较2023年上半年的400,000,000.00元增长3.09%。", REVENUE),
    claim("2024年上半年境外收入为89,000,000.00元。", row_quote(7, 0)),
    Claim("青珩科技2024年上半年营业收入同比增长3.09%。", (REVENUE,), (), GROWTH),
    Claim("2024年上半年研发投入占比较上年同期下降2.26个百分点。", (), (), POINTS),
]
WRONG = [
    claim("青珩科技2024年上半年研发费用为9.00亿元。", sentence(5, "以来")),
    claim("公司拥有发明专利、软件著作权三类专有技术，其中发明专利1,318项。", sentence(4, "1,318项")),
    claim("2024年上半年营业收入较2023年上半年的412,345,678.90元有所增长。", REVENUE),
    claim("2024年上半年境外净利润为89,000,000.00元。", row_quote(7, 0)),
    claim("审计委员会召开4次。", sentence(4, "董事会")),
    claim("公司拥有软件著作权1,318项。", sentence(4, "1,318项")),
    claim("上年年末资产负债率为44.29%。", sentence(4, "44.29")),
    claim("海川半导体2024年上半年营业收入为412,345,678.90元。", REVENUE),
    claim("营业收入为412345678。", REVENUE),
    claim("净利润为412,345,678.90元。", REVENUE),
    claim("营业收入为-61,234,567.80元。", PROFIT),
    claim("营业收入4亿元。", REVENUE),
    claim("货币资金为2.10亿元。", CASH),
    claim("营业收入由412,345,678.90元增至500,000,000.00元。", REVENUE),
    claim("年度经常性收入增长91.3%。", sentence(5, "续约率")),
    claim("合同资产：期末余额坏账准备8,500,000.00元。", row_quote(6, 0)),
    claim(
        "母公司货币资金2.10亿元、应收账款0.99亿元，上年末分别为0.88亿元和3.05亿元。", CASH, row_quote(2, 1)
    ),
    claim("年度经常性收入为5,326.40万元，订阅客户续约率为18.7%。", sentence(5, "续约率")),
    claim("年度经常性收入为5,326.40万元，订阅客户流失率为91.3%。", sentence(5, "续约率")),
    claim("营业收入由412,345,678.90元降至400,000,000.00元。", REVENUE),
    claim("2024年上半年营业收入由412,345,678.90元增至400,000,000.00元。", REVENUE),
    claim("营业收入412,345,678.90元；归母净利润-80,100,200.30元。", REVENUE, PROFIT),
    claim("上年同期营业收入400,000,000.00元；归母净利润-61,234,567.80元。", REVENUE, PROFIT),
    claim("没有控股股东非经营性占用资金。", sentence(1, "渠道合作")),
    claim("青珩科技2024年上半年没有营业收入增长。", REVENUE),
    claim("公司存在控股股东非经营性占用资金的情况。", DENIAL),
    claim("公司没有研发人员。", REASON),
    claim("公司于2024年8月30日召开股东大会。", DENIAL),
    claim("公司总部位于北极圈并计划发射卫星探测火星。", DENIAL),
    claim("营业收入翻番。", REVENUE),
    claim("营业收入占比为三成。", REVENUE),
    claim("营业收入为四亿一千万元以上，达五亿元。", REVENUE),
    Claim("营业收入同比增长13.09%。", (REVENUE,), (), GROWTH),
    Claim("营业收入同比增长3.09%。", (REVENUE,), (), replace(GROWTH, operands=GROWTH.operands[:1])),
    Claim("营业收入同比下降2.99%。", (REVENUE,), (), calculate("(f1-f2)/f2", GROWTH.operands[::-1], "%")),
]
_UNITS = {
    "元": ("万元", "千元", "亿元", "百万元", "美元"),
    "万元": ("元", "亿元", "千元"),
    "亿元": ("万元", "元", "百亿元"),
    "%": ("个百分点", "‰", "倍"),
    "个百分点": ("%",),
    "人": ("万人", "千人"),
    "款": ("万款",),
    "元/股": ("万元/股",),
}
_WORDS = (
    ("2024年", "2023年"),
    ("2024年", "2022年"),
    ("2024年", "2025年"),
    ("2023年", "2022年"),
    ("上半年", "第一季度"),
    ("2024年上半年", "2024年度"),
    ("2023年上半年", "2024年上半年"),
    ("上年同期", "本报告期"),
    ("期初", "期末"),
    ("2024年6月末", "2023年末"),
    ("青珩科技", "白砚股份"),
    ("青珩科技", "海川股份有限公司"),
    ("白砚股份", "青珩科技"),
    ("增长", "下降"),
    ("增至", "降至"),
    ("减少", "增加"),
    ("下降", "上升"),
    ("亏损6", "盈利6"),
    ("营业收入", "营业成本"),
    ("归母净利润", "扣非净利润"),
    ("营业收入", "净利润"),
    ("母公司", ""),
    ("不存在", "存在"),
    ("研发费用", "销售费用"),
    ("研发投入", "销售费用"),
    ("货币资金", "应收账款"),
    ("K7680", "K9999"),
)


def altered(text: str) -> Iterator[str]:
    """The sentence with one thing wrong: a digit, a unit, a sign, a year, an issuer, a line item, a direction."""
    for amount in find_amounts(text):
        before, printed, after = text[: amount.start], amount.text, text[amount.end :]
        for place in [match.start() for match in re.finditer(r"\d", printed)]:
            other = str((int(printed[place]) + 1) % 10)
            yield before + printed[:place] + other + printed[place + 1 :] + after
        for unit in _UNITS.get(amount.unit, ()):
            yield before + printed.removesuffix(amount.unit) + unit + after
        yield before + (printed[1:] if printed.startswith("-") else "-" + printed) + after
    for word, other in _WORDS:
        if word in text:
            yield text.replace(word, other, 1)


ALTERED = [replace(one, text=text) for one in HELD for text in altered(one.text) if text != one.text]


def label(one: Claim) -> str:
    return one.text


@pytest.mark.parametrize("one", HELD, ids=label)
def test_a_sentence_that_its_quotes_hold_passes(one: Claim) -> None:
    assert check(one, EVIDENCE).problems == ()


@pytest.mark.parametrize("one", WRONG, ids=label)
def test_a_sentence_that_its_quotes_do_not_hold_fails(one: Claim) -> None:
    assert not check(one, EVIDENCE).passed


def test_no_altered_sentence_passes() -> None:
    assert len(ALTERED) > 300
    assert [one.text for one in ALTERED if check(one, EVIDENCE).passed] == []


def test_a_sentence_without_a_quote_fails() -> None:
    assert check(claim("营业收入为412,345,678.90元。"), EVIDENCE).problems == ("这句话没有引文",)


def test_a_quote_beyond_the_passage_fails() -> None:
    assert not check(claim("营业收入。", Quote(0, 0, 9999)), EVIDENCE).passed


def test_a_quote_of_evidence_that_is_not_there_fails() -> None:
    assert not check(claim("营业收入。", Quote(9, 0, 5)), EVIDENCE).passed


def test_what_a_half_year_report_tells_of_its_year_is_of_its_half_year() -> None:
    assert check(claim("2024年上半年新增获得专利86项。", sentence(4, "86项")), EVIDENCE).passed


def test_a_held_figure_tells_its_cell() -> None:
    finding = check(HELD[0], EVIDENCE).figures[0]
    assert finding.holder is not None
    assert finding.holder.cell == "主要会计数据 | 本报告期（1－6月） | 单位：元"


def test_a_computed_figure_is_told_as_such() -> None:
    assert check(next(one for one in HELD if one.arithmetic), EVIDENCE).figures[0].check == "computed"


def test_the_problem_names_the_period_of_the_quote() -> None:
    problems = check(claim("2023年上半年营业收入为412,345,678.90元。", REVENUE), EVIDENCE).problems
    assert any("2024年上半年" in problem for problem in problems)
