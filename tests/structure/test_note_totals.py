"""Totals of notes against the statements; the figures are invented."""

from __future__ import annotations

from decimal import Decimal

from rag.filings.lexicon import line_item_of
from rag.filings.passage import Fact, Statement
from rag.structure.identities import Finding, sheets_of
from rag.structure.note_totals import check_notes

END, START = "2024-06-30", "2023-12-31"


def fact(
    label: str, value: str, period: str, heading: str, statement: Statement = "other", row: int = 0
) -> Fact:
    column = "期末余额" if period == END else "期初余额"
    return Fact(
        f"{label}{value}{period}{heading}", "f", heading, label, line_item_of(label), period, "consolidated",
        statement, "amount", Decimal(value), "元", column, value, (row, row + 1), (0, 1), (heading,),
    )  # fmt: skip


def findings(*notes: Fact, line: str = "其他流动资产") -> list[Finding]:
    sheet = [
        fact(line, value, period, "合并资产负债表", "balance_sheet")
        for value, period in (("8", END), ("5", START))
    ]
    facts = [*sheet, *notes]
    return list(check_notes(facts, sheets_of(facts)))


def note(end: str, start: str, heading: str = "13、其他流动资产", row: int = 0) -> list[Fact]:
    return [fact("合计", value, period, heading, row=row) for value, period in ((end, END), (start, START))]


def test_a_note_that_totals_its_line_holds() -> None:
    assert [(finding.identity, finding.holds) for finding in findings(*note("8", "5"))] == [
        ("note", True)
    ] * 2


def test_a_total_that_is_not_its_line_fails() -> None:
    assert [finding.holds for finding in findings(*note("8", "6"))] == [True, False]


def test_one_of_several_tables_of_a_note_is_enough() -> None:
    assert all(finding.holds for finding in findings(*note("3", "2"), *note("8", "5", row=7)))


def test_a_table_of_one_period_is_a_part_of_the_note() -> None:
    assert findings(note("3", "2")[0]) == []


def test_a_gross_total_is_no_failure() -> None:
    assert findings(*note("9", "6", "5、应收账款"), line="应收账款") == []


def test_the_total_of_another_note_says_nothing() -> None:
    assert findings(*note("9", "6", "14、长期待摊费用")) == []
