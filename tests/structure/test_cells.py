from __future__ import annotations

import pytest

from rag.filings.page import Page
from rag.structure.cells import cores, is_figure, is_note
from rag.structure.tokens import tokens_of


def rows(text: str) -> list[list[str]]:
    """The cells of each row core of a page."""
    tokens = tokens_of([Page(1, text)])
    return [["".join(t.text for t in tokens[a : b + 1]) for a, b in core.cells] for core in cores(tokens)]


@pytest.mark.parametrize(
    "text", ["1,234.56", "-61.20", "(1,234.56)", "（12.00）", "13.49%", "0", "增加2.26个百分点", "－5.00"]
)
def test_a_figure_is_told(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["1,23", "七、61", "2024年", "12个", "A12", "1.2.3", "不适用"])
def test_what_is_no_figure_is_told(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize("text", ["七、61", "十九、1", "附注五、(三)"])
def test_a_reference_to_a_note_is_told(text: str) -> None:
    assert is_note(text)


def test_a_row_on_a_line_is_a_core() -> None:
    assert rows("项目 期末余额\n货币资金 1,234.56 1,000.00\n") == [["1,234.56", "1,000.00"]]


def test_each_line_of_figures_is_a_row_of_its_own() -> None:
    text = "货币资金 1,234.56 1,000.00\n应收账款 99.50 88.00\n"
    assert rows(text) == [["1,234.56", "1,000.00"], ["99.50", "88.00"]]


def test_rows_are_found_where_line_breaks_became_spaces() -> None:
    text = "项目 期末余额 货币资金 1,234.56 1,000.00 应收账款 99.50 88.00 合计"
    assert rows(text) == [["1,234.56", "1,000.00"], ["99.50", "88.00"]]


def test_empty_cells_with_a_sign_keep_their_place() -> None:
    assert rows("净利润 -61.20 -80.10 不适用\n") == [["-61.20", "-80.10", "不适用"]]


def test_points_broken_over_tokens_are_one_cell() -> None:
    assert rows("毛利率 33.84 36.10 减少 2.26 个百分点\n") == [["33.84", "36.10", "减少2.26个百分点"]]


@pytest.mark.parametrize(
    "text",
    [
        "公司成立于 2011 年，总部位于本市。",
        "公司实现营业收入 41.20 亿元。",
        "公司共有员工 1200 人。",
        "取得发明专利 18 项。",
        "同比增长 13 %。",
    ],
)
def test_numbers_in_running_text_are_no_rows(text: str) -> None:
    assert rows(text) == []


def test_a_figure_with_decimals_before_a_counted_word_is_a_cell() -> None:
    assert rows("研发人员薪酬 1,200.00 名称 后") == [["1,200.00"]]


@pytest.mark.parametrize("label", ["股东的净利润", "以公允价值计量的资产", "年末余额"])
def test_a_label_behind_a_figure_is_no_unit(label: str) -> None:
    assert rows(f"归属于上市公司 12.50 10.00 {label} 合计") == [["12.50", "10.00"]]


def test_the_page_number_behind_leaders_is_no_row() -> None:
    assert rows("第一节 释义 ............ 5\n第二节 公司简介 ............ 6\n") == []


def test_the_number_of_a_column_in_a_head_is_no_cell() -> None:
    assert rows("募集资金总额 (1) 累计投入 (2) 进度 (3)=(2)/(1)") == []


def test_a_label_on_the_next_line_does_not_make_a_figure_counted() -> None:
    assert rows("本期增加金额 4,096.00\n年末余额 8,192.00\n") == [["4,096.00"], ["8,192.00"]]


def test_a_date_cut_by_a_lines_end_is_no_row() -> None:
    assert rows("公司股东大会于 2024\n年 5 月召开。") == []


def test_figures_over_a_pages_end_are_two_rows() -> None:
    tokens = tokens_of([Page(1, "货币资金 1,234.56"), Page(2, "1,000.00 合计")])
    assert len(cores(tokens)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "四、 经营情况的讨论与分析 2024 上半年，国内结构调整深化。",
        "公司发布了工业防火墙 3.4 版本，提升防护能力。",
        "系统新增了 200 余项功能，易用性提高。",
    ],
)
def test_a_number_that_its_sentence_counts_on_is_no_row(text: str) -> None:
    assert rows(text) == []


def test_a_short_figure_behind_a_name_goes_on_a_list_of_single_figures() -> None:
    text = "甲(香港)有限公司 16.5 乙有限公司 0 丙有限公司 21 2. 税收优惠"
    assert rows(text) == [["16.5"], ["0"], ["21"]]


def test_a_short_figure_behind_other_words_does_not() -> None:
    assert rows("甲(香港)有限公司 16.5 说明 21 2. 税收优惠") == [["16.5"]]


def test_a_number_before_a_word_that_only_begins_like_a_counter_is_a_cell() -> None:
    assert rows("柏明岚 11,603,662 人民币普通股 11,603,662") == [["11,603,662"], ["11,603,662"]]


def test_a_grant_is_a_row_before_the_word_for_its_kind() -> None:
    text = "补助项目 金额 产业扶持资金 3,000,341.15 与收益相关 稳岗补贴 88,089.51 与收益相关"
    assert rows(text) == [["3,000,341.15"], ["88,089.51"]]


def test_a_capital_in_foreign_money_is_no_row() -> None:
    assert rows("境外子公司 香港 1,000,000.00 港币 香港 产品销售 100.00") == [["100.00"]]
