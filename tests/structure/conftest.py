"""The invented filings read and parsed, once for all tests here."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rag.filings.filing import ParsedFiling
from rag.reading.read import read_file
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

SAMPLES = Path(__file__).parents[2] / "samples"
Parsed = Callable[[str], ParsedFiling]


@pytest.fixture(scope="session")
def parsed() -> Parsed:
    """The parsed filing of a sample file, by its path inside `samples/`."""

    @cache
    def of(file: str) -> ParsedFiling:
        settings = Settings()
        read = read_file(SAMPLES / file, settings.limits, settings.reading)
        card = FileCard(read.id, read.file_name, read.size_bytes, read.numbering, read.warnings)
        return parse(card, read.pages, settings.passages)

    return of


@pytest.fixture(scope="session")
def truth() -> dict[str, dict[str, Any]]:
    """What the invented filings hold, by sample file."""
    told = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["filings"]
    return {file: filing for filing in told for file in filing["files"]}
