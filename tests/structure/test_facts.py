from __future__ import annotations

from decimal import Decimal

import pytest

from rag.filings.passage import Cell, Column, Passage, Row
from rag.structure.facts import facts_of


def passage(label: str, *cells: str, columns: tuple[Column, ...] = (), unit: str = "元") -> Passage:
    text, printed, at = label, [], len(label)
    for number, cell in enumerate(cells):
        text += " " + cell
        column = number if number < len(columns) else -1
        printed.append(Cell(cell, at + 1, at + 1 + len(cell), column, unit))
        at = len(text)
    row = Row(label, 0, len(text), tuple(printed))
    return Passage(
        "p-1", "f" * 64, 0, "table", (), (), text, "", unit, "consolidated", "other", columns, (row,)
    )


TWO = (Column("本期", "2024H1"), Column("上期", "2023H1"))


def test_every_figure_becomes_a_fact_of_its_column() -> None:
    facts = facts_of([passage("营业收入", "1,234.50", "1,000.00", columns=TWO)])
    assert [(fact.value, fact.period) for fact in facts] == [
        (Decimal("1234.50"), "2024H1"),
        (Decimal("1000.00"), "2023H1"),
    ]


def test_a_fact_knows_its_cell_and_its_line_item() -> None:
    table = passage("营业收入", "1,234.50", columns=TWO)
    (fact,) = facts_of([table])
    assert table.text[slice(*fact.cell)] == fact.text == "1,234.50"
    assert (fact.line_item, fact.scope) == ("revenue", "consolidated")


def test_a_figure_without_a_column_is_uncertain() -> None:
    assert [fact.certain for fact in facts_of([passage("营业收入", "1,234.50")])] == [False]


def test_figures_in_brackets_are_negative() -> None:
    assert facts_of([passage("净利润", "(1,234.50)", columns=TWO)])[0].value == Decimal("-1234.50")


@pytest.mark.parametrize("cell", ["-", "—", "不适用", "/"])
def test_an_empty_cell_is_no_fact(cell: str) -> None:
    assert facts_of([passage("营业收入", cell, columns=TWO)]) == []


def test_a_row_without_label_yields_no_fact() -> None:
    assert facts_of([passage("", "1,234.50", columns=TWO)]) == []


def test_balances_stand_at_the_end_of_a_period() -> None:
    assert facts_of([passage("货币资金", "5.00", columns=TWO)])[0].period == "2024-06-30"


def test_cash_at_the_beginning_stands_at_the_end_of_the_year_before() -> None:
    facts = facts_of([passage("加：期初现金及现金等价物余额", "5.00", "4.00", columns=TWO)])
    assert [fact.period for fact in facts] == ["2023-12-31", "2022-12-31"]


def test_cash_at_the_end_stands_at_the_end_of_the_period() -> None:
    facts = facts_of([passage("六、期末现金及现金等价物余额", "5.00", "4.00", columns=TWO)])
    assert [fact.period for fact in facts] == ["2024-06-30", "2023-06-30"]


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        ("元", "amount"),
        ("万元", "amount"),
        ("", "amount"),
        ("元/股", "per_share"),
        ("%", "ratio"),
        ("人", "count"),
        ("个百分点", "points"),
    ],
)
def test_the_unit_of_a_cell_tells_what_is_measured(unit: str, measure: str) -> None:
    table = passage("营业收入", "12.00", columns=TWO, unit=unit)
    (fact,) = facts_of([table])
    assert (fact.measure, fact.unit) == (measure, unit)


def test_a_change_in_percent_is_no_ratio() -> None:
    (fact,) = facts_of([passage("营业收入", "3.09", columns=(Column("增减", "", None, "change"),), unit="%")])
    assert fact.measure == "change"


def test_facts_are_numbered_through_the_filing() -> None:
    table = passage("营业收入", "1.00", "2.00", columns=TWO)
    assert len({fact.id for fact in facts_of([table, table])}) == 4
