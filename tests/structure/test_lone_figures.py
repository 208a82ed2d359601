from __future__ import annotations

from rag.filings.page import Page
from rag.filings.passage import Fact
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

HEAD = "第十节 财务报告\n二、财务报表\n合并资产负债表\n2024年6月30日\n单位：元 币种：人民币\n"
COLUMNS = "项目 2024年6月30日 2023年12月31日\n"


def facts(rows: str) -> dict[str, Fact]:
    """The facts of a balance sheet by label and figure."""
    card = FileCard("a" * 64, "a.txt", 1, "none")
    filing = parse(card, [Page(1, f"某某公司2024年半年度报告\n{HEAD}{COLUMNS}{rows}")], Settings().passages)
    return {f"{fact.label} {fact.text}": fact for fact in filing.facts}


def test_a_lone_figure_goes_where_both_sums_come_out() -> None:
    found = facts(
        "货币资金 5,000.25 4,000.50\n应收票据 1,000.75\n预付款项 2,000.40\n存货 3,000.10 3,500.30\n"
        "流动资产合计 9,001.10 9,501.20\n"
    )
    assert (found["应收票据 1,000.75"].period, found["预付款项 2,000.40"].period) == (
        "2024-06-30",
        "2023-12-31",
    )
    assert all(found[row].certain for row in ("应收票据 1,000.75", "预付款项 2,000.40"))


def test_a_lone_figure_stays_open_where_both_columns_fit() -> None:
    found = facts(
        "货币资金 5,000.25 5,000.25\n应收票据 1,000.75\n预付款项 1,000.75\n存货 3,000.10 3,000.10\n"
        "流动资产合计 9,001.10 9,001.10\n"
    )
    assert not found["应收票据 1,000.75"].certain


def test_a_lone_figure_stays_open_where_no_sum_comes_out() -> None:
    found = facts(
        "货币资金 5,000.25 4,000.50\n应收票据 1,000.75\n存货 3,000.10 3,500.30\n流动资产合计 9,999.99 7,500.80\n"
    )
    assert not found["应收票据 1,000.75"].certain


def test_a_lone_figure_inside_another_row_stays_open() -> None:
    found = facts(
        "货币资金 5,000.25 4,000.50\n其他应收款 3,000.10 3,500.30\n其中：应收股利 1,000.75\n"
        "流动资产合计 8,000.35 7,500.80\n"
    )
    assert not found["其中：应收股利 1,000.75"].certain
