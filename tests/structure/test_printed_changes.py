from __future__ import annotations

from decimal import Decimal

import pytest

from rag.filings.passage import Fact, Measure
from rag.structure.printed_changes import check_changes


def cell(
    value: str, period: str, measure: Measure = "amount", unit: str = "元", at: int = 0, certain: bool = True
) -> Fact:
    return Fact(
        f"{period}{measure}{at}", "f", "p", "营业收入", "revenue", period, None, "key_indicators", measure,
        Decimal(value), unit, period, value, (0, 9), (at, at + 1), (), certain,
    )  # fmt: skip


def row(now: str, before: str, change: str) -> list[Fact]:
    return [cell(now, "2024H1"), cell(before, "2023H1"), cell(change, "2024H1", "change", "%")]


@pytest.mark.parametrize(
    ("now", "before", "change", "holds"),
    [
        ("1234.50", "1000.00", "23.45", True),
        ("1234.50", "1000.00", "23.46", True),
        ("1000.00", "1234.50", "23.45", False),
        ("-50.00", "-100.00", "50.00", True),
        ("-50.00", "-100.00", "-50.00", True),
        ("0.21", "0.20", "3.90", True),
        ("5.00", "0.00", "100.00", False),
    ],
)
def test_a_printed_change_is_that_of_its_row(now: str, before: str, change: str, holds: bool) -> None:
    assert [finding.holds for finding in check_changes(row(now, before, change))] == [holds]


def test_ratios_change_by_points() -> None:
    facts = [
        cell("72.68", "2024H1", "ratio", "%"),
        cell("70.25", "2023H1", "ratio", "%"),
        cell("2.43", "2024H1", "points", "个百分点"),
    ]
    assert [finding.holds for finding in check_changes(facts)] == [True]


def test_balances_are_compared_with_the_last_year_end() -> None:
    facts = [cell("12.00", "2024-06-30"), cell("10.00", "2023-12-31"), cell("20.00", "2024H1", "change", "%")]
    assert [finding.holds for finding in check_changes(facts)] == [True]


@pytest.mark.parametrize(
    "facts",
    [
        [cell("12.00", "2024H1"), cell("20.00", "2024H1", "change", "%")],
        [*row("12.00", "10.00", "20.00"), cell("5.00", "2024H1", "change", "%", 8)],
        [cell("12.00", "2024H1"), cell("10.00", "2022H1"), cell("20.00", "2024H1", "change", "%")],
        [cell("12.00", "2024H1"), cell("1.00", "2023H1", unit="万元"), cell("9.00", "2024H1", "change", "%")],
        [cell("12.00", "", certain=False), cell("10.00", "2023H1"), cell("20.00", "2024H1", "change", "%")],
    ],
    ids=["one period", "two changes", "two years apart", "two units", "no column"],
)
def test_a_change_without_its_two_figures_is_not_judged(facts: list[Fact]) -> None:
    assert check_changes(facts) == []
