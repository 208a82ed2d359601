from __future__ import annotations

import pytest

from rag.filings.page import Page
from rag.structure.numbering import numeral_value
from rag.structure.outline import Mark, Numbering, box_at, heading_at
from rag.structure.tokens import tokens_of


def heading(text: str, at: int = 0) -> Mark | None:
    return heading_at(tokens_of([Page(1, text)]), at, ())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第三节 管理层讨论与分析\n", 1),
        ("一、经营情况的讨论与分析\n", 2),
        ("（一）主营业务分析\n", 3),
        ("(二) 非主营业务\n", 3),
        ("1、货币资金\n", 4),
        ("12．应收账款\n", 4),
        ("（1）应收账款分类\n", 5),
    ],
)
def test_a_printed_number_names_the_level(text: str, level: int) -> None:
    found = heading(text)
    assert found is not None
    assert found.level == level


def test_a_heading_keeps_its_printed_number() -> None:
    found = heading("十二、关联交易\n")
    assert found is not None
    assert (found.number, found.text) == (12, "十二、关联交易")


def test_a_number_apart_from_its_words_is_one_heading() -> None:
    found = heading("一、 经营情况\n正文从这里开始，写满了一整行的宽度。\n")
    assert found is not None
    assert (found.text, found.last) == ("一、经营情况", 1)


@pytest.mark.parametrize(
    "text",
    [
        "一、公司实现收入增长。\n",
        "1.5倍\n",
        "（一）\n",
        "一、货币资金........12\n",
        "七、61\n",
        "（一）账面原值\n",
        "1、期初余额\n",
        "□适用 √不适用\n",
        "营业收入\n",
        "2、报告期内净利润为-4,164.40\n",
        "1、报告期内,营业收入为\n",
    ],
)
def test_what_is_no_heading_is_told(text: str) -> None:
    assert heading(text) is None


def test_a_line_of_a_contents_table_is_no_heading() -> None:
    assert heading("第三节 管理层讨论与分析 ........................ 12\n") is None


def test_a_label_before_figures_is_no_heading() -> None:
    tokens = tokens_of([Page(1, "一、营业总收入 1,234.56 1,000.00\n")])
    assert heading_at(tokens, 0, {1, 2}) is None


def test_a_number_inside_a_sentence_is_no_heading() -> None:
    assert heading("公司参见 一、经营情况 的说明", 0) is None
    assert heading("公司披露了，及 （一）主营业务", 1) is None


def test_a_count_goes_on() -> None:
    numbering = Numbering()
    numbering.note(Mark(2, 0, 0, "一、", 1))
    assert numbering.accepts(Mark(2, 0, 0, "二、", 2))


def test_a_count_does_not_begin_anew_without_a_higher_heading() -> None:
    numbering = Numbering()
    numbering.note(Mark(2, 0, 0, "一、", 1))
    numbering.note(Mark(2, 0, 0, "二、", 2))
    assert not numbering.accepts(Mark(2, 0, 0, "一、", 1))


def test_a_higher_heading_lets_the_count_begin_anew() -> None:
    numbering = Numbering()
    numbering.note(Mark(2, 0, 0, "二、", 2))
    numbering.note(Mark(1, 0, 0, "第四节", 4))
    assert numbering.accepts(Mark(2, 0, 0, "一、", 1))


def test_a_count_forgives_two_that_were_lost() -> None:
    numbering = Numbering()
    numbering.note(Mark(2, 0, 0, "二、", 2))
    assert numbering.accepts(Mark(2, 0, 0, "五、", 5))
    assert not numbering.accepts(Mark(2, 0, 0, "六、", 6))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("□适用 √不适用", 2),
        ("□适用√不适用", 1),
        ("√ 适用 □ 不适用", 4),
        ("\uf052适用 □不适用", 2),
        ("是否适用", 0),
    ],
)
def test_boxes_are_taken_as_a_group(text: str, count: int) -> None:
    assert box_at(tokens_of([Page(1, text)]), 0) == count


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("7", 7), ("甲", 0)],
)
def test_numerals_of_headings_are_read(text: str, value: int) -> None:
    assert numeral_value(text) == value


def test_a_unit_below_a_heading_is_no_part_of_it() -> None:
    body = "正文从这里开始，写满了一整行的宽度，后面还有几个字。"
    found = heading(f"九、分季度主要财务数据\n单位：元\n{body}\n{body}\n")
    assert found is not None
    assert found.text == "九、分季度主要财务数据"


@pytest.mark.parametrize(
    "text",
    [
        "4、本企业减持发行人股份前,应提前三个 交易日予以公告,并按照交易所的规则及时、 准确地披露。",
        "(1)本期无账龄超过 1 年的重要合同负债。",
        "(2)因甲公司与乙公司企业重组,导致公司所持丙公司的 股权被稀释。",
        "1、2排放总量下降，范围 3数据范围进一步扩大。",
    ],
)
def test_a_numbered_sentence_that_is_wrapped_is_no_heading(text: str) -> None:
    assert heading(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2、事业部制下的营销体系,带动亏损收窄效果显现 为更加聚焦盈利能力的改善与成本费用的管控,公司推行事业部制",
        "(1)借款费用资本化的确认原则 本公司发生的借款费用,可直接归属于资产的购建",
    ],
)
def test_a_heading_above_running_text_stays_one(text: str) -> None:
    assert heading(text) is not None
