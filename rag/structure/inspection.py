"""What was read from a filing, as a person looks at it: tables, facts with their pages, checked identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.filings.page import Page
from rag.filings.passage import Fact, Passage
from rag.structure.identities import Finding
from rag.structure.places import locate
from rag.structure.printed_changes import findings_of


@dataclass(frozen=True, slots=True)
class PlacedFact:
    """A fact with the page that prints it."""

    fact: Fact
    page: int


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A checked identity with the page of its total."""

    finding: Finding
    page: int


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A table's row: the page on which it begins, its label, and its figures each with its column's head."""

    table: int
    page: int
    section: tuple[str, ...]
    label: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything read from one filing's tables, in reading order; `table` of a row counts from 1."""

    rows: tuple[ReadRow, ...]
    facts: tuple[PlacedFact, ...]
    checks: tuple[PlacedFinding, ...]


def inspect(passages: Sequence[Passage], facts: Sequence[Fact], pages: Sequence[Page]) -> Inspection:
    """The tables, facts and identities of one filing."""
    texts = {page.position: page.text for page in pages}
    by_id = {passage.id: passage for passage in passages}

    placed = tuple(PlacedFact(fact, _page(by_id[fact.passage_id], *fact.cell, texts)) for fact in facts)
    page_of_fact = {one.fact.id: one.page for one in placed}
    checks = tuple(PlacedFinding(finding, page_of_fact[finding.total]) for finding in findings_of(facts))
    tables = [passage for passage in passages if passage.rows]
    rows = (row for n, table in enumerate(tables, 1) for row in _rows(n, table, texts))
    return Inspection(tuple(rows), placed, checks)


def _rows(number: int, table: Passage, texts: Mapping[int, str]) -> Iterator[ReadRow]:
    for row in table.rows:
        page = _page(table, row.start, row.end, texts)
        cells = tuple(
            (table.columns[cell.column].head if cell.column >= 0 else "", cell.text) for cell in row.cells
        )
        yield ReadRow(number, page, table.section, row.label, cells)


def _page(passage: Passage, start: int, end: int, texts: Mapping[int, str]) -> int:
    """The page on which a piece of a passage begins."""
    spans = locate(passage, start, end, texts)
    return spans[0].page if spans else passage.spans[0].page
