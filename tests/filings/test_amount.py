from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.amount import find_amounts, format_decimal, in_words, parse_amount, same_value
from rag.filings.numeral import write_numeral
from rag.filings.unit import convert, kind_of

FIGURES = st.decimals(min_value=Decimal(1000), max_value=Decimal(10) ** 12, places=2)


def read(text: str) -> list[tuple[str, str]]:
    return [(str(amount.value), amount.unit) for amount in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营业收入 12,345.67 万元,同比增长 2.02%", [("12345.67", "万元"), ("2.02", "%")]),
        ("金额约\n1,234.56\n万元", [("1234.56", "万元")]),
        ("净利润-1,234.56万元", [("-1234.56", "万元")]),
        ("近70款、超过20,000家、30余条", [("70", "款"), ("20000", "家"), ("30", "条")]),
        ("六千余条，三亿八千万元，一千二百人", [("6000", "条"), ("380000000", "元"), ("1200", "人")]),
        ("百分之十二点三", [("12.3", "%")]),
        ("3亿8千万元", [("3.8", "亿元")]),
        ("提高 1.5 个 百 分\n点", [("1.5", "个百分点")]),
        ("(1,234.56) （1,234）", [("-1234.56", ""), ("-1234", "")]),
        ("共1,234,\n567.89元", [("1234567.89", "元")]),
        ("增幅10%-20%", [("10", "%"), ("20", "%")]),
        ("发明专利 61 44 495", [("61", ""), ("44", ""), ("495", "")]),
        ("3万人员 2亿年产值", [("3", "万"), ("2", "亿")]),
        ("每股0.25元/股", [("0.25", "元/股")]),
        ("负债合计3.00亿元/总资产12.00亿元", [("3.00", "亿元"), ("12.00", "亿元")]),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024 年 6 月 30 日",
        "2024.6.30",
        "2024-06-30",
        "2024年1—6月",
        "公告编号：2024-014",
        "证券代码 600999",
        "货币资金 七、1",
        "第 3 项",
        "第十二次会议",
        "7 / 212",
        "(1) 研发",
        "三元材料",
        "一次性",
        "12股东",
        "5G 网络",
        "2.1 公司治理",
        "损失以“-”号填列",
        "2024 年半年度报告",
    ],
)
def test_what_is_no_quantity_is_left_out(text: str) -> None:
    assert read(text) == []


def test_a_note_number_is_no_figure_of_its_row() -> None:
    assert read("货币资金 七、1 1,234.00 5,678.00") == [("1234.00", ""), ("5678.00", "")]


@given(FIGURES, st.sampled_from(["元", "万元", "亿元", "万股", "%", "吨"]), st.sampled_from(["", " ", "\n"]))
def test_a_written_figure_is_found_with_exact_offsets(value: Decimal, unit: str, gap: str) -> None:
    text = f"合计{value:,f}{gap}{unit}，"
    (amount,) = find_amounts(text)
    assert (amount.value, amount.unit) == (value, unit)
    assert text[amount.start : amount.end] == amount.text == text[2:-1]


@given(st.text(alphabet="0123456789,.()（）-—%万亿元股 年月日、第一二三十百\n", max_size=40))
def test_any_text_gives_ordered_slices_that_do_not_overlap(text: str) -> None:
    amounts = find_amounts(text)
    assert all(text[amount.start : amount.end] == amount.text for amount in amounts)
    assert all(left.end <= right.start for left, right in pairwise(amounts))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.56", "1234.56"),
        ("(1,234)", "-1234"),
        ("（1,234.50）", "-1234.50"),
        ("12.3%", "12.3"),
        ("-5", "-5"),
        ("增加1.16个百分点", "1.16"),
        ("减少0.38个百分点", "-0.38"),
        ("1 234", "1234"),
    ],
)
def test_a_cell_is_read_as_its_value(cell: str, value: str) -> None:
    assert parse_amount(cell) == Decimal(value)


@given(FIGURES, st.sampled_from(["-{:,}", "({:,})", "（{:,}）", "－{:,}"]))
def test_a_negative_cell_is_read_in_every_way_of_writing_it(value: Decimal, form: str) -> None:
    assert parse_amount(form.format(abs(value))) == -abs(value)


@given(st.integers(min_value=10, max_value=10**12 - 1), st.sampled_from(["元", "股", "人"]))
def test_a_figure_in_chinese_numerals_is_read_with_its_unit(number: int, unit: str) -> None:
    assert [(a.value, a.unit) for a in find_amounts(f"合计{write_numeral(number)}{unit}。")] == [
        (number, unit)
    ]


@pytest.mark.parametrize("cell", ["-", "—", "－", "不适用", "", " ", "七、1", "2024-06-30", "项目"])
def test_a_cell_without_figure_is_none(cell: str) -> None:
    assert parse_amount(cell) is None


def test_the_same_value_in_other_units_is_the_same() -> None:
    assert same_value(Decimal("12345.68"), "万元", Decimal("123456789.12"), "元")
    assert same_value(Decimal("1.23"), "亿元", Decimal("123456789.12"), "元")


def test_a_last_printed_decimal_off_is_another_value() -> None:
    assert not same_value(Decimal("12345.69"), "万元", Decimal("123456789.12"), "元")


def test_kinds_are_never_compared() -> None:
    assert not same_value(Decimal(5), "%", Decimal(5), "个百分点")
    assert not same_value(Decimal(5), "美元", Decimal(5), "元")


def test_a_rounded_zero_is_no_small_amount() -> None:
    assert not same_value(Decimal("0.00"), "亿元", Decimal(300), "元")


def test_the_sign_counts() -> None:
    assert not same_value(Decimal(-5), "元", Decimal(5), "元")


@given(FIGURES)
def test_rounding_to_myriads_keeps_the_value(value: Decimal) -> None:
    assert same_value(value, "元", Decimal(format_decimal(value / 10000, 2).replace(",", "")), "万元")


@given(FIGURES)
def test_converting_there_and_back_is_the_value(value: Decimal) -> None:
    there = convert(value, "亿元", "元")
    assert there is not None
    assert convert(there, "元", "亿元") == value


def test_a_conversion_between_kinds_is_refused() -> None:
    assert convert(Decimal(1), "股", "元") is None


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("123456789.12", "元", "约1.23亿元"),
        ("16543210.38", "元", "约1,654.32万元"),
        ("5000000", "元", "500万元"),
        ("-23456.78", "万元", "约-2.35亿元"),
        ("1234567", "股", "约123.46万股"),
        ("999", "元", None),
        ("12.3", "%", None),
        ("12.3", "亿元", None),
    ],
)
def test_a_long_figure_is_said_in_words(value: str, unit: str, words: str | None) -> None:
    assert in_words(Decimal(value), unit) == words


def test_each_unit_has_its_kind() -> None:
    assert [kind_of(unit) for unit in ("亿元", "％", "万美元", "个", "万平方米", "无此单位")] == [
        "money_cny",
        "ratio",
        "money_usd",
        "count:个",
        "area",
        "",
    ]
