"""Searching the index as it is at the moment of asking."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store.catalogue import Catalogue, State
from rag.store.exact import nearest
from rag.store.places import Places
from rag.store.terms import Terms
from rag.store.vectors import Vectors

Found = TypeVar("Found")
Embedding = tuple[str, int]  # a model's name and its dimension


class Search:
    """Terms and vectors of the present build, opened when first asked and anew whenever the index moved."""

    def __init__(self, places: Places, catalogue: Catalogue, wanted: Embedding, chroma_url: str) -> None:
        self._places = places
        self._catalogue = catalogue
        self._wanted = wanted
        self._chroma_url = chroma_url
        self._turn = threading.RLock()
        self._seen = catalogue.state()
        self._terms: Terms | None = None
        self._vectors = self.vectors_of(self._seen.build)

    def terms(
        self, tokens: Sequence[str], k: int, filing_ids: Iterable[str] | None
    ) -> list[tuple[str, float]]:
        """Passage ids by BM25 score, best first."""
        within = None if filing_ids is None else list(filing_ids)

        def search() -> list[tuple[int, float]]:
            editions = None if within is None else self._catalogue.editions(within)
            return self.open_terms().search(
                tokens, k, editions=editions, hidden=self._catalogue.hidden_editions()
            )

        return self._visible(self._with_news(search), k)

    def vectors(
        self, vector: NDArray[np.floating], k: int, filing_ids: Iterable[str] | None
    ) -> list[tuple[str, float]]:
        """Passage ids by cosine similarity, nearest first."""
        within = None if filing_ids is None else list(filing_ids)

        def search() -> list[tuple[int, float]]:
            if within is not None:
                return nearest(vector, *self._catalogue.vectors(self._catalogue.editions(within)), k)
            if not self._catalogue.has_passages():
                return []
            return self._vectors.search(vector, k + self._catalogue.hidden_passages())

        return self._visible(self._with_news(search), k)

    def see(self) -> State:
        """The present state; terms and vectors are opened anew when it has moved.

        Raises StoreError when the index has been rebuilt with another model meanwhile.
        """
        with self._turn:
            state = self._catalogue.state()
            if state != self._seen:
                self.check_embedder(state)
                self._vectors.close()
                if state.build != self._seen.build:
                    self._terms, self._vectors = None, self.vectors_of(state.build)
                elif self._terms is not None:
                    self._terms.reload()
                self._seen = state
            return state

    def open_terms(self) -> Terms:
        """The terms of the build that was seen last."""
        with self._turn:
            if self._terms is None:
                self._terms = Terms(self._places.terms(self._seen.build))
            return self._terms

    def fresh_vectors(self) -> Vectors:
        """The vectors of the build that was seen last, in the state the disk has now."""
        self._vectors.close()
        return self._vectors

    def vectors_of(self, build: int) -> Vectors:
        """The vectors of any build, not opened yet."""
        name = f"xunju-{self._seen.index_id}-{build}"
        return Vectors.shared(self._places.vectors(build), self._chroma_url, name)

    def check_embedder(self, state: State) -> None:
        """Raises StoreError when the index holds vectors of another model."""
        if (state.embedder, state.dimension) != self._wanted:
            raise StoreError(
                f"索引 {self._places.folder} 由嵌入模型 {state.embedder}（{state.dimension} 维）建立，"
                f"现在设置的是 {self._wanted[0]}（{self._wanted[1]} 维）。"
                "请运行 xunju filings rebuild 重新计算向量，或改回 [embedding] model。"
            )

    def close(self) -> None:
        self._vectors.close()

    def _with_news(self, search: Callable[[], Found]) -> Found:
        """Search the index as it is now; once more if a rebuild took the folders away meanwhile."""
        seen = self.see()
        try:
            return search()
        except StoreError:
            if self.see() == seen:
                raise
            return search()

    def _visible(self, hits: list[tuple[int, float]], k: int) -> list[tuple[str, float]]:
        ids = self._catalogue.ids_of_keys(key for key, _ in hits)
        return [(ids[key], score) for key, score in hits if key in ids][:k]
