"""What is usually done: LangChain's splitter, then BM25 or vectors over its pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jieba
import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from benchmarks.retrieval.asked import Case
from rag import Assistant
from rag.models.embedding import Embedder

Cut = Callable[[str], list[str]]
Ranking = list[tuple[str, str]]
_LATIN = re.compile(r"[a-z0-9.]+")


def by_space(text: str) -> list[str]:
    """LangChain's BM25 default: words between white space."""
    return text.split()


def by_jieba(text: str) -> list[str]:
    """Jieba's words in lower case, without white space."""
    return [word for word in jieba.lcut(text.lower()) if word.strip()]


def by_bigrams(text: str) -> list[str]:
    """Character bigrams; Latin words and numbers whole."""
    plain = re.sub(r"\s+", "", text.lower())
    return [plain[i : i + 2] for i in range(len(plain) - 1)] + _LATIN.findall(plain)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of the filings loaded, cut to one size: file names, ids and texts, in the same order."""

    files: tuple[str, ...]
    filing_ids: tuple[str, ...]
    texts: tuple[str, ...]

    def among(self, case: Case) -> list[int]:
        """The pieces of the filing that a question is limited to; all where it names none."""
        return [i for i, file in enumerate(self.files) if case.filters.filing in ("", file)]


def pieces(assistant: Assistant, size: int, overlap: int) -> Pieces:
    """Every filing's pages as one text, split by LangChain's recursive splitter with its own separators."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap)
    found = [
        (filing.file_name, filing.id, piece)
        for filing in assistant.filings()
        for piece in splitter.split_text(
            "\n".join(assistant.page(filing.id, n).text for n in range(1, filing.page_count + 1))
        )
    ]
    files, ids, texts = zip(*found, strict=True)
    return Pieces(files, ids, texts)


def by_bm25(given: Pieces, cases: Sequence[Case], cut: Cut) -> list[Ranking]:
    """For each question the pieces by BM25, best first, as pairs of file name and text."""
    tokens = [cut(text) for text in given.texts]
    engines: dict[tuple[int, ...], BM25Okapi] = {}
    found = []
    for case in cases:
        among = tuple(given.among(case))
        if among not in engines:
            engines[among] = BM25Okapi([tokens[i] or [""] for i in among])
        scores = engines[among].get_scores(cut(case.words))
        found.append(_ranked(given, among, np.asarray(scores)))
    return found


def by_vectors(given: Pieces, cases: Sequence[Case], embedder: Embedder) -> list[Ranking]:
    """For each question the pieces by cosine similarity, nearest first."""
    vectors = embedder.embed_passages(given.texts)
    asked = embedder.embed_queries([case.words for case in cases])
    found = []
    for case, vector in zip(cases, asked, strict=True):
        among = tuple(given.among(case))
        found.append(_ranked(given, among, vectors[list(among)] @ vector))
    return found


def _ranked(given: Pieces, among: Sequence[int], scores: NDArray[np.floating]) -> Ranking:
    order = np.argsort(-scores, kind="stable")[:20]
    return [(given.files[among[i]], given.texts[among[i]]) for i in order]
