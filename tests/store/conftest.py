"""An empty index, a filled one, and what tests put into them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.filings.filing import ParsedFiling
from rag.store.index import FilingIndex
from tests.fakes import DIMENSION, a_parsed_filing, original_bytes, some_vectors

Opener = Callable[..., FilingIndex]

ONE = a_parsed_filing("甲公司", ["存货周转加快"])
TWO = a_parsed_filing("乙公司", ["存货周转放慢", "研发人员增加"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def open_index(folder: Path) -> Iterator[Opener]:
    opened: list[FilingIndex] = []

    def opener(**changed: object) -> FilingIndex:
        wanted = {"embedder_name": "tiny", "dimension": DIMENSION, "create": True} | changed
        index = FilingIndex.open(folder, **wanted)  # type: ignore[arg-type]
        opened.append(index)
        return index

    yield opener
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: Opener) -> FilingIndex:
    return open_index()


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two filings, made once."""
    made = tmp_path_factory.mktemp("filled") / "index"
    with FilingIndex.open(made, embedder_name="tiny", dimension=DIMENSION, create=True) as index:
        ingest(index, ONE, TWO)
    return made


@pytest.fixture
def filled(filled_folder: Path, folder: Path, open_index: Opener) -> FilingIndex:
    """A copy of it, to be changed at will."""
    shutil.copytree(filled_folder, folder)
    return open_index(create=False)


def ingest(index: FilingIndex, *parsed: ParsedFiling, made_by: str = "1") -> None:
    with index.writing(made_by) as writer:
        for one in parsed:
            writer.add(one, original_bytes(one.filing.issuer.short_name), some_vectors(len(one.passages)))
