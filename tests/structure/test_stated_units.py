"""Units stated in a sentence for quantities that tables print bare."""

from __future__ import annotations

import pytest

from rag.filings.page import Page, Span
from rag.filings.passage import Cell, Column, Passage, Row
from rag.structure.stated_units import stated_units, statement_unit, with_stated_units

NOTE = Page(1, "本报告中生产量、销售量、产\n能等的计量单位为“吨”。")


def table(unit: str = "") -> Passage:
    text = "甲车间 1,250.50"
    row = Row("甲车间", 0, len(text), (Cell("1,250.50", 4, len(text), 0, unit),))
    columns = (Column("实际产能"),)
    return Passage("p", "f", 0, "table", (), (Span(1, 0, 5),), text, columns=columns, rows=(row,))


def unit_of_cell(passage: Passage) -> str:
    return passage.rows[0].cells[0].unit


def test_a_sentence_states_the_unit_of_quantities() -> None:
    assert stated_units([NOTE]) == {"生产量": "吨", "销售量": "吨", "产能": "吨"}


def test_a_column_of_such_a_quantity_is_in_the_unit() -> None:
    (found,) = with_stated_units([table()], [NOTE])
    assert unit_of_cell(found) == "吨"


def test_a_unit_that_is_printed_stays() -> None:
    (found,) = with_stated_units([table("千升")], [NOTE])
    assert unit_of_cell(found) == "千升"


def test_a_word_that_is_no_unit_states_none() -> None:
    assert stated_units([Page(1, "产能的计量单位为“方法”。")]) == {}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("财务报表附注\n(金额单位: 人民币元)", "元"),
        ("财务附注中报表的单位为：千元", "千元"),
        ("本财务报表以人民币百万元列示。", "百万元"),
        ("货币资金 1,234.56", ""),
    ],
)
def test_the_unit_of_the_statements_is_stated_once(text: str, unit: str) -> None:
    assert statement_unit([Page(1, text)]) == unit


def test_of_two_units_none_is_that_of_the_statements() -> None:
    assert statement_unit([Page(1, "金额单位：元"), Page(2, "金额单位：万元")]) == ""
