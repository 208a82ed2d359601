"""The sample filings in one index that these tests only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Assistant, Settings, open_assistant, sample_folder
from rag.ingest import pipeline
from rag.reading.read import read_file


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings()
    folder = tmp_path_factory.mktemp("summaries") / "index"
    settings = settings.model_copy(update={"index": settings.index.model_copy(update={"path": folder})})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "read_guarded", read_file)
        opened = open_assistant(settings, create=True)
        assert [done.outcome for done in opened.ingest([sample_folder()])] == ["added"] * 4
    yield opened
    opened.close()
