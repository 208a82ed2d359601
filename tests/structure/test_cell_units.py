from __future__ import annotations

import pytest

from rag.filings.passage import Column
from rag.structure.cell_units import cell_units, is_plausible, label_unit

AMOUNT, SHARE = Column("本期"), Column("占比", "", None, "ratio", "%")
CHANGE, OWN = Column("增减", "", None, "change", "%"), Column("金额(万元)", "", None, "amount", "万元")


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("基本每股收益（元／股）", "元/股"),
        ("研发投入占营业收入的比例（%）", "%"),
        ("员工（人）", "人"),
        ("总资产（元）", "元"),
        ("营业收入", ""),
        ("（一）营业收入", ""),
    ],
)
def test_a_label_names_its_unit_at_its_end(label: str, unit: str) -> None:
    assert label_unit(label) == unit


@pytest.mark.parametrize(
    ("text", "label", "column", "unit"),
    [
        ("1,234.50", "营业收入", AMOUNT, "元"),
        ("513", "公司研发人员的数量", AMOUNT, "人"),
        ("21,034", "报告期末普通股股东总户数", AMOUNT, "户"),
        ("12", "接待调研次数", AMOUNT, ""),
        ("12.00", "营业收入", OWN, "万元"),
        ("3.09", "营业收入", CHANGE, "%"),
        ("40.24", "华东", SHARE, "%"),
        ("33.84", "毛利率", AMOUNT, "%"),
        ("33.84%", "毛利率", AMOUNT, "%"),
        ("减少2.26个百分点", "毛利率", CHANGE, "个百分点"),
        ("0.44", "基本每股收益（元/股）", AMOUNT, "元/股"),
        ("120", "员工（人）", AMOUNT, "人"),
    ],
)
def test_the_nearest_words_name_a_cells_unit(text: str, label: str, column: Column, unit: str) -> None:
    assert cell_units([text, "1"], label, [column, AMOUNT], "元")[0] == unit


def test_a_small_figure_of_an_unknown_column_has_no_certain_unit() -> None:
    assert cell_units(["40.24", "1,234.50"], "华东", [None, None], "元") == ["", "元"]


def test_the_only_figure_of_a_row_is_in_the_tables_unit() -> None:
    assert cell_units(["40"], "某项目", [None], "万元") == ["万元"]


def test_a_share_of_thousands_shows_that_the_columns_are_wrong() -> None:
    assert not is_plausible(["1,234.50"], [SHARE])
    assert is_plausible(["40.24"], [SHARE])
