"""The sample filings in one index that these tests only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Assistant
from tests.sample_index import sample_assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with sample_assistant(tmp_path_factory.mktemp("summaries") / "index") as opened:
        yield opened
