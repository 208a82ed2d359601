from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.filings.passage import Passage
from rag.store.database import FILE
from rag.store.index import FilingIndex
from rag.store.tokens import tokenize
from tests.fakes import some_vectors
from tests.store.conftest import ONE, TWO, Opener


def _embed(passages: Sequence[Passage]) -> NDArray[np.float32]:
    return some_vectors(len(passages), dimension=4, seed=len(passages))


def _works(index: FilingIndex) -> None:
    assert index.verify() == []
    assert index.search_terms(tokenize("研发人员"), 3)[0][0] == TWO.passages[3].id
    assert len(index.search_vectors(some_vectors(1, index_dimension(index))[0], 9)) == 7


def index_dimension(index: FilingIndex) -> int:
    return index._catalogue.state().dimension


@pytest.mark.parametrize("part", ["terms-1", "vectors-1"])
def test_a_lost_part_names_rebuild_and_rebuild_brings_it_back(
    filled: FilingIndex, folder: Path, open_index: Opener, part: str
) -> None:
    shutil.rmtree(folder / part)
    index = open_index(create=False)
    search = index.search_terms if part == "terms-1" else index.search_vectors
    with pytest.raises(StoreError, match="xunju filings rebuild"):
        search(tokenize("研发") if part == "terms-1" else some_vectors(1)[0], 3)  # type: ignore[operator]
    assert any("rebuild" in finding for finding in index.verify())
    index.rebuild()
    _works(index)


@pytest.mark.parametrize("file", ["terms-1/meta.json", "vectors-1/chroma.sqlite3"])
def test_a_damaged_part_is_found_and_mended(
    filled: FilingIndex, folder: Path, open_index: Opener, file: str
) -> None:
    (folder / file).write_bytes(b"garbage " * 2000)
    index = open_index(create=False)
    assert any("rebuild" in finding for finding in index.verify())
    index.rebuild()
    _works(index)


def test_damaged_vectors_leave_lexical_and_scoped_search_working(
    filled: FilingIndex, folder: Path, open_index: Opener
) -> None:
    shutil.rmtree(folder / "vectors-1")
    index = open_index(create=False)
    assert index.search_terms(tokenize("研发人员"), 3)
    assert index.search_vectors(some_vectors(1)[0], 3, [ONE.filing.id])


def test_writing_does_not_paper_over_lost_vectors(
    filled: FilingIndex, folder: Path, open_index: Opener
) -> None:
    shutil.rmtree(folder / "vectors-1")
    index = open_index(create=False)
    with pytest.raises(StoreError, match="xunju filings rebuild"), index.writing() as writer:
        writer.remove(ONE.filing.id)
    assert not (folder / "vectors-1").exists()


def test_another_model_is_taken_over_by_embedding_anew(
    filled: FilingIndex, folder: Path, open_index: Opener
) -> None:
    filled.close()
    with FilingIndex.open_to_rebuild(folder, embedder_name="huge", dimension=4) as index:
        assert index.needs_embedding
        with pytest.raises(StoreError, match="xunju filings rebuild"):
            index.rebuild()
        index.rebuild(_embed)
        _works(index)
    _works(open_index(create=False, embedder_name="huge", dimension=4))
    with pytest.raises(StoreError, match="huge"):
        open_index(create=False)


def test_the_old_vectors_serve_while_the_new_are_made(filled: FilingIndex, folder: Path) -> None:
    served: list[int] = []

    def embed(passages: Sequence[Passage]) -> NDArray[np.float32]:
        _works(filled)
        served.append(len(passages))
        return _embed(passages)

    with FilingIndex.open_to_rebuild(folder, embedder_name="huge", dimension=4) as index:
        index.rebuild(embed)
    assert served


def test_an_open_reader_is_told_that_the_model_has_changed(filled: FilingIndex, folder: Path) -> None:
    with FilingIndex.open_to_rebuild(folder, embedder_name="huge", dimension=4) as index:
        index.rebuild(_embed)
    with pytest.raises(StoreError, match="huge"):
        filled.search_terms(["研发"], 3)


def test_an_open_reader_follows_a_rebuild(filled: FilingIndex, open_index: Opener) -> None:
    reader = open_index(create=False)
    _works(reader)
    filled.rebuild()
    _works(reader)


def test_a_changed_original_is_found(filled: FilingIndex, folder: Path) -> None:
    next((folder / "originals").rglob(f"{ONE.filing.id}*")).write_bytes(b"other")
    assert [finding for finding in filled.verify() if "原始文件" in finding and ONE.filing.title in finding]


def test_a_lost_original_is_found(filled: FilingIndex, folder: Path) -> None:
    shutil.rmtree(folder / "originals")
    assert len(filled.verify()) == 2


def test_a_passage_that_its_page_does_not_print_is_found(filled: FilingIndex, folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("UPDATE passages SET text = text || '？' WHERE id = ?", [TWO.passages[3].id])
        connection.commit()
    assert any("与页面文字不符（第一个序号 3）" in finding for finding in filled.verify())
