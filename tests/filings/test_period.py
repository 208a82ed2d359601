from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.fiscal import end_date, in_chinese, previous_year, previous_year_end, start_date
from rag.filings.period import column_period, find_periods, parse_period, resolve

PARTS = st.sampled_from(["FY", "H1", "Q1", "Q3", "Q2S", "Q3S", "Q4S"])
PERIODS = st.builds("{}{}".format, st.integers(min_value=2001, max_value=2098), PARTS)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年上半年", "2024H1"),
        ("24H1", "2024H1"),
        ("1H24", "2024H1"),
        ("24年中报", "2024H1"),
        ("2024半年度", "2024H1"),
        ("2024 年 1—6 月", "2024H1"),
        ("2024年度", "2024FY"),
        ("23年营收", "2023FY"),
        ("2020营收", "2020FY"),
        ("2024年前三季度", "2024Q3"),
        ("2024三季报", "2024Q3"),
        ("2024年第三季度报告", "2024Q3"),
        ("2024年三季度", "2024Q3S"),
        ("2024年二季度单季", "2024Q2S"),
        ("2024年7-9月", "2024Q3S"),
        ("2024一季报", "2024Q1"),
        ("20240630", "2024H1"),
        ("截至2024年6月30日", "2024-06-30"),
        ("2024-06-30", "2024-06-30"),
        ("25年6月底", "2025-06-30"),
        ("2020 年末", "2020-12-31"),
        ("2024年初", "2023-12-31"),
        ("二〇二四年半年度", "2024H1"),
        ("2024年报告期", "2024FY"),
        ("利润为3.5亿元，2023年为2.1亿元", "2023FY"),
        ("利润为3.5亿元,2023年为2.1亿元", "2023FY"),
        ("增长5%，24年上半年", "2024H1"),
    ],
)
def test_an_absolute_period_is_read(text: str, period: str) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("今年上半年", "2024H1"),
        ("去年同期", "2023H1"),
        ("2022年同期", "2022H1"),
        ("上年", "2023FY"),
        ("一季度", "2024Q1"),
        ("三季报", "2024Q3"),
        ("本报告期", "2024H1"),
        ("期末", "2024-06-30"),
        ("期初", "2023-12-31"),
        ("上年度末", "2023-12-31"),
        ("上年年末", "2023-12-31"),
        ("年初", "2023-12-31"),
        ("6月末", "2024-06-30"),
        ("去年三季度", "2023Q3S"),
        ("年初至报告期末", "2024H1"),
        ("去年底", "2023-12-31"),
    ],
)
def test_a_relative_period_is_seen_from_the_filing(text: str, period: str) -> None:
    (mention,) = find_periods(text)
    assert mention.period == ""
    assert resolve(mention, "2024H1") == period


@pytest.mark.parametrize("text", ["按43年折旧", "近20年", "2024年6月", "未来五年", "3,024.50元", "共2024家"])
def test_what_is_no_period_is_left_out(text: str) -> None:
    assert find_periods(text) == ()


def test_this_year_is_absolute_once_today_is_known() -> None:
    assert [mention.period for mention in find_periods("今年上半年", date(2026, 3, 1))] == ["2026H1"]


def test_two_periods_in_one_question_are_both_found() -> None:
    assert [mention.period for mention in find_periods("24年上半年比23年上半年")] == ["2024H1", "2023H1"]


@given(PERIODS, st.sampled_from(["", "请问", "营业收入 "]))
def test_a_period_in_words_reads_as_itself(period: str, before: str) -> None:
    (mention,) = find_periods(before + in_chinese(period))
    assert mention.period == period
    assert mention.text == in_chinese(period)


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2098, 12, 31)))
def test_a_date_in_words_reads_as_itself(day: date) -> None:
    assert parse_period(in_chinese(day.isoformat())) == day.isoformat()
    assert end_date(previous_year(day.isoformat())).year == day.year - 1


@given(PERIODS)
def test_a_period_starts_before_it_ends(period: str) -> None:
    assert start_date(period) < end_date(period)
    assert end_date(previous_year(period)).replace(year=2000) == end_date(period).replace(year=2000)


@given(st.text(alphabet="20 24年月日1—-6上下半季度末初期报告同去今H1Q3S/.", max_size=30))
def test_any_text_gives_exact_slices(text: str) -> None:
    for mention in find_periods(text):
        assert text[mention.start : mention.end] == mention.text
        assert bool(mention.period) != bool(mention.key)
        assert end_date(resolve(mention, "2024H1"))


@pytest.mark.parametrize(
    ("head", "kind", "period"),
    [
        ("本报告期 (1-6月)", "key_indicators", "2024H1"),
        ("上年同期", "key_indicators", "2023H1"),
        ("本报告期末", "key_indicators", "2024-06-30"),
        ("上年度末", "key_indicators", "2023-12-31"),
        ("2024 年 6 月 30 日", "balance_sheet", "2024-06-30"),
        ("2024 年半年度", "income_statement", "2024H1"),
        ("期末余额", "balance_sheet", "2024-06-30"),
        ("期初余额", "balance_sheet", "2023-12-31"),
        ("本期发生额", "income_statement", "2024H1"),
        ("上期发生额", "cash_flow", "2023H1"),
        ("2024年", "income_statement", "2024H1"),
        ("2023年", "balance_sheet", "2023-12-31"),
        ("比上年同期增减(%)", "key_indicators", ""),
        ("金额", "other", ""),
        ("附注", "balance_sheet", ""),
    ],
)
def test_a_table_head_states_its_period(head: str, kind: str, period: str) -> None:
    assert column_period(head, "2024H1", kind) == period


def test_a_quarterly_report_means_the_single_quarter_by_its_period() -> None:
    assert column_period("本报告期", "2024Q3", "key_indicators") == "2024Q3S"
    assert column_period("年初至报告期末", "2024Q3", "key_indicators") == "2024Q3"


def test_the_year_end_before_is_the_opening_balance() -> None:
    assert previous_year_end("2024H1") == "2023-12-31"
