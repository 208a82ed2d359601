from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import StoreError, UserError
from rag.ingest import pipeline
from rag.ingest.pipeline import Ingested, Ingestion, embedded_text, find_files, made_by
from rag.reading.read import read_file
from rag.settings import Settings
from rag.store.index import FilingIndex
from rag.structure.correction import Correction
from tests.fakes import DIMENSION, a_parsed_filing, some_vectors

REPORT = """公司代码：688999 公司简称：青珩科技
青珩科技股份有限公司
2024 年半年度报告
第二节 主要财务指标
一、主要会计数据
单位：元 币种：人民币
项目 本期发生额 上期发生额
营业收入 412,345,678.90 400,000,000.00
净利润 61,234,567.80 80,100,200.30
"""


@dataclass
class FakeEmbedder:
    """Random vectors; keeps what it was asked to embed."""

    name: str = "tiny"
    dimension: int = DIMENSION
    seen: list[str] = field(default_factory=list)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        return some_vectors(len(texts))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return some_vectors(len(texts))


@pytest.fixture(autouse=True)
def _unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_guarded", read_file)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[FilingIndex]:
    with FilingIndex.open(
        tmp_path / "index", embedder_name="tiny", dimension=DIMENSION, create=True
    ) as opened:
        yield opened


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def ingest(index: FilingIndex, *files: Path, force: bool = False) -> list[Ingested]:
    return list(Ingestion(index, FakeEmbedder(), Settings()).run(files, force=force))


def test_a_file_becomes_a_filing(index: FilingIndex, report: Path) -> None:
    (done,) = ingest(index, report)
    assert (done.outcome, done.company, done.period) == ("added", "青珩科技", "2024H1")
    assert [filing.id for filing in index.filings()] == [done.filing_id]
    assert done.facts == len(index.facts([done.filing_id])) == 4


def test_the_same_bytes_again_are_skipped(index: FilingIndex, report: Path) -> None:
    ingest(index, report)
    assert [done.outcome for done in ingest(index, report)] == ["skipped"]


def test_the_same_bytes_under_another_name_are_one_filing(
    index: FilingIndex, report: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(report.read_bytes())
    assert [done.outcome for done in ingest(index, report, copy)] == ["added", "skipped"]


def test_force_makes_a_filing_anew(index: FilingIndex, report: Path) -> None:
    ingest(index, report)
    assert [done.outcome for done in ingest(index, report, force=True)] == ["replaced"]
    assert len(index.filings()) == 1


def test_a_correction_is_stored_and_kept_when_the_file_is_read_again(
    index: FilingIndex, report: Path
) -> None:
    ingest(index, report)
    fixed = Ingestion(index, FakeEmbedder(), Settings(), Correction(period="2023H1")).run([report])
    assert [(done.outcome, done.period) for done in fixed] == [("replaced", "2023H1")]
    assert [done.period for done in ingest(index, report, force=True)] == ["2023H1"]
    assert [filing.evidence["period"] for filing in index.filings()] == ["由用户指定"]


def test_a_file_that_fails_leaves_the_others(index: FilingIndex, report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    failed, added = ingest(index, empty, report)
    assert (failed.outcome, added.outcome) == ("failed", "added")
    assert "空" in failed.message


def test_a_text_without_words_is_refused_in_words(index: FilingIndex, tmp_path: Path) -> None:
    blank = tmp_path / "contents.txt"
    blank.write_text("第一节 释义 ............ 5\n第二节 简介 ............ 6\n", encoding="utf-8")
    (done,) = ingest(index, blank)
    assert done.outcome == "failed"
    assert "没有可用的文字" in done.message
    assert index.filings() == ()


def test_a_file_that_changes_while_it_is_read_is_refused(
    index: FilingIndex, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pipeline.read_bytes
    monkeypatch.setattr(pipeline, "read_bytes", lambda path, limits: before(path, limits) + b" ")
    (done,) = ingest(index, report)
    assert (done.outcome, "改动" in done.message) == ("failed", True)


def test_progress_is_told_for_each_file(
    index: FilingIndex, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, limits: object, reading: object, told: object) -> object:
        told(1, 2)  # type: ignore[operator]
        return read_file(path, limits, reading)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_guarded", read)
    heard: list[tuple[str, int, int]] = []
    run = Ingestion(index, FakeEmbedder(), Settings()).run(
        [report], progress=lambda *told: heard.append(told)
    )
    assert [done.outcome for done in run] == ["added"]
    assert heard == [("report.txt", 1, 2)]


def test_a_second_writer_is_refused(index: FilingIndex, report: Path) -> None:
    with index.writing("other"), pytest.raises(StoreError):
        ingest(index, report)


def test_passages_are_embedded_with_their_headings(index: FilingIndex, report: Path) -> None:
    embedder = FakeEmbedder()
    list(Ingestion(index, embedder, Settings()).run([report]))
    assert any(text.startswith("第二节主要财务指标 一、主要会计数据\n") for text in embedder.seen)


def test_embedded_text_holds_the_last_headings_context_and_text() -> None:
    passage = a_parsed_filing().passages[1]
    assert embedded_text(passage) == f"第二节 主要财务指标\n{passage.context}\n{passage.text}"


def test_the_version_of_a_filing_tells_how_passages_are_cut() -> None:
    settings = Settings()
    other = settings.passages.model_copy(update={"max_chars": 321})
    assert made_by(settings) != made_by(settings.model_copy(update={"passages": other}))


def test_files_of_known_kinds_are_found_in_a_folder(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", "notes.xlsx", "sub/c.HTML", ".hidden/d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in find_files([tmp_path])] == ["a.txt", "b.pdf", "c.HTML"]


def test_a_file_named_twice_is_found_once(report: Path) -> None:
    assert find_files([report, report.parent, report]) == [report]


def test_a_missing_path_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        find_files([tmp_path / "nowhere.pdf"])


def test_a_folder_without_filings_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有公告文件"):
        find_files([tmp_path])
