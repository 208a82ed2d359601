"""The sample filings in an index of their own, read in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag import Assistant, Settings, open_assistant, sample_folder
from rag.ingest import pipeline
from rag.reading.read import read_file


@contextmanager
def sample_assistant(folder: Path) -> Iterator[Assistant]:
    """An assistant over the samples, ingested into the folder; closed when this ends."""
    settings = Settings()
    settings = settings.model_copy(update={"index": settings.index.model_copy(update={"path": folder})})
    with pytest.MonkeyPatch.context() as patched:
        # The guard of reading has tests of its own; a child process a file would take seconds.
        patched.setattr(pipeline, "read_guarded", read_file)
        opened = open_assistant(settings, create=True)
        assert [done.outcome for done in opened.ingest([sample_folder()])] == ["added"] * 4
    yield opened
    opened.close()
