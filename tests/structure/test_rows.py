from __future__ import annotations

from rag.filings.page import Page
from rag.structure.cells import cores
from rag.structure.columns import Head
from rag.structure.rows import TableRow, rows_of
from rag.structure.tokens import tokens_of


def rows(text: str, statement: str = "other") -> list[TableRow]:
    tokens = tokens_of([Page(1, text)])
    head = Head((), "", "元", "2024H1", statement)  # type: ignore[arg-type]
    return rows_of(tokens, 0, cores(tokens), head)


def labels(text: str, statement: str = "other") -> list[str]:
    return [row.label for row in rows(text, statement)]


HEAD = "项目 期末余额 期初余额\n"


def test_a_label_starts_with_its_line() -> None:
    assert labels(f"{HEAD}货币资金 12.50 10.00\n某项专用设备 9.50 8.00\n") == ["货币资金", "某项专用设备"]


def test_columns_come_from_the_tables_head() -> None:
    (row,) = rows(f"{HEAD}货币资金 12.50 10.00\n")
    assert [column.period for column in row.columns] == ["2024-06-30", "2023-12-31"]
    assert [column for _, _, column in row.cells] == [0, 1]


def test_the_note_between_label_and_figures_is_no_part_of_the_label() -> None:
    assert labels(f"{HEAD}货币资金 七、1 12.50 10.00\n") == ["货币资金"]


def test_a_label_broken_by_its_figures_is_mended() -> None:
    text = "项目 本期发生额 上期发生额 归属于上市公司 12.50 10.00 股东的净利润 营业收入 9.50 8.00"
    row = rows(text)[0]
    assert (row.label, row.line_item) == ("归属于上市公司股东的净利润", "net_profit_attributable")


def test_a_label_over_two_lines_is_mended() -> None:
    text = f"{HEAD}处置固定资产、无形资产和其他\n长期资产收回的现金净额 12.50 10.00\n"
    assert labels(text) == ["处置固定资产、无形资产和其他长期资产收回的现金净额"]


def test_a_head_inside_a_table_gives_new_columns() -> None:
    text = f"{HEAD}货币资金 12.50 10.00\n项目 本期发生额 上期发生额\n营业收入 9.50 8.00\n"
    assert [row.columns[0].period for row in rows(text)] == ["2024-06-30", "2024H1"]


def test_a_serial_number_is_no_figure_of_a_column() -> None:
    (row,) = rows("序号 项目 期末余额 期初余额\n甲项目 1 12.50 10.00\n")
    assert [column for _, _, column in row.cells if column >= 0] == [0, 1]


def test_a_row_with_fewer_figures_than_columns_is_left_open() -> None:
    (row,) = rows(f"{HEAD}某项专用设备 12.50\n")
    assert [column for _, _, column in row.cells] == [-1]


def test_rows_of_a_statement_without_lines_take_one_token_as_label() -> None:
    tokens = tokens_of(
        [Page(1, "单位:元 项目 期末余额 期初余额 流动资产: 某项资产 12.50 10.00 某项权益 9.50 8.00")]
    )
    made = rows_of(tokens, 1, cores(tokens), Head((), "", "元", "2024H1", "balance_sheet"))
    assert [row.label for row in made] == ["某项资产", "某项权益"]


def test_the_number_of_a_note_is_no_figure_of_a_statement() -> None:
    (row,) = rows("项目 附注 期末余额 期初余额\n货币资金 30 1,234.50 1,000.00\n", "balance_sheet")
    assert [column for _, _, column in row.cells] == [0, 1]


def test_the_number_of_a_note_before_a_lone_figure_is_dropped() -> None:
    (row,) = rows("项目 附注 期末余额 期初余额\n货币资金 30 1,234.50\n", "balance_sheet")
    assert [column for _, _, column in row.cells] == [-1]


def test_the_number_of_a_note_on_a_line_of_its_own_is_passed_over() -> None:
    text = "项目 附注 期末余额 期初余额\n货币资金\n30\n1,234.50 1,000.00\n应收账款 4\n存货 78(1) 9.50 8.00\n"
    told = rows(text, "balance_sheet")
    assert [(row.label, len(row.cells)) for row in told] == [("货币资金", 2), ("存货", 2)]


def test_a_head_of_measured_columns_inside_a_table_is_not_of_the_form_that_the_title_names() -> None:
    text = "本期数 上期数\n研发人员的数量(人) 468 455\n学历 数量(人) 比例(%)\n硕士 163 34.83\n"
    assert [column.unit for column in rows(text)[1].columns] == ["人", "%"]


def test_a_change_in_points_broken_over_lines_leaves_the_other_figures_in_their_columns() -> None:
    text = (
        "分地区 营业收入 营业成本 毛利率(%) 营业收入比 营业成本比 毛利率比上年增减(%)\n"
        "增加 1.62 个百\n华东 9,129.17 6,365.53 30.27 14.11 9.21\n分点\n"
        "减少 0.49 个百\n西南 2,148.09 1,897.56 11.66 9.04 10.44\n分点\n"
    )
    found = rows(text)
    assert [row.label for row in found] == ["华东", "西南"]
    assert [column.unit for column in found[1].columns] == ["", "", "%", "%", "%"]


SCHEDULE = (
    "项目 机器设备 电子设备 合计 一、账面原值: 1.期初余额 1,000.00 500.00 1,500.00 2.期末余额 1,100.00 600.00 1,700.00 "
    "二、累计折旧 1.期初余额 100.00 50.00 150.00 2.期末余额 200.00 90.00 290.00 "
)


def test_the_rows_of_a_schedule_stand_under_their_part() -> None:
    assert [row.group for row in rows(SCHEDULE)] == ["账面原值", "账面原值", "累计折旧", "累计折旧"]


def test_a_head_word_is_no_part_of_a_schedule() -> None:
    text = "项目 账面余额 减值准备 账面价值 原材料 12.00 2.00 10.00 合计 12.00 2.00 10.00 "
    assert {row.group for row in rows(text)} == {""}


def test_a_row_with_empty_cells_takes_no_columns_by_guess() -> None:
    head = "项目名称 关联方 期末余额 期初余额 账面余额 坏账准备 账面余额 坏账准备 "
    text = head.replace("项目名称 关联方 期末余额 期初余额", "期末余额 期初余额 项目名称 关联方")
    found = rows(f"{text}应收账款 1,000.00 50.00 800.00 40.00 预付款项 334,440.00 15,986.23 ")
    assert [column for _, _, column in found[-1].cells] == [-1, -1]


def test_other_movements_are_amounts() -> None:
    text = (
        "类别 期初余额 计提 收回或转回 转销或核销 其他变动 期末余额 应收账款 10.00 5.00 1.00 1.00 2.00 15.00 "
    )
    assert {column.measure for column in rows(text)[0].columns} == {"amount"}
