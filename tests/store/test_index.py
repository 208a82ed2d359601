from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.errors import StoreError, UserError
from rag.store.database import FILE
from rag.store.index import FilingIndex
from rag.store.tokens import tokenize
from tests.fakes import DIMENSION, a_parsed_filing, original_bytes, some_vectors
from tests.store.conftest import ONE, TWO, Opener, ingest


def test_everything_of_a_filing_comes_back(filled: FilingIndex) -> None:
    identity = ONE.filing.id
    assert filled.filings() == (ONE.filing, TWO.filing)
    assert filled.filing(identity) == ONE.filing
    assert filled.outline(identity) == ONE.outline
    assert filled.passages_of(identity) == ONE.passages
    assert filled.facts([identity]) == ONE.facts
    assert filled.original(identity) == original_bytes("甲公司")
    assert [page.text for page in filled.pages(identity)] == [page.text for page in ONE.pages]
    assert filled.made_by(identity) == "1"


def test_pages_come_without_boxes_unless_asked(filled: FilingIndex) -> None:
    page = filled.page(ONE.filing.id, 1)
    assert filled.pages(ONE.filing.id)[0].boxes is None
    assert page is not None
    assert page.boxes is not None
    assert page.boxes.shape == (len(page.text), 4)


def test_passages_are_found_by_id_and_unknown_ids_left_out(filled: FilingIndex) -> None:
    passage = TWO.passages[3]
    assert filled.passages([passage.id, "nowhere"]) == {passage.id: passage}


def test_facts_are_found_by_line_item_or_label(filled: FilingIndex) -> None:
    both = [ONE.filing.id, TWO.filing.id]
    assert filled.facts(both, line_items=["revenue"]) == (*ONE.facts, *TWO.facts)
    assert filled.facts(both, labels=["营业收入"]) == (*ONE.facts, *TWO.facts)
    assert filled.facts(both, line_items=["profit"], labels=["净利润"]) == ()
    assert filled.facts(both, line_items=[]) == ()


def test_terms_find_the_passage_that_says_the_words(filled: FilingIndex) -> None:
    assert filled.search_terms(tokenize("研发人员"), 3)[0][0] == TWO.passages[3].id


def test_terms_find_only_among_the_filings_given(filled: FilingIndex) -> None:
    assert [found for found, _ in filled.search_terms(tokenize("存货周转"), 5, [TWO.filing.id])] == [
        TWO.passages[2].id
    ]


def test_vectors_find_the_nearest_passage_of_the_corpus(filled: FilingIndex) -> None:
    (best, similarity), *_ = filled.search_vectors(some_vectors(4)[3], 2)
    assert (best, round(similarity, 2)) == (TWO.passages[3].id, 1.0)


def test_vectors_find_only_among_the_filings_given(filled: FilingIndex) -> None:
    found = filled.search_vectors(some_vectors(4)[3], 9, [ONE.filing.id])
    assert {identity for identity, _ in found} == {passage.id for passage in ONE.passages}
    assert found == sorted(found, key=lambda hit: -hit[1])


def test_no_filings_given_means_no_hits(filled: FilingIndex) -> None:
    assert filled.search_terms(tokenize("存货"), 5, []) == []
    assert filled.search_vectors(some_vectors(1)[0], 5, []) == []
    assert filled.search_vectors(some_vectors(1)[0], 5, ["unknown"]) == []


def test_an_empty_index_finds_nothing(index: FilingIndex) -> None:
    assert index.search_terms(["存货"], 5) == []
    assert index.search_vectors(some_vectors(1)[0], 5) == []
    assert index.verify() == []


def test_the_same_filing_again_changes_nothing(filled: FilingIndex) -> None:
    before = filled.generation
    with filled.writing() as writer:
        assert not writer.add(ONE, original_bytes("甲公司"), some_vectors(3))
    assert filled.generation == before


def test_a_replaced_filing_answers_with_its_new_text_only(filled: FilingIndex) -> None:
    new = a_parsed_filing("甲公司", ["毛利率上升"])
    with filled.writing("2") as writer:
        writer.replace(new, original_bytes("甲公司"), some_vectors(3, seed=1))
    assert filled.passages_of(ONE.filing.id) == new.passages
    assert filled.search_terms(tokenize("加快"), 5) == []
    assert filled.search_terms(tokenize("毛利率"), 5)[0][0] == new.passages[2].id
    assert filled.made_by(ONE.filing.id) == "2"
    assert filled.verify() == []


def test_a_removed_filing_is_gone_everywhere(filled: FilingIndex, folder: Path) -> None:
    with filled.writing() as writer:
        writer.remove(TWO.filing.id)
    assert filled.filings() == (ONE.filing,)
    assert filled.search_terms(tokenize("研发人员"), 5) == []
    assert {found for found, _ in filled.search_vectors(some_vectors(1)[0], 9)} == {
        p.id for p in ONE.passages
    }
    assert filled.verify() == []
    assert [path.stem for path in (folder / "originals").rglob("*.pdf")] == [ONE.filing.id]


def test_removing_an_unknown_filing_says_so(filled: FilingIndex) -> None:
    with filled.writing() as writer, pytest.raises(UserError, match="xunju filings list"):
        writer.remove("unknown")


def test_a_filing_without_passages_is_kept(index: FilingIndex) -> None:
    bare = a_parsed_filing()
    bare = type(bare)(bare.filing, bare.pages, (), (), ())
    ingest(index, bare)
    assert index.filings() == (bare.filing,)
    assert index.search_vectors(some_vectors(1)[0], 5) == []
    assert index.verify() == []


def test_the_generation_moves_with_each_visible_change(index: FilingIndex) -> None:
    seen = [index.generation]
    ingest(index, ONE)
    seen.append(index.generation)
    with index.writing() as writer:
        writer.remove(ONE.filing.id)
    seen.append(index.generation)
    assert len(set(seen)) == 3


def test_another_reader_sees_what_was_added_after_it_opened(open_index: Opener) -> None:
    writing, reading = open_index(), open_index(create=False)
    ingest(writing, ONE)
    assert reading.search_terms(tokenize("存货"), 5)
    assert reading.search_vectors(some_vectors(3)[2], 5)
    ingest(writing, TWO)
    assert reading.search_terms(tokenize("研发人员"), 5)
    assert reading.search_vectors(some_vectors(4)[3], 1)[0][0] == TWO.passages[3].id


def test_vectors_of_the_wrong_shape_are_refused(index: FilingIndex) -> None:
    with index.writing() as writer, pytest.raises(StoreError, match="形状"):
        writer.add(ONE, b"", some_vectors(3, dimension=4))


def test_a_zero_vector_is_similar_to_nothing(index: FilingIndex) -> None:
    vectors = some_vectors(3)
    vectors[1] = 0
    with index.writing() as writer:
        writer.add(ONE, original_bytes("甲公司"), vectors)
    scoped = dict(index.search_vectors(vectors[0], 3, [ONE.filing.id]))
    assert scoped[ONE.passages[1].id] == 0
    assert index.search_vectors(np.zeros(DIMENSION), 3, [ONE.filing.id])[0][1] == 0


def test_a_missing_index_names_the_command_that_makes_one(open_index: Opener) -> None:
    with pytest.raises(StoreError, match="xunju ingest"):
        open_index(create=False)


def test_an_index_of_another_model_names_rebuild(filled: FilingIndex, open_index: Opener) -> None:
    with pytest.raises(StoreError, match=r"tiny.*xunju filings rebuild"):
        open_index(embedder_name="huge", dimension=16)


def test_an_index_of_a_newer_version_is_refused(
    filled: FilingIndex, folder: Path, open_index: Opener
) -> None:
    _sqlite(folder, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="较新"):
        open_index()


def test_a_damaged_catalogue_is_refused(index: FilingIndex, folder: Path, open_index: Opener) -> None:
    index.close()
    (folder / FILE).write_bytes(b"no database " * 1000)
    with pytest.raises(StoreError, match="已损坏"):
        open_index()


def test_a_creation_that_was_cut_off_is_completed(folder: Path, open_index: Opener) -> None:
    folder.mkdir()
    _sqlite(folder, "PRAGMA journal_mode = WAL")
    with pytest.raises(StoreError, match="还不存在"):
        open_index(create=False)
    assert open_index().filings() == ()


def test_a_foreign_database_is_refused(folder: Path, open_index: Opener) -> None:
    folder.mkdir()
    _sqlite(folder, "CREATE TABLE theirs (x)")
    _sqlite(folder, "PRAGMA user_version = 3")
    with pytest.raises(StoreError, match="不是循据的索引"):
        open_index()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="建不起来"):
        FilingIndex.open(tmp_path / "file" / "index", embedder_name="tiny", dimension=2, create=True)


def test_reading_terms_does_not_import_chroma(filled: FilingIndex, folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rag.store.index import FilingIndex\n"
        f"index = FilingIndex.open(Path({str(folder)!r}), embedder_name='tiny', dimension={DIMENSION})\n"
        "assert index.search_terms(['存货'], 3)\n"
        f"assert index.search_vectors([1.0] * {DIMENSION}, 3, [index.filings()[0].id])\n"
        "assert 'chromadb' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _sqlite(folder: Path, statement: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute(statement)
        connection.commit()
