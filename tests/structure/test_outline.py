from __future__ import annotations

import pytest

from rag.filings.page import Page
from rag.structure.outline import Mark, box_at, heading_at
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


BOXED = "□适用 √不适用\n"
PROSE = "正文从这里开始，写满了一整行的宽度，后面还有几个字，一直写到页边为止。\n"


def test_a_long_heading_goes_on_in_the_line_that_the_boxes_follow() -> None:
    found = heading(
        f"5、持续的第三层次公允价值计量项目，期初与期末账面价值间的调节信息\n及敏感性分析\n{BOXED}{PROSE * 3}"
    )
    assert found is not None
    assert found.text.endswith("及敏感性分析")


def test_a_full_line_that_runs_on_is_no_heading() -> None:
    assert (
        heading(f"1、公司在报告期内持续加大研发投入并且推出了多款新产品从而扩大了收入规模\n{PROSE * 3}")
        is None
    )


def test_a_line_that_is_hardly_shorter_than_the_next_is_a_weak_heading() -> None:
    found = heading(f"3、“持续推进产品开发和技术创新，巩固并提升竞争力”方面\n{PROSE * 3}")
    assert found is not None
    assert found.weak


def test_rows_without_figures_in_text_without_line_ends_are_no_headings() -> None:
    assert heading("项目 七、在建工程减值损失 八、生产性生物资产减值损失 九、其他", 1) is None


def test_a_title_with_a_colon_is_one_where_boxes_follow() -> None:
    assert heading(f"（2）未办妥产权证书的固定资产情况：\n{BOXED}{PROSE * 3}") is not None
    assert heading(f"（2）本期新增：\n{PROSE * 3}") is None


def test_a_number_without_a_point_needs_boxes_below() -> None:
    assert heading(f"3 公司不存在控股股东情况的特别说明\n{BOXED}{PROSE * 3}") is not None
    assert heading(f"3 公司不存在控股股东情况的特别说明\n{PROSE * 3}") is None


def test_a_heading_below_the_last_row_of_a_table_stands_free() -> None:
    tokens = tokens_of([Page(1, f"合计 604,551,004.63 1,066,564,415.91\n64、管理费用\n{PROSE * 3}")])
    assert heading_at(tokens, 3, {1, 2}) is not None


@pytest.mark.parametrize(
    "text",
    [
        "2、本公司将严格遵守相关法律法规、中国证券监督管理委 员会的规定",
        "（3）股东大会对现金分红具体方案进行审议时,公司应 听取意见",
        "（3）对于与子公司、合营企业及联营企业投资相关的可抵扣暂时性差异 的确认",
        "（3）企业合并增加 1,234.00",
        "2、三 四",
    ],
)
def test_a_list_item_of_text_without_line_ends_is_no_heading(text: str) -> None:
    assert heading(f"甲 {text} {PROSE.strip() * 2}", 1) is None


def test_a_broken_title_of_text_without_line_ends_takes_its_rest_along() -> None:
    found = heading(
        f"甲。 29、 递延所得税资产/ 递延所得税负债 (1). 未经抵销的递延所得税资产 {PROSE.strip() * 2}", 1
    )
    assert found is not None
    assert found.text == "29、递延所得税资产/递延所得税负债"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("□适用 √不适用", 2),
        ("□适用√不适用", 1),
        ("√ 适用 □ 不适用", 4),
        ("\uf052适用 □不适用", 2),
        ("☒是 ☐否", 2),
        ("R适用 £不适用", 2),
        ("○适用 ●不适用", 2),
        ("R适用于所有员工", 0),
        ("是否适用", 0),
    ],
)
def test_boxes_are_taken_as_a_group(text: str, count: int) -> None:
    assert box_at(tokens_of([Page(1, text)]), 0) == count


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
