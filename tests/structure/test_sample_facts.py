"""How many figures of the invented statements become the right fact; what is lost is listed in the message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from rag.filings.filing import ParsedFiling
from rag.filings.fiscal import end_date, previous_year_end
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.structure.places import locate

Parsed = Callable[[str], ParsedFiling]
Truth = dict[str, dict[str, Any]]
SCOPES = {"合并": "consolidated", "母公司": "parent"}
FLOORS = {
    "filings/lantu_2024_half_year.txt": 422,
    "pdf/lantu_2024_half_year.pdf": 422,
    "filings/boning_2024_half_year.pdf": 426,
}


@dataclass(frozen=True)
class Told:
    """One figure of a statement as the truth has it."""

    label: str
    page: int
    scope: str
    period: str
    value: Decimal


def figures(filing: dict[str, Any]) -> Iterator[Told]:
    for line in filing["statements"]:
        for period, value in line["values"].items():
            if value is not None:
                scope, when = SCOPES[line["scope"]], dated(line["label"], period)
                yield Told(line["label"], line["page"], scope, when, Decimal(value))


def dated(label: str, period: str) -> str:
    """The day of a balance that the cash flow statement shows."""
    if "现金等价物余额" not in label:
        return period
    return previous_year_end(period) if "期初" in label else end_date(period).isoformat()


def is_same(fact: Fact, told: Told) -> bool:
    named = squeeze(fact.label) == squeeze(told.label) or fact.line_item == line_item_of(told.label) != ""
    return (
        named
        and fact.certain
        and fact.unit in ("元", "元/股")
        and (fact.period, fact.scope) == (told.period, told.scope)
    )


def found(filing: ParsedFiling, told: Told) -> bool:
    passages = {passage.id: passage for passage in filing.passages}
    pages = {page.position: page.text for page in filing.pages}
    return any(
        locate(passages[fact.passage_id], *fact.cell, pages)[0].page == told.page
        for fact in filing.facts
        if fact.value == told.value and is_same(fact, told)
    )


@pytest.mark.parametrize("file", FLOORS)
def test_statement_lines_become_facts(file: str, parsed: Parsed, truth: Truth) -> None:
    filing = parsed(file)
    lost = [told for told in figures(truth[file]) if not found(filing, told)]
    total = sum(1 for _ in figures(truth[file]))
    assert total - len(lost) >= FLOORS[file], "\n".join(map(str, lost))


@pytest.mark.parametrize("file", FLOORS)
def test_no_statement_figure_is_certain_of_another_period(file: str, parsed: Parsed, truth: Truth) -> None:
    """A figure printed once in the statements stands in no other column than its own."""
    right = {(told.value, told.label): told.period for told in figures(truth[file])}
    twice = {told.value for told in figures(truth[file]) if right[told.value, told.label] != told.period}
    wrong = [
        (fact.label, fact.value, fact.period)
        for fact in parsed(file).facts
        for (value, label), period in right.items()
        if fact.statement in ("balance_sheet", "income_statement", "cash_flow")
        and fact.value == value not in twice
        and squeeze(fact.label) == squeeze(label)
        and fact.certain
        and fact.period != period
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FLOORS)
def test_printed_totals_equal_their_parts(file: str, parsed: Parsed) -> None:
    """Assets equal liabilities and equity in every scope and at every date read."""
    held: dict[tuple[str, str | None], dict[str, Decimal]] = {}
    for fact in parsed(file).facts:
        if fact.statement == "balance_sheet" and fact.line_item:
            held.setdefault((fact.period, fact.scope), {}).setdefault(fact.line_item, fact.value)
    both = [items for items in held.values() if {"total_assets", "total_liabilities_equity"} <= set(items)]
    assert len(both) == 4
    assert all(items["total_assets"] == items["total_liabilities_equity"] for items in both)


@pytest.mark.parametrize(
    "file", [*FLOORS, "filings/lantu_2024_evaluation.txt", "filings/boning_2024_evaluation.txt"]
)
def test_a_filing_is_known_by_its_first_pages(file: str, parsed: Parsed, truth: Truth) -> None:
    filing, told = parsed(file).filing, truth[file]
    assert f"{filing.issuer.name}{filing.title}" == told["title"]
    assert (filing.kind, filing.period, filing.page_count) == (told["kind"], told["period"], told["pages"])
