from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.store.index import FilingIndex
from rag.store.tokens import tokenize
from tests.fakes import a_parsed_filing, original_bytes, some_vectors
from tests.store.conftest import ONE, TWO, Opener, ingest

NEW = a_parsed_filing("丙公司", ["海外渠道扩张"])


def test_readers_see_old_or_new_while_another_writes(filled: FilingIndex, open_index: Opener) -> None:
    reader, done = open_index(create=False), threading.Event()

    def read() -> set[int]:
        counts = set()
        while not done.is_set():
            shown = {filing.id: len(reader.passages_of(filing.id)) for filing in reader.filings()}
            counts.add(shown.get(NEW.filing.id, 0))
            assert shown[ONE.filing.id] == len(ONE.passages)
            assert shown[TWO.filing.id] == len(TWO.passages)
            assert len(reader.search_terms(tokenize("营业收入存货研发海外"), 99)) in {7, 10}
            assert len(reader.search_vectors(some_vectors(1)[0], 99)) in {7, 10}
        return counts

    with ThreadPoolExecutor(2) as pool:
        readings = [pool.submit(read) for _ in range(2)]
        try:
            for _ in range(2):
                ingest(filled, NEW)
                with filled.writing() as writer:
                    writer.remove(NEW.filing.id)
        finally:
            done.set()
        assert all(reading.result() <= {0, 3} for reading in readings)


WRITER = """
import sys
from pathlib import Path
from rag.store.index import FilingIndex
from tests.fakes import *
new = a_parsed_filing("丙公司", ["海外渠道扩张"])
with FilingIndex.open(Path(sys.argv[1]), embedder_name="tiny", dimension=DIMENSION) as index:
    for _ in range(15):
        with index.writing() as writer:
            writer.add(new, original_bytes("丙公司"), some_vectors(3))
        with index.writing() as writer:
            writer.remove(new.filing.id)
    index.rebuild()
"""


@pytest.mark.slow
def test_readers_see_old_or_new_while_another_process_writes(filled: FilingIndex, folder: Path) -> None:
    searches = 0
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)]) as child:
        while child.poll() is None:
            assert len(filled.search_terms(tokenize("营业收入存货研发海外"), 99)) in {7, 10}
            assert len(filled.search_vectors(some_vectors(1)[0], 99)) in {7, 10}
            searches += 1
    assert child.returncode == 0
    assert searches > 100
    assert filled.verify() == []


def test_one_index_serves_searches_while_it_is_written_to(filled: FilingIndex) -> None:
    with filled.writing() as writer:
        writer.add(NEW, original_bytes("丙公司"), some_vectors(3))
        assert filled.search_terms(tokenize("海外渠道"), 3)
        assert len(filled.search_vectors(some_vectors(1)[0], 99)) == 10
        writer.remove(NEW.filing.id)
        assert filled.search_terms(tokenize("海外渠道"), 3) == []
        assert len(filled.search_vectors(some_vectors(1)[0], 99)) == 7


def test_a_second_writer_is_refused_and_changes_nothing(filled: FilingIndex, open_index: Opener) -> None:
    other = open_index(create=False)
    with filled.writing(), pytest.raises(StoreError, match="正由进程"):
        ingest(other, NEW)
    assert len(filled.filings()) == 2
