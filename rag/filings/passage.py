"""What is found and cited (passages) and what is computed with (facts)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.filings.page import Span

PassageKind = Literal["prose", "table", "box"]
Scope = Literal["consolidated", "parent"]
Measure = Literal["amount", "change", "ratio", "per_share", "count", "points"]
Statement = Literal[
    "key_indicators", "balance_sheet", "income_statement", "cash_flow", "equity_changes", "other"
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline; `level` 1 is 第X节, then 一、 （一） 1、."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One printed table row inside a table passage.

    `start`/`end` are offsets into the passage's `text` (the whole row: label and figures);
    `label` is the mended row label; `cells` are the figures as printed, in order. `remark_end` is where the words
    right of the figures end that ruled lines put in this row, -1 where no lines tell of any; `group` is the row
    without figures above that it stands under (`一、账面原值`), "" where there is none.
    """

    label: str
    start: int
    end: int
    cells: tuple[Cell, ...]
    remark_end: int = -1
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed figure of a row: its text, offsets into the passage's text, the index of its column
    in the passage's `columns` (-1 where it is not certain), its unit ("" where that is not certain).
    """

    text: str
    start: int
    end: int
    column: int = -1
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its mended head, and the period, scope, measure and unit that the head states."""

    head: str
    period: str = ""
    scope: Scope | None = None
    measure: Measure = "amount"
    unit: str = ""


def passage_id(filing_id: str, ordinal: int) -> str:
    """The id of a filing's passage at a place in its reading order, which counts from 0."""
    return f"{filing_id[:16]}-{ordinal:05d}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of one filing.

    `text` is the page text with wraps mended: its non-white-space code points are exactly those of
    `spans` in order, so any substring can be placed on its page (`rag.structure.places`).
    `context` (caption, unit, column heads, the heading a box belongs to) helps search and reading and
    is never quoted.  `section` is the heading path from level 1 down.
    """

    id: str
    filing_id: str
    ordinal: int
    kind: PassageKind
    section: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str
    context: str = ""
    unit: str = ""
    scope: Scope | None = None
    statement: Statement = "other"
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that can be computed with, and the cell it stands in.

    `label` is the line item as printed, `line_item` its key in the vocabulary or empty; `value` is in the
    printed `unit`; `period` is a reporting period (flows) or an ISO date (balances), empty when the table
    does not say; `row` and `cell` are offsets into the passage's text.  `certain` is false where the
    column of the cell had to be guessed.
    """

    id: str
    filing_id: str
    passage_id: str
    label: str
    line_item: str
    period: str
    scope: Scope | None
    statement: Statement
    measure: Measure
    value: Decimal
    unit: str
    column: str
    text: str
    row: tuple[int, int]
    cell: tuple[int, int]
    section: tuple[str, ...] = ()
    certain: bool = True
