from __future__ import annotations

import pytest

from rag.filings.issuers import IssuerTable, ListedCompany
from rag.filings.page import Page
from rag.structure import identity
from rag.structure.identity import identify

NAME = "青珩科技股份有限公司"
HEAD = "公司代码：688999 公司简称：青珩科技"
LISTED = ListedCompany("688999", "SH", "青珩科技", NAME, ("青珩软件",))


def page(*lines: str, position: int = 1) -> Page:
    return Page(position, "\n".join(lines))


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = IssuerTable({LISTED.code: LISTED}, dict.fromkeys(LISTED.names, LISTED))
    monkeypatch.setattr(identity, "issuer_table", lambda: table)


def test_a_title_page_tells_all() -> None:
    found = identify([page(HEAD, NAME, "2024 年半年度报告")])
    assert (found.title, found.kind, found.period) == ("2024年半年度报告", "half_year", "2024H1")
    assert (found.issuer.name, found.issuer.short_name) == (NAME, "青珩科技")
    assert found.issuer.stock_codes == ("688999",)


def test_a_title_page_of_one_line_tells_the_same() -> None:
    flat = Page(1, f"2024 年半年度报告 公司代码:688999 公司简称:青珩科技 {NAME} 2024 年半年度报告 重要提示")
    found = identify([flat])
    assert (found.issuer.name, found.title, found.period) == (NAME, "2024年半年度报告", "2024H1")


def test_every_field_says_where_it_was_read() -> None:
    found = identify([page(HEAD, NAME, "2024 年半年度报告")])
    assert found.evidence["stock_code"] == "p.1: 688999"
    assert found.evidence["issuer"] == f"p.1: {NAME}"


@pytest.mark.parametrize(
    "between",
    ["Qingheng Technology Co., Ltd.", "QINGHENG (GROUP) CO.,LTD", "公告编号：2024-031", HEAD],
)
def test_lines_before_the_title_are_no_part_of_it(between: str) -> None:
    assert identify([page(NAME, between, "2024 年半年度报告")]).title == "2024年半年度报告"


def test_a_title_broken_over_lines_is_mended() -> None:
    found = identify([page(NAME, "2024年度“提质增效重回报”行动方案", "的半年度评估报告")])
    assert found.title == "2024年度“提质增效重回报”行动方案的半年度评估报告"
    assert (found.kind, found.period) == ("action_plan_evaluation", "2024H1")


def test_a_summary_is_told_by_the_line_below_the_title() -> None:
    found = identify([page(HEAD, NAME, "2024年半年度报告", "摘要", "重要提示")])
    assert (found.title, found.period) == ("2024年半年度报告摘要", "2024H1")
    assert found.kind != "half_year"


def test_the_issuers_name_is_no_part_of_the_title() -> None:
    assert identify([page(f"{NAME}2024年年度报告")]).title == "2024年年度报告"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2024年年度报告", "2024FY"),
        ("2024年半年度报告摘要", "2024H1"),
        ("2024年第一季度报告", "2024Q1"),
        ("2024年第三季度报告", "2024Q3"),
        ("二〇二四年半年度报告", "2024H1"),
    ],
)
def test_a_title_names_the_period(title: str, period: str) -> None:
    assert identify([page(HEAD, NAME, title)]).period == period


def test_names_it_goes_by_stand_behind_the_full_name() -> None:
    body = f"{NAME}（以下简称“公司”、“青珩”）专注于软件。"
    assert identify([page(NAME, "2024年半年度报告", body)]).issuer.also_called == ("青珩",)


def test_a_name_inside_a_sentence_counts_where_none_stands_alone() -> None:
    found = identify([page("公告内容如下。", f"{NAME}董事会保证公告真实。", f"特此公告。{NAME}董事会")])
    assert found.issuer.name == NAME


def test_a_page_without_a_company_leaves_the_issuer_empty() -> None:
    found = identify([page("关于市场的若干说明", "没有公司。")])
    assert (found.issuer.name, found.issuer.stock_codes, found.period) == ("", (), "")


@pytest.mark.usefixtures("listed")
def test_the_table_gives_the_short_name_and_code_that_are_not_printed() -> None:
    found = identify([page(NAME, "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("青珩科技", ("688999",))
    assert found.evidence["short_name"] == found.evidence["stock_code"] == "上市公司表"


@pytest.mark.usefixtures("listed")
def test_a_printed_short_name_ranks_over_the_table() -> None:
    found = identify([page("公司代码：688999 公司简称：青珩新名", NAME, "2024年半年度报告")])
    assert found.issuer.short_name == "青珩新名"
    assert found.evidence["short_name"] == "p.1: 青珩新名"


@pytest.mark.usefixtures("listed")
def test_the_table_is_silent_where_another_code_is_printed() -> None:
    found = identify([page("公司代码：688111", NAME, "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("", ("688111",))


@pytest.mark.usefixtures("listed")
def test_a_company_outside_the_table_stays_without_short_name() -> None:
    found = identify([page("白砚股份有限公司", "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("", ())
