"""Prescribed tables, whose rows may have fewer figures than columns; names and figures are invented."""

from __future__ import annotations

import pytest

from rag.filings.page import Page
from rag.structure.blocks import blocks_of
from rag.structure.columns import Head
from rag.structure.flattened import FlatTable
from rag.structure.names import Names
from rag.structure.prescribed import Form, forms
from rag.structure.rows import TableRow, rows_of
from rag.structure.tokens import tokens_of

PROJECTS = "项目名称 募集资金计划投资总额 本年投入金额 累计投入募集资金总额 累计投入进度(%)"
HOLDERS = "股东名称(全称) 报告期内增减 期末持股数量 比例(%) 限售股份数量"


def rows(title: str, table: str) -> list[TableRow]:
    tokens = tokens_of([Page(1, table)])
    (block,) = (block for block in blocks_of(tokens) if block.kind == "table")
    flat = FlatTable(tokens, Names(tokens), block.first, block.last, block.cores)
    return rows_of(tokens, block.first, block.cores, Head((), title, "", "2024H1"), flat)


def heads(row: TableRow) -> list[str]:
    return [row.columns[at].head if at >= 0 else "" for _, _, at in row.cells]


def test_figures_of_a_project_stand_where_its_share_comes_out() -> None:
    (row,) = rows("募投项目明细", f"{PROJECTS} 检测平台 8,000.00 1,200.00 6,000.00 75.00 否")
    assert heads(row)[0] == "募集资金计划投资总额"
    assert heads(row)[3] == "截至报告期末累计投入进度(%)"


def test_a_share_that_does_not_come_out_leaves_its_row_unread() -> None:
    (row,) = rows("募投项目明细", f"{PROJECTS} 检测平台 8,000.00 1,200.00 6,000.00 57.00 否")
    assert "截至报告期末累计投入进度(%)" not in heads(row)


def test_a_holder_without_a_change_holds_what_stands_before_the_share() -> None:
    table = f"{HOLDERS} 柏明岚 -2,000 1,500,000 7.50 0 谷雨桐 1,200,000 6.00 0"
    one, other = rows("前十名股东持股情况", table)
    assert heads(one)[:3] == ["报告期内增减股数", "期末持股数量", "持股比例(%)"]
    assert heads(other)[:2] == ["期末持股数量", "持股比例(%)"]


def test_a_total_without_the_words_of_its_rows_has_their_columns() -> None:
    head = "姓名 职务 期初已获授予限制性股票数量 期末已获授予限制性股票数量"
    table = f"{head} 柏明岚 董事 600 0 0 0 300 合计 / 600 0 0 0 300"
    assert heads(rows("第二类限制性股票", table)[-1])[-1] == "期末已获授予限制性股票数量"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_no_column_is_both_lacking_and_filled(form: Form) -> None:
    assert not form.lacking & form.filled
