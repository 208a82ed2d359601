from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.filings.passage import Column
from rag.structure.columns import Head, column_of, columns_of, form_of, is_head_word, told_by_label
from rag.structure.prescribed import Form, forms


def head(*words: str, title: str = "", statement: str = "other", period: str = "2024H1") -> Head:
    return Head(words, title, "元", period, statement)  # type: ignore[arg-type]


def heads(columns: Sequence[Column]) -> list[str]:
    return [column.head for column in columns]


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("期末余额", "2024-06-30"),
        ("期初余额", "2023-12-31"),
        ("本期发生额", "2024H1"),
        ("上期发生额", "2023H1"),
        ("上年同期", "2023H1"),
        ("2024年6月30日", "2024-06-30"),
        ("2023年度", "2023FY"),
        ("本报告期", "2024H1"),
    ],
)
def test_a_head_word_names_its_period(word: str, period: str) -> None:
    assert column_of(word, head()).period == period


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        ("期末余额", "amount"),
        ("占总资产比例(%)", "ratio"),
        ("本报告期比上年同期增减(%)", "change"),
        ("数量(人)", "count"),
        ("变动金额", "amount"),
    ],
)
def test_a_head_word_names_what_is_measured(word: str, measure: str) -> None:
    assert column_of(word, head()).measure == measure


def test_a_head_word_names_its_unit() -> None:
    assert [column_of(word, head()).unit for word in ("金额(万元)", "金额", "比例(%)")] == ["万元", "", "%"]


def test_columns_stand_one_a_word() -> None:
    columns = columns_of(head("项目", "期末余额", "期初余额"), 2)
    assert [column.period for column in columns] == ["2024-06-30", "2023-12-31"]


def test_a_date_broken_by_spaces_is_one_word() -> None:
    words = ("项目", "附注", "2024", "年", "6", "月", "30", "日", "2023", "年", "12", "月", "31", "日")
    columns = columns_of(head(*words, statement="balance_sheet"), 2)
    assert [column.period for column in columns] == ["2024-06-30", "2023-12-31"]


def test_income_columns_are_periods() -> None:
    words = ("项目", "2024年半年度", "2023年半年度")
    columns = columns_of(head(*words, statement="income_statement"), 2)
    assert [column.period for column in columns] == ["2024H1", "2023H1"]


def test_rows_without_figures_below_a_statements_head_name_no_column() -> None:
    words = ("项目", "期末余额", "期初余额", "衍生金融资产", "使用权资产")
    columns = columns_of(head(*words, statement="balance_sheet"), 2)
    assert [column.period for column in columns] == ["2024-06-30", "2023-12-31"]


def test_roles_are_read_where_the_heads_lines_are_interleaved() -> None:
    words = ("主要", "本报告期", "上年同期", "本报告期比上年", "（1－6月）", "同期增减(%)", "财务数据")
    columns = columns_of(head(*words), 3)
    assert [(column.period, column.measure) for column in columns] == [
        ("2024H1", "amount"),
        ("2023H1", "amount"),
        ("2024H1", "change"),
    ]


def test_restated_columns_are_not_guessed() -> None:
    assert columns_of(head("本报告期", "上年同期", "调整前", "调整后", "增减"), 3) == ()


def test_a_head_that_says_nothing_names_no_column() -> None:
    assert columns_of(head("名称", "内容"), 2) == ()


def test_a_row_of_another_width_than_the_head_names_no_column() -> None:
    assert columns_of(head("项目", "期末余额", "期初余额"), 5) == ()


def test_a_prescribed_form_gives_its_columns_in_order() -> None:
    words = ("主要会计数据", "本报告期", "上年", "上年同期", "增减(%)")
    assert heads(columns_of(head(*words), 3)) == list(forms()[0].columns)


def test_a_form_needs_all_of_its_words() -> None:
    form = form_of(head("主要会计数据", "本报告期"))
    assert form is None or not form.columns


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_every_form_is_found_by_its_own_words(form: Form) -> None:
    assert form_of(head(*(word.split("|")[0] for word in form.words))) is form


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_no_form_names_a_column_twice(form: Form) -> None:
    assert len(set(form.columns)) == len(form.columns)


@pytest.mark.parametrize("word", ["期末余额", "占比(%)", "项目", "本期 发生额"])
def test_words_of_heads_are_known(word: str) -> None:
    assert is_head_word(word)


@pytest.mark.parametrize("word", ["货币资金", "其中：设备A", "营业成本(万"])
def test_words_of_rows_are_no_words_of_heads(word: str) -> None:
    assert not is_head_word(word)


@pytest.mark.parametrize(
    "broken", ["本期比上年 同期增减 (%)", "本期 比上 年同 期增 减 (%)", "本年比上年 增减(%)"]
)
def test_a_change_broken_over_lines_is_one_column(broken: str) -> None:
    words = ("主要会计数据", "2024年", "2023年", *broken.split(), "2022年")
    columns = columns_of(head(*words, period="2024FY"), 4)
    assert [(column.period, column.measure) for column in columns] == [
        ("2024FY", "amount"),
        ("2023FY", "amount"),
        ("2024FY", "change"),
        ("2022FY", "amount"),
    ]


def test_a_column_of_words_is_no_column_of_figures() -> None:
    columns = columns_of(head("2024年", "2023年", "同比增减", "重大变动说明", period="2024FY"), 3)
    assert [column.period for column in columns] == ["2024FY", "2023FY", "2024FY"]


@pytest.mark.parametrize("movement", ["本期变动金额", "本期增减变动", "本期增加", "计提"])
def test_a_schedule_of_movements_is_no_comparison(movement: str) -> None:
    assert columns_of(head("类别", "期初余额", movement, "期末余额", "原值"), 3) == ()


def test_a_schedule_of_movements_with_a_missing_figure_is_not_guessed() -> None:
    assert columns_of(head("项目", "期初余额", "本期增加", "本期减少", "期末余额"), 3) == ()


def test_a_period_may_span_all_columns() -> None:
    columns = columns_of(head("名称", "期末余额", "应收账款", "坏账准备", "计提比例(%)"), 3)
    assert heads(columns) == ["期末余额应收账款", "期末余额坏账准备", "期末余额计提比例(%)"]
    assert {column.period for column in columns} == {"2024-06-30"}


def test_rows_without_figures_below_a_head_name_no_column() -> None:
    columns = columns_of(head("项目", "期末余额", "期初余额", "应收利息", "应收股利"), 2)
    assert heads(columns) == ["期末余额", "期初余额"]


def test_an_opening_balance_printed_first_comes_first() -> None:
    columns = columns_of(head("项目", "(年初数)", "(年末数)"), 2)
    assert [column.period for column in columns] == ["2023-12-31", "2024-06-30"]


def test_a_form_with_missing_cells_is_not_guessed() -> None:
    words = ("本期期末数", "占比", "上年期末数", "占比", "变动比例")
    assert columns_of(head(*words, title="资产及负债状况"), 3) == ()


def test_a_statement_with_an_adjustment_missing_is_not_guessed() -> None:
    words = ("项目", "2019年12月31日", "2020年1月1日", "调整数")
    assert columns_of(head(*words, statement="balance_sheet", period="2020FY"), 2) == ()


def test_a_lone_figure_of_a_statement_names_no_column() -> None:
    assert columns_of(head("项目", "期末余额", statement="balance_sheet"), 1) == ()


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("本报告期比上年同期增减(%)", "2024Q3S"),
        ("年初至报告期末比上年同期增减(%)", "2024Q3"),
        ("本报告期末比上年度末增减(%)", "2024-09-30"),
    ],
)
def test_a_change_is_of_the_period_that_its_head_compares(word: str, period: str) -> None:
    assert column_of(word, head("本报告期", word, "年初至报告期末", period="2024Q3")).period == period


def test_a_head_may_name_its_unit_with_the_currency() -> None:
    assert column_of("2024年度(人民币万元)", head()).unit == "万元"


def test_people_are_counted_in_persons_whatever_unit_the_table_has() -> None:
    column = column_of("学历结构人数", head())
    assert (column.measure, column.unit) == ("count", "人")


@pytest.mark.parametrize("label", ["在职员工的数量合计（人）", "公司研发人员的数量"])
def test_the_staff_is_that_of_the_periods_end_where_nothing_else_is_said(label: str) -> None:
    column = told_by_label(label, head("专业构成"))
    assert column is not None
    assert column.period == "2024-06-30"


def test_a_label_that_tells_no_time_has_none() -> None:
    assert told_by_label("当期领取薪酬", head("专业构成")) is None
