"""Units stated in a sentence for quantities that tables print bare."""

from __future__ import annotations

from rag.filings.page import Page, Span
from rag.filings.passage import Cell, Column, Passage, Row
from rag.structure.stated_units import stated_units, with_stated_units

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
