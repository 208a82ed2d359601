from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rag.errors import FilingError
from rag.reading import guard
from rag.reading.guard import read_guarded
from rag.reading.read import read_file
from rag.settings import LimitSettings, ReadingSettings
from tests.reading.makers import report

READING = ReadingSettings(ocr="off")


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    path = tmp_path / "报告.pdf"
    path.write_bytes(report(3))
    return path


def test_the_child_reads_what_this_process_would(filing: Path) -> None:
    limits = LimitSettings()
    guarded, own = read_guarded(filing, limits, READING), read_file(filing, limits, READING)
    assert [page.text for page in guarded.pages] == [page.text for page in own.pages]
    assert guarded.id == own.id


def test_a_refusal_comes_through_in_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "空.pdf"
    path.write_bytes(b"")
    with pytest.raises(FilingError, match="空"):
        read_guarded(path, LimitSettings(), READING)


def _child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(guard, "_command", lambda: [sys.executable, "-c", code])


def test_a_parser_that_aborts_ends_in_words(filing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "import os; os.abort()")
    with pytest.raises(FilingError, match="异常退出"):
        read_guarded(filing, LimitSettings(), READING)


def test_a_parser_that_hangs_is_stopped(filing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(FilingError, match="read_seconds"):
        read_guarded(filing, LimitSettings(read_seconds=1), READING)


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits of a process are those of Linux")
def test_a_parser_that_eats_memory_is_stopped(filing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eater = "import rag.reading.child as c\nc.read_file = lambda *a: bytearray(400 * 2**20)\nc.main()"
    _child(monkeypatch, eater)
    with pytest.raises(FilingError, match="read_memory_mb"):
        read_guarded(filing, LimitSettings(read_memory_mb=256), READING)
