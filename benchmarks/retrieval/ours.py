"""Our search, whole and with one part of it taken away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from types import MappingProxyType
from unittest.mock import patch

import rag.retrieval.rerank as reranking
import rag.retrieval.search as searching
import rag.store.terms as lexical
from benchmarks.retrieval.asked import Case
from benchmarks.retrieval.usual import Ranking
from rag import Assistant, Settings
from rag.retrieval.question import Asked, Query
from rag.retrieval.search import Retriever
from rag.retrieval.understand import understand
from rag.retrieval.windows import Window
from rag.store.tokens import tagged_words, tokenize

Change = Callable[[], AbstractContextManager[object]]
DEPTH = 20
_BIGRAM = re.compile(r"[\u3400-\u9fff]{2}")


def ranked(
    assistant: Assistant, cases: Sequence[Case], settings: Settings, *, routed: bool = True
) -> list[Ranking]:
    """For each question the windows found, best first, as pairs of file name and text."""
    desk = assistant._desk  # the parts are taken out from under the public door
    retriever = Retriever(desk.index, assistant._embedder, settings.retrieval)
    filings = desk.index.filings()
    found = []
    for case in cases:
        filters = case.filters if routed else type(case.filters)()
        query = understand(Asked(case.question, case.history, filters), filings)
        if not routed:
            query = without_routing(query, tuple(filing.id for filing in filings))
        windows = retriever.windows(query, DEPTH)
        found.append([(piece.filing.file_name, window.text) for piece, window in windows])
    return found


def without_routing(query: Query, filing_ids: tuple[str, ...]) -> Query:
    """The query asked of these filings, whatever issuer and period it names."""
    return replace(query, filing_ids=filing_ids, missing="")


def changes() -> Mapping[str, tuple[Mapping[str, object], Change]]:
    """What is taken away: by name, the settings changed and the code replaced while it runs."""
    table: dict[str, tuple[Mapping[str, object], Change]] = {
        "ours": ({}, nullcontext),
        "without reranking": ({}, _as_fused),
        "without neighbours": ({"window_chars": 0}, nullcontext),
        "without reranking and neighbours": ({"window_chars": 0}, _as_fused),
        "lexical only": ({"lexical_weight": 1.0, "dense_candidates": 0}, nullcontext),
        "dense only": ({"lexical_weight": 0.0}, nullcontext),
        "dense only, not reranked": ({"lexical_weight": 0.0}, _as_fused),
        "rank fusion (RRF, k = 60)": ({}, _by_rank),
        "without bigrams": ({}, lambda: _tokens(_words)),
        "without words": ({}, lambda: _tokens(_short)),
        "without the context field": ({}, lambda: _without_field("context")),
        "without synonyms": ({}, _without_synonyms),
        "line items by their printed name only": ({}, _without_expansions),
    }
    for name in reranking.WEIGHTS:
        if name != "fused":
            table[f"reranking without `{name}`"] = ({}, lambda name=name: _without_weight(name))
    return MappingProxyType(table)


def _as_fused() -> AbstractContextManager[object]:
    def keep(_: Query, windows: Sequence[Window]) -> list[tuple[Window, float]]:
        return [(window, window.scores[window.best.id]) for window in windows]

    return patch.object(searching, "rerank", keep)


def _by_rank() -> AbstractContextManager[object]:
    """Reciprocal rank fusion, scaled to the range of the weighted sum."""

    def fuse(
        first: Sequence[tuple[str, float]], second: Sequence[tuple[str, float]], _: float
    ) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        for found in (first, second):
            for rank, (key, _score) in enumerate(found, 1):
                scores[key] = scores.get(key, 0.0) + 30 / (60 + rank)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    return patch.object(searching, "fuse", fuse)


def _words(text: str) -> list[str]:
    return [word for word, _ in tagged_words(text)]


def _short(text: str) -> list[str]:
    return [token for token in tokenize(text) if len(token) < 3 or not _BIGRAM.match(token)]


def _tokens(cut: Callable[[str], list[str]]) -> AbstractContextManager[object]:
    return patch.object(searching, "tokenize", cut)


def _without_field(name: str) -> AbstractContextManager[object]:
    left = {field: boost for field, boost in lexical._BOOSTS.items() if field != name}
    return patch.object(lexical, "_BOOSTS", left)


@contextmanager
def _without_synonyms() -> Iterator[None]:
    with ExitStack() as stack:
        for module in (searching, reranking):
            stack.enter_context(patch.object(module, "synonyms", lambda _: ()))
        yield


@contextmanager
def _without_expansions() -> Iterator[None]:
    plain = searching.expansions
    with ExitStack() as stack:
        for module in (searching, reranking):
            stack.enter_context(patch.object(module, "expansions", lambda key: plain(key)[:1]))
        yield


def _without_weight(name: str) -> AbstractContextManager[object]:
    return patch.object(reranking, "WEIGHTS", {**reranking.WEIGHTS, name: 0.0})
