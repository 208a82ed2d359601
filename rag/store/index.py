"""The index of filings: one door to catalogue, originals, terms and vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError, UserError
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.filings.passage import Fact, Heading, Passage
from rag.store import editions, schema
from rag.store.catalogue import Catalogue, is_blank
from rag.store.database import FILE
from rag.store.inspection import inspect
from rag.store.lock import sole_writer
from rag.store.originals import Originals
from rag.store.places import Places
from rag.store.rebuilding import Embed, rebuild
from rag.store.search import Search
from rag.store.terms import Terms
from rag.store.writer import IndexWriter


class FilingIndex:
    """Any number of processes and threads read; one at a time writes.

    A reader looks before each search whether the index has changed, and then opens terms and vectors
    anew.  Nothing of a filing is seen before all of it is there.
    """

    def __init__(self, folder: Path, embedder_name: str, dimension: int, chroma_url: str) -> None:
        """Use `open`."""
        self._places = Places(folder)
        self._catalogue = Catalogue(folder)
        self._originals = Originals(folder)
        self._wanted = (embedder_name, dimension)
        self._search = Search(self._places, self._catalogue, self._wanted, chroma_url)

    @classmethod
    def open(
        cls, path: Path, *, embedder_name: str, dimension: int, chroma_url: str = "", create: bool = False
    ) -> Self:
        """The index in a folder; with `create` an empty one is made where there is none.

        Raises StoreError when there is none, when it was made with another embedding model or another
        schema version, or when it is damaged or cannot be accessed.
        """
        if create:
            _create(path, embedder_name, dimension)
        index = cls(path, embedder_name, dimension, chroma_url)
        try:
            index._search.check_embedder(index._catalogue.state())
        except StoreError:
            index.close()
            raise
        return index

    @classmethod
    def open_to_rebuild(cls, path: Path, *, embedder_name: str, dimension: int, chroma_url: str = "") -> Self:
        """The index whatever model it was made with; search it only after `rebuild`."""
        return cls(path, embedder_name, dimension, chroma_url)

    def close(self) -> None:
        self._search.close()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """What the index is made with and how often it changed, as `1f0c9a3b-17`."""
        state = self._catalogue.state()
        made = [str(schema.VERSION), state.embedder, str(state.dimension), *self._catalogue.makers()]
        return f"{hashlib.sha256('|'.join(made).encode()).hexdigest()[:8]}-{state.changes}"

    @property
    def needs_embedding(self) -> bool:
        """Whether the stored vectors are of another model than the one asked for."""
        state = self._catalogue.state()
        return (state.embedder, state.dimension) != self._wanted

    def filings(self) -> tuple[Filing, ...]:
        """All filings, in the order of their coming."""
        return self._catalogue.filings()

    def filing(self, filing_id: str) -> Filing | None:
        return self._catalogue.filing(filing_id)

    def made_by(self, filing_id: str) -> str | None:
        """The versions a filing was read with, as given to `writing`; None when it is not here."""
        return self._catalogue.made_by(filing_id)

    def outline(self, filing_id: str) -> tuple[Heading, ...]:
        return self._catalogue.outline(filing_id)

    def pages(self, filing_id: str, *, boxes: bool = False) -> tuple[Page, ...]:
        """The pages in order; without `boxes` the characters' rectangles are not read."""
        return self._catalogue.pages(filing_id, boxes=boxes)

    def page(self, filing_id: str, position: int, *, boxes: bool = True) -> Page | None:
        """The page at a position, counted from 1."""
        return self._catalogue.page(filing_id, position, boxes=boxes)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages that are there, by id."""
        return self._catalogue.passages(ids)

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]:
        """All passages of a filing, in reading order."""
        return self._catalogue.passages_of(filing_id)

    def facts(
        self,
        filing_ids: Iterable[str],
        line_items: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
    ) -> tuple[Fact, ...]:
        """Facts of these filings whose line item or printed label is among those given; all when none is given."""
        return self._catalogue.facts(filing_ids, line_items, labels)

    def original(self, filing_id: str) -> bytes:
        """The bytes as they came; raises UserError for an unknown filing, StoreError when they are gone."""
        return self._originals.read(self._original_place(filing_id))

    def original_path(self, filing_id: str) -> Path:
        """The file that holds these bytes, only to be read; UserError for an unknown filing."""
        return self._originals.path(self._original_place(filing_id))

    def search_terms(
        self, tokens: Sequence[str], k: int, filing_ids: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """Up to `k` passage ids with their BM25 score (above 0, higher is better), best first.

        `tokens` come from `rag.store.tokens.tokenize`.  No filing ids mean no hits, None means all filings.
        """
        return self._search.terms(tokens, k, filing_ids)

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return self._catalogue.passage_count()

    def search_vectors(
        self, vector: NDArray[np.floating], k: int, filing_ids: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """Up to `k` passage ids with their cosine similarity (-1 to 1, higher is nearer), nearest first.

        Among given filings every vector is compared; over all filings Chroma's graph is asked, which
        may miss a near one.  No filing ids mean no hits, None means all filings.
        """
        return self._search.vectors(vector, k, filing_ids)

    @contextmanager
    def writing(self, made_by: str = "") -> Iterator[IndexWriter]:
        """A writer under the lock; `made_by` names the versions that read the filings.

        First what an earlier writer left half done is undone or finished.  Raises StoreError when another
        process writes.
        """
        with sole_writer(self._places.folder), closing(self._writer(made_by)) as writer:
            writer.recover()
            yield writer

    def rebuild(self, embed: Embed | None = None) -> None:
        """Make terms and vectors anew; with `embed` every passage is embedded anew as well.

        Raises StoreError when the index was made with another model and no `embed` is given.
        """
        if embed is None:
            self._search.check_embedder(self._catalogue.state())
        with sole_writer(self._places.folder):
            old = self._catalogue.state()
            build = self._places.free_build(old.build)
            target = replace(old, embedder=self._wanted[0], dimension=self._wanted[1], build=build)
            rebuild(self._places, self._catalogue, target, self._search.vectors_of(build), embed)
            self._search.vectors_of(old.build).drop()
            with closing(self._writer()) as writer:
                writer.recover()  # which sweeps the old build away

    def verify(self) -> list[str]:
        """What is wrong with the index, as Chinese sentences; nothing when all agrees."""
        self._search.see()
        return inspect(
            self._catalogue, self._originals, self._search.open_terms, self._search.fresh_vectors()
        )

    def _original_place(self, filing_id: str) -> str:
        place = self._catalogue.original(filing_id)
        if place is None:
            raise UserError(
                f"索引中没有 id 为 {filing_id} 的公告。请用 xunju filings list 查看已导入的公告。"
            )
        return place

    def _writer(self, made_by: str = "") -> IndexWriter:
        self._search.see()
        return IndexWriter(self._places, self._catalogue, self._search.fresh_vectors(), made_by)


def _create(folder: Path, embedder_name: str, dimension: int) -> None:
    if (folder / FILE).is_file() and not is_blank(folder):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"索引文件夹 {folder} 建不起来（{error.strerror}）。请检查权限，或用 --index 换一个位置。"
        ) from error
    with sole_writer(folder):
        Terms.create(Places(folder).terms(1))
        editions.create(folder, embedder_name, dimension)
