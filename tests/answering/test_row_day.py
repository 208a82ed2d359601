"""The only column of dates of a prescribed table; names and figures are invented."""

from __future__ import annotations

from rag.answering.row_day import day_claim
from rag.checking.check import check
from rag.filings.page import Span
from rag.filings.passage import Cell, Passage, Row
from rag.retrieval.evidence import Evidence
from tests.checking.hand_built import FILING

HEAD = "项目名称 募集资金计划投资总额 本年投入金额 累计投入进度(%) 项目达到预定可使用状态日期"
ROWS = (
    ("检测平台", "检测平台 2024 年 12 否 8,000.00"),
    ("成像基地二期", "成像基地二期 否 9,000.00"),
)
BETWEEN = (" 月 2025 年 6 月 因施工许可 ", " (原计划 2023 年 6 月) 晚于原计划")


def piece(title: str = "(二)募投项目明细") -> Evidence:
    text, rows = HEAD + " ", []
    for (label, row), after in zip(ROWS, BETWEEN, strict=True):
        start = len(text)
        text += row
        rows.append(Row(label, start, len(text), (Cell(row[-8:], len(text) - 8, len(text), -1, "万元"),)))
        text += after
    spans = (Span(1, 0, len(text)),)
    passage = Passage("p", FILING.id, 0, "table", ("重要事项", title), spans, text, rows=tuple(rows))
    return Evidence(1, 0.5, passage, FILING)


def told(number: int, held: Evidence) -> str:
    claim = day_claim(held, held.passage.rows[number], 0)
    if claim is None:
        return ""
    assert check(claim, (held,)).passed
    return claim.text


def test_a_day_that_begins_on_the_rows_own_line_is_its_day() -> None:
    assert told(0, piece()).endswith("检测平台：项目达到预定可使用状态日期为2024年12月。")


def test_a_day_above_the_row_is_told_and_the_one_in_brackets_beside_it() -> None:
    assert told(1, piece()).endswith("：项目达到预定可使用状态日期为2025年6月（原计划2023年6月）。")


def test_a_table_without_a_column_of_dates_tells_no_day() -> None:
    assert told(0, piece("(三)其他情况")) == ""
