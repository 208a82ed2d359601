"""A figure that its statement's sums speak against is never told without a warning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Assistant, Settings, open_assistant, sample_folder
from rag.ingest import pipeline
from rag.reading.read import read_file

REPORT = "lantu_2024_half_year.txt"
RIGHT, WRONG = "应付账款 64,807,010.26", "应付账款 94,807,010.26"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over a sample report of which one figure is altered."""
    folder = tmp_path_factory.mktemp("altered")
    text = (sample_folder() / REPORT).read_text(encoding="utf-8")
    assert RIGHT in text
    file = Path(folder / REPORT)
    file.write_text(text.replace(RIGHT, WRONG, 1), encoding="utf-8")
    settings = Settings()
    place = settings.index.model_copy(update={"path": folder / "index"})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "read_guarded", read_file)
        opened = open_assistant(settings.model_copy(update={"index": place}), create=True)
        assert [done.outcome for done in opened.ingest([file])] == ["added"]
    yield opened
    opened.close()


def test_a_figure_that_breaks_a_sum_is_told_with_a_warning(assistant: Assistant) -> None:
    answer = assistant.answer("2024年6月末应付账款多少")
    assert "94,807,010.26" in answer.answer
    assert any("94,807,010.26" in warning for warning in answer.warnings)


def test_a_figure_whose_sums_hold_is_told_without_one(assistant: Assistant) -> None:
    answer = assistant.answer("2024年6月末预付款项多少")
    assert (answer.refusal, answer.warnings) == (None, ())
