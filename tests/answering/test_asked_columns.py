from __future__ import annotations

import pytest

from rag.answering.asked_columns import asked_cells, named_columns
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.question import Query

HEADS = ("账面余额金额", "账面余额比例", "坏账准备金额", "坏账准备计提比例", "账面价值")


def told(question: str, columns: tuple[Column, ...], **said: object) -> list[str]:
    """The columns of the cells asked for, in a row with one cell a column."""
    cells = tuple(Cell(str(k), k, k + 1, k, column.unit) for k, column in enumerate(columns))
    row = Row("甲公司", 0, 9, cells)
    passage = Passage("p", "f", 0, "table", ("5、应收账款",), (), "", columns=columns, rows=(row,))
    query = Query(question, question, "number", **said)  # type: ignore[arg-type]
    return [columns[cell.column].head for cell in asked_cells(row, passage, query, "2024H1")]


PROVISION = (
    Column("期末余额账面余额", "2024-06-30", unit="元"),
    Column("期末余额计提比例(%)", "2024-06-30", None, "ratio", "%"),
    Column("期初余额账面余额", "2023-12-31", unit="元"),
    Column("期初余额计提比例(%)", "2023-12-31", None, "ratio", "%"),
)
PERIODS = (
    Column("本期", "2024H1"),
    Column("上年同期", "2023H1"),
    Column("增减(%)", "2024H1", None, "change", "%"),
)
MOVED = (Column("期初余额", "2023-12-31"), Column("本期增加", "2024H1"), Column("期末余额", "2024-06-30"))
CLASSES = (Column("机器设备"), Column("电子设备"), Column("合计"))


def test_the_head_that_shares_most_with_the_words_is_named() -> None:
    assert named_columns(HEADS, "单项计提那部分坏账计提比例") == ("坏账准备计提比例",)
    assert named_columns(HEADS, "坏账准备期末余额") == ("坏账准备金额",)


def test_what_the_title_says_is_not_the_column_asked_for() -> None:
    heads = ("应收账款", "坏账准备", "计提比例")
    assert named_columns(heads, "应收账款客户四的计提比例", "5、应收账款") == ("计提比例",)


def test_two_columns_held_whole_are_both_named() -> None:
    assert named_columns(("收入", "成本"), "其他业务收入和成本哪个大") == ("收入", "成本")


def test_the_column_named_is_told_in_the_filings_own_period() -> None:
    assert told("计提比例多少", PROVISION) == ["期末余额计提比例(%)"]


def test_the_column_named_is_told_in_each_period_asked_for() -> None:
    asked = told("计提比例期末期初各多少", PROVISION, periods=("2024-06-30", "2023-12-31"))
    assert asked == ["期末余额计提比例(%)", "期初余额计提比例(%)"]


def test_a_unit_that_is_asked_for_names_its_column() -> None:
    assert told("甲公司占多少", PROVISION, expects=(frozenset({"%"}),)) == ["期末余额计提比例(%)"]


def test_a_row_of_periods_is_left_whole() -> None:
    assert told("营业收入多少", PERIODS) == []


def test_a_row_of_movements_is_left_whole_where_none_is_named() -> None:
    assert told("辞退福利多少", MOVED) == []


def test_the_class_of_a_schedule_is_told_else_its_sum() -> None:
    assert told("电子设备原值", CLASSES) == ["电子设备"]
    assert told("原值多少", CLASSES) == ["合计"]


HALF_YEAR = (Column("本报告期(1-6月)", "2024H1"), Column("上年同期", "2023H1"))
QUARTERS = (Column("本报告期", "2024Q3S"), Column("年初至报告期末", "2024Q3"))
YEAR_QUARTERS = (Column("第三季度(7-9月份)", "2024Q3S"), Column("第四季度(10-12月份)", "2024Q4S"))
RESTATED = (Column("2024年", "2024FY"), Column("2023年调整后", "2023FY"))
SHARES = (Column("2024年金额", "2024FY"), Column("2024年占营业收入比重", "2024FY", None, "ratio", "%"))


@pytest.mark.parametrize("columns", [HALF_YEAR, QUARTERS, YEAR_QUARTERS, RESTATED])
def test_columns_that_differ_by_their_time_only_are_left_whole(columns: tuple[Column, ...]) -> None:
    assert told("上年同期营业收入和年初至今第三季度调整后多少", columns) == []


def test_an_amount_is_told_where_no_share_is_asked_for() -> None:
    assert told("甲公司收入多少", SHARES) == ["2024年金额"]
    assert told("甲公司收入占比多少", SHARES) == ["2024年占营业收入比重"]


def test_a_column_of_another_time_than_the_one_asked_for_is_not_told_alone() -> None:
    columns = (Column("2024H1新口径", "2024H1"), Column("上年同期", "2023H1"))
    assert told("营业收入多少", columns, periods=("2024H1",)) == []


def test_a_column_that_no_word_names_is_not_told_for_its_unit() -> None:
    columns = (
        Column("期末余额账面余额", "2024-06-30", unit="元"),
        Column("期末余额净值", "2024-06-30", unit="元"),
    )
    assert told("准备多少", columns, expects=(frozenset({"元"}),)) == []


def test_each_clause_that_asks_names_its_column() -> None:
    asked = told("账面余额多少,计提比例多少", PROVISION)
    assert asked == ["期末余额账面余额", "期末余额计提比例(%)"]


SEGMENTS = (
    Column("营业收入", "2024H1", unit="元"),
    Column("营业成本", "2024H1", unit="元"),
    Column("毛利率", "2024H1", None, "ratio", "%"),
    Column("营业收入比上年同期增减", "2024H1", None, "change", "%"),
    Column("毛利率比上年同期增减", "2024H1", None, "change", "%"),
)
OF_REVENUE = (
    Column("2024年1-6月金额", "2024H1", unit="元"),
    Column("2024年1-6月占营业收入比重", "2024H1", None, "ratio", "%"),
    Column("同比增减", "2024H1", None, "change", "%"),
)


def test_two_columns_named_by_an_enumeration_are_both_told() -> None:
    asked = told("甲公司收入和毛利率", SEGMENTS, expects=(frozenset({"%"}),))
    assert asked == ["营业收入", "毛利率"]


def test_an_amount_and_its_share_are_both_told() -> None:
    asked = told("甲公司收入多少，占比多少", OF_REVENUE, expects=(frozenset({"%"}),))
    assert asked == ["2024年1-6月金额", "2024年1-6月占营业收入比重"]


@pytest.mark.parametrize(
    ("columns", "heads"),
    [(SEGMENTS, ["营业收入", "营业收入比上年同期增减"]), (OF_REVENUE, ["2024年1-6月金额", "同比增减"])],
)
def test_a_growth_rate_is_the_printed_change_and_no_other_ratio(
    columns: tuple[Column, ...], heads: list[str]
) -> None:
    asked = told("甲公司收入增速", columns, expects=(frozenset({"%"}),), asks_change=True)
    assert asked == heads


DEALERS = (
    Column("报告期末经销商数量", "2024-06-30", None, "count", "个"),
    Column("报告期内增加数量", "2024H1", None, "count", "个"),
    Column("报告期内减少数量", "2024H1", None, "count", "个"),
)
REVENUE = (
    Column("本报告期金额", "2024H1", unit="元"),
    Column("占比", "", None, "ratio", "%"),
    Column("同比增减", "2024H1", None, "change", "%"),
)


def test_each_clause_names_a_column_and_either_way_both() -> None:
    asked = "国外经销商有多少家?报告期内是增加还是减少了,变动几家?"
    assert told(asked, DEALERS) == [column.head for column in DEALERS]


def test_a_clause_for_an_amount_names_the_column_of_none_but_a_time() -> None:
    asked = "境外收入多少,占比多少,同比增长多少?"
    assert told(asked, REVENUE, asks_change=True) == [column.head for column in REVENUE]


def test_of_two_balances_the_one_of_the_line_item_asked_for_is_told() -> None:
    columns = (
        Column("应收账款期末余额", "2024-06-30", unit="元"),
        Column("坏账准备期末余额", "2024-06-30", unit="元"),
    )
    asked = told("应收账款坏账准备6月末余额", columns, line_items=("bad_debt_provision",))
    assert asked == ["坏账准备期末余额"]
