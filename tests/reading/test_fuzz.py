"""Damaged files are read or refused in words: they crash nothing, hang nothing and leave nothing half stored."""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import FilingError
from rag.ingest.pipeline import Ingestion
from rag.reading.guard import read_guarded
from rag.settings import LimitSettings, ReadingSettings, Settings
from rag.store.index import FilingIndex
from tests.fakes import DIMENSION, some_vectors
from tests.reading.makers import report, ruled, written
from tests.reading.mutations import mutated

ROOT = Path(__file__).parents[2]
Files = Sequence[tuple[str, bytes]]
HTML = (
    "<html><head><meta charset=utf-8><title>半年度报告</title><script>x=1</script></head><body><h1>一、概况</h1>"
    "<table><tr><td rowspan=2>项目</td><td colspan=2>金额</td></tr><tr><td>1,234.56</td><td>-</td></tr></table>"
    "<p>收入增长&nbsp;2%。</p></body></html>"
)


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("第一节 概况", 1)
    document.add_paragraph("营业收入", style="List Number")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    document.add_page_break()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _seeds() -> list[tuple[str, bytes]]:
    plain, locked, marked = report(3), written(report(2), password=""), written(report(2), bookmark="第一节")
    pdfs = [plain, ruled(), locked, marked, written(plain, attachment="附件.txt")]
    word, page = _word(), HTML.encode()
    return [one for data in pdfs for one in (("pdf", data), ("docx", word), ("html", page))]


def _outcomes(files: Files) -> Iterator[tuple[str, str]]:
    """What became of each file; a file that ended the child is `died`, and the next child goes on behind it."""
    left = list(files)
    while left:
        child = subprocess.run(
            [sys.executable, "-m", "tests.reading.many"],
            input=pickle.dumps(left), capture_output=True, cwd=ROOT, timeout=600, check=False,
        )  # fmt: skip
        lines = child.stdout.decode().splitlines()
        assert lines or child.returncode < 0, child.stderr.decode()[-500:]
        for line in lines:
            name, _, outcome = line.partition("\t")
            yield name, outcome
        if len(lines) < len(left):
            yield left[len(lines)][0], f"died {child.returncode}"
        left = left[len(lines) + 1 :]


def _check(outcomes: Sequence[tuple[str, str]], count: int) -> None:
    assert len(outcomes) == count
    strange = [
        one for one in outcomes if not re.fullmatch(r"read|MemoryError|died .*|.*[\u4e00-\u9fff].*。", one[1])
    ]
    assert strange == []
    late = [one for one in outcomes if one[1] == "died -14"]
    assert late == []
    assert (
        sum(outcome == "read" for _, outcome in outcomes) > 0.1 * count
    )  # the damage must leave something to read


def test_five_hundred_damaged_files_are_read_or_refused_in_words() -> None:
    _check(list(_outcomes(list(mutated(_seeds(), 500)))), 500)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_thousand_damaged_files_are_read_or_refused_in_words() -> None:
    _check(list(_outcomes(list(mutated(_seeds(), 2000, seed=1)))), 2000)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_damaged_files_never_end_or_hold_up_the_program(tmp_path: Path) -> None:
    limits = LimitSettings(read_seconds=20, read_memory_mb=1024)
    for name, data in mutated(_seeds(), 120, seed=2):
        path = tmp_path / name
        path.write_bytes(data)
        assert re.fullmatch("read|.*。", _guarded(path, limits))


def _guarded(path: Path, limits: LimitSettings) -> str:
    try:
        return "read" if read_guarded(path, limits, ReadingSettings(ocr="off")).pages else ""
    except FilingError as error:
        return str(error)


class _Embedder:
    name, dimension = "tiny", DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return some_vectors(len(texts))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return some_vectors(len(texts))


def test_what_is_stored_of_damaged_files_is_whole(tmp_path: Path) -> None:
    files = []
    for name, data in mutated(_seeds(), 3, seed=3):
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    with FilingIndex.open(
        tmp_path / "index", embedder_name="tiny", dimension=DIMENSION, create=True
    ) as index:
        told = list(Ingestion(index, _Embedder(), Settings()).run(files))
        stored = index.filings()
        assert {one.filing_id for one in told if one.outcome == "added"} == {filing.id for filing in stored}
        assert all(one.message.endswith("。") for one in told if one.outcome == "failed")
        assert index.verify() == []
