"""Figures of tables are handed out only with the row that prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rag.answering.printed import printed_facts
from rag.errors import UserError
from rag.filings.filing import ParsedFiling
from rag.store.index import FilingIndex
from tests.fakes import DIMENSION, a_parsed_filing, original_bytes, some_vectors


@pytest.fixture
def index(tmp_path: Path) -> Iterator[FilingIndex]:
    with FilingIndex.open(tmp_path / "index", embedder_name="tiny", dimension=DIMENSION, create=True) as made:
        yield made


def put(index: FilingIndex, parsed: ParsedFiling) -> str:
    with index.writing("1") as writer:
        writer.add(parsed, original_bytes(), some_vectors(len(parsed.passages)))
    return parsed.filing.id


def test_a_fact_comes_with_its_row_and_page(index: FilingIndex) -> None:
    (found,) = printed_facts(index, put(index, a_parsed_filing()))
    assert found.figure.value == Decimal("1234.56")
    assert (found.citation.source.page, "1,234.56" in found.citation.quote) == (2, True)


def test_a_fact_whose_column_was_guessed_is_left_out(index: FilingIndex) -> None:
    parsed = a_parsed_filing()
    guessed = replace(parsed, facts=tuple(replace(fact, certain=False) for fact in parsed.facts))
    assert list(printed_facts(index, put(index, guessed))) == []


def test_a_fact_that_its_row_does_not_print_is_left_out(index: FilingIndex) -> None:
    parsed = a_parsed_filing()
    changed = replace(parsed, facts=tuple(replace(fact, text="9,999.99") for fact in parsed.facts))
    assert list(printed_facts(index, put(index, changed))) == []


def test_an_unknown_filing_is_refused(index: FilingIndex) -> None:
    with pytest.raises(UserError, match="f00"):
        list(printed_facts(index, "f00"))
