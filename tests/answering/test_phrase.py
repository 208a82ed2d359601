from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.phrase import clean_label, figure_text, row_sentence
from rag.filings.passage import Cell, Column, Row
from rag.retrieval.evidence import Evidence
from tests.answering.invented import material
from tests.checking.hand_built import EVIDENCE

TABLE: Evidence = EVIDENCE[0]


def sentence(row: int, *periods: str) -> str:
    return row_sentence(TABLE, TABLE.passage.rows[row], periods)


@pytest.mark.parametrize(
    ("label", "clean"),
    [
        ("其中：营业收入", "营业收入"),
        ("一、营业总收入", "营业总收入"),
        ("（一）基本每股收益（元/股）", "基本每股收益"),
        ("减：库存股", "库存股"),
        ("货 币 资 金", "货币资金"),
    ],
)
def test_a_label_is_told_without_its_number_and_unit(label: str, clean: str) -> None:
    assert clean_label(label) == clean


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("380,792,216.26", "元", "380,792,216.26元（约3.81亿元）"),
        ("12.50", "万元", "12.50万元"),
        ("13.49%", "%", "13.49%"),
        ("减少2.26个百分点", "个百分点", "减少2.26个百分点"),
        ("不适用", "元", "不适用"),
        ("40.24", "", "40.24"),
    ],
)
def test_a_figure_is_told_with_its_unit(text: str, unit: str, told: str) -> None:
    assert figure_text(Cell(text, 0, len(text), 0, unit)) == told


def test_a_row_is_told_with_its_change_and_comparative() -> None:
    told = sentence(0, "2024H1")
    assert told.startswith("青珩科技2024年上半年营业收入为412,345,678.90元")
    assert "同比增长3.09%" in told
    assert "2023年上半年为400,000,000.00元" in told


def test_the_period_asked_for_is_told_first() -> None:
    assert sentence(0, "2023H1").startswith("青珩科技2023年上半年营业收入为400,000,000.00元")


def test_the_change_is_not_told_beside_an_older_figure() -> None:
    assert "3.09" not in sentence(0, "2023H1")


def test_the_parents_rows_name_the_parent() -> None:
    piece = EVIDENCE[2]
    assert row_sentence(piece, piece.passage.rows[0], ()).startswith("青珩科技母公司2024年6月末货币资金为")


def test_figures_with_fewer_cells_than_columns_are_told_with_what_the_columns_are() -> None:
    row = Row("某项目", 0, 10, (Cell("12.00", 4, 9, -1, "万元"), Cell("3.00", 10, 14, -1, "")))
    told = row_sentence(TABLE, row, ())
    assert told.startswith("青珩科技某项目：12.00万元、3.00（各列依次为本报告期(1-6月)、")


def test_several_figures_of_which_nothing_says_what_they_are_are_not_told() -> None:
    piece, _ = row_of(())
    row = Row("某项目", 0, 10, (Cell("12.00", 4, 9, -1, "万元"), Cell("3.00", 10, 14, -1, "")))
    assert row_sentence(piece, row, ()) == ""


def test_of_a_wide_row_the_columns_asked_for_are_told() -> None:
    heads = ("期初余额", "本期计提", "本期转回", "本期核销", "其他变动", "期末余额")
    columns = tuple(Column(head, "", None, "amount", "元") for head in heads)
    cells = tuple(Cell(f"{n}.00", n * 5, n * 5 + 4, n, "元") for n in range(6))
    passage = TABLE.passage
    wide = Evidence(
        1, 0.5, type(passage)("w", passage.filing_id, 0, "table", (), (), "", columns=columns), TABLE.filing
    )
    told = row_sentence(wide, Row("坏账准备", 0, 30, cells), (), "坏账准备本期核销了多少")
    assert "本期核销3.00元" in told
    assert "期初余额" not in told


def test_every_row_of_a_filing_can_be_told() -> None:
    for piece in material("营业收入").evidence:
        for row in piece.passage.rows:
            assert row_sentence(piece, row, ("2024H1",)).endswith("。")


def row_of(columns: tuple[Column, ...], *printed: str) -> tuple[Evidence, Row]:
    """A table of one row, 净利润, under these columns."""
    cells = tuple(Cell(text, n, n + 1, n, columns[n].unit) for n, text in enumerate(printed))
    passage = TABLE.passage
    made = type(passage)("q", passage.filing_id, 0, "table", (), (), "", columns=columns)
    return Evidence(1, 0.5, made, TABLE.filing), Row("净利润", 0, 30, cells)


def test_each_figure_of_a_quarters_report_is_told_with_its_own_change() -> None:
    columns = (
        Column("本报告期", "2024Q3S", None, "amount", "元"),
        Column("本报告期比上年同期增减", "2024Q3S", None, "change", "%"),
        Column("年初至报告期末", "2024Q3", None, "amount", "元"),
        Column("年初至报告期末比上年同期增减", "2024Q3", None, "change", "%"),
    )
    piece, row = row_of(columns, "10.00", "-1.50", "30.00", "4.20")
    assert "净利润为10.00元，同比下降1.5" in row_sentence(piece, row, ("2024Q3S",))
    assert "4.20%" not in row_sentence(piece, row, ("2024Q3S",))
    assert "净利润为30.00元，同比增长4.20%" in row_sentence(piece, row, ("2024Q3",))


def test_of_the_group_and_the_company_side_by_side_the_one_asked_for_is_told() -> None:
    columns = (
        Column("2024年1-6月合并", "2024H1", "consolidated", "amount", "元"),
        Column("2024年1-6月公司", "2024H1", "parent", "amount", "元"),
    )
    piece, row = row_of(columns, "10.00", "30.00")
    assert row_sentence(piece, row, ("2024H1",), "净利润多少") == "青珩科技2024年上半年净利润为10.00元。"
    assert (
        row_sentence(piece, row, ("2024H1",), "母公司净利润") == "青珩科技母公司2024年上半年净利润为30.00元。"
    )


def test_why_a_growth_rate_is_not_applicable_is_told() -> None:
    told = sentence(1, "2024H1")
    assert "两期均为负数，公告的增减比例一栏为“不适用”" in told


def test_what_was_taken_away_is_told_as_a_fall_by_so_many() -> None:
    heads = ("报告期末经销商数量", "报告期内减少数量")
    columns = (
        Column(heads[0], "2024-06-30", None, "count", "个"),
        Column(heads[1], "2024H1", None, "count", "个"),
    )
    row = Row("国外", 0, 8, (Cell("104", 3, 6, 0, "个"), Cell("1", 7, 8, 1, "个")))
    passage = replace(TABLE.passage, columns=columns, rows=(row,), section=())
    assert row_sentence(replace(TABLE, passage=passage), row, ()) == (
        "青珩科技国外：报告期末经销商数量104个，报告期内减少1个。"
    )
