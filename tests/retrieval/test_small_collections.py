"""Corpus-wide search of a small collection."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.question import Query
from rag.retrieval.search import Retriever
from rag.settings import RetrievalSettings


@dataclass
class _Index:
    """Stands in for the index: notes the scope that vectors are asked for."""

    passage_count: int
    scopes: list[object] = field(default_factory=list)

    def filings(self) -> tuple[object, ...]:
        return (type("F", (), {"id": "a"})(),)

    def search_terms(self, tokens: object, k: int, filing_ids: object = None) -> list[tuple[str, float]]:
        return []

    def search_vectors(self, vector: object, k: int, filing_ids: object = None) -> list[tuple[str, float]]:
        self.scopes.append(filing_ids)
        return []

    def passages(self, ids: object) -> dict[str, object]:
        return {}


class _Embedder:
    def embed_queries(self, texts: object) -> NDArray[np.float32]:
        return np.zeros((1, 2), np.float32)


def _searched(passages: int) -> list[object]:
    index = _Index(passages)
    retriever = Retriever(index, _Embedder(), RetrievalSettings(exact_below=100))  # type: ignore[arg-type]
    retriever.search(Query("问", "问", "text", filing_ids=("a",)))
    return index.scopes


def test_below_the_limit_every_vector_is_compared() -> None:
    assert _searched(99) == [("a",)]


def test_from_the_limit_on_the_graph_of_the_whole_corpus_is_asked() -> None:
    assert _searched(100) == [None]
