"""Facts read off the pages of real reports by eye, sixty a report, against what is read from the files.

Each table of `data/` names its report by the SHA-256 of the file and gives line item (its key, or the label as
printed), period, scope, value, unit and page.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from rag.reading.read import read_file
from rag.settings import Settings
from rag.structure.inspection import inspect
from rag.structure.parse import FileCard, parse

FILINGS = Path(__file__).parents[3] / "shared" / "filings"
TABLES = sorted((Path(__file__).parent / "data").glob("hand_checked_*.tsv"))
Row = tuple[str, str, str, Decimal, str, int]


def file_of(digest: str) -> Path:
    """The report with this SHA-256; skips where it is not at hand."""
    files = FILINGS.iterdir() if FILINGS.is_dir() else ()
    found = next(
        (f for f in files if f.is_file() and hashlib.sha256(f.read_bytes()).hexdigest() == digest), None
    )
    return found or pytest.skip("the report is not at hand")


def rows(table: Path) -> list[Row]:
    with table.open(encoding="utf-8", newline="") as lines:
        next(lines)
        told = list(csv.DictReader(lines, delimiter="\t"))
    return [
        (r["line_item"], r["period"], r["scope"], Decimal(r["value"]), r["unit"], int(r["page"]))
        for r in told
    ]


def read_facts(file: Path) -> Iterator[Row]:
    settings = Settings()
    read = read_file(file, settings.limits, settings.reading)
    card = FileCard(read.id, read.file_name, read.size_bytes, read.numbering, read.warnings)
    filing = parse(card, read.pages, settings.passages)
    for placed in inspect(filing.passages, filing.facts, filing.pages).facts:
        fact = placed.fact
        if fact.certain:
            yield (
                fact.line_item or fact.label, fact.period, fact.scope or "", fact.value, fact.unit, placed.page,
            )  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_facts_checked_by_eye_are_read(table: Path) -> None:
    digest = table.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
    found = set(read_facts(file_of(digest)))
    assert [row for row in rows(table) if row not in found] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_sixty_facts_a_report_are_checked(table: Path) -> None:
    assert len(set(rows(table))) == 60
