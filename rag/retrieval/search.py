"""A typed query becomes a ranking of passages: lexical and dense search, fused, ranked anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from rag.filings.lexicon import expansions
from rag.filings.wording import synonyms
from rag.models.embedding import Embedder
from rag.models.reranking import Reranker
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from rag.retrieval.rerank import rerank
from rag.retrieval.windows import Window, reach, windows_of
from rag.settings import RetrievalSettings
from rag.store.index import FilingIndex
from rag.store.tokens import tokenize

# How often the tokens of each of the user's own words are given, taken together, and those of the question
# as it stands; synonyms are given once each.  Measured in `benchmarks/retrieval/RESULTS.md`.
OWN_WEIGHT, MATTER_WEIGHT = 4, 3
# Fused passages that are made windows and ranked anew; 40 found no more, 24 lost one question.
RERANKED = 30
# Windows that a cross-encoder reads: a small one takes about 20 ms for each on a CPU.
JUDGED = 20


class Retriever:
    """Ranks passages for queries over one index."""

    def __init__(
        self,
        index: FilingIndex,
        embedder: Embedder,
        settings: RetrievalSettings,
        reranker: Callable[[], Reranker] | None = None,
    ) -> None:
        """`reranker` opens the model that has the last word on the first windows; it is opened when first asked."""
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._reranker = None if reranker is None else cache(reranker)

    def search(self, query: Query, top_k: int | None = None) -> tuple[Evidence, ...]:
        """The best passages of the query's filings, best first; none when it is routed nowhere.

        They come window by window, those of one window as they were found; `similarity` is the fused score.
        """
        limit = top_k or self._settings.top_k
        ranked = [
            (passage, window.scores[passage.id])
            for window, _ in self._windows(query, limit)
            for passage in sorted(window.passages, key=lambda p: -window.scores.get(p.id, 0.0))
            if passage.id in window.scores
        ]
        filings = {filing.id: filing for filing in self._index.filings()}
        return tuple(
            Evidence(rank, score, passage, filings[passage.filing_id])
            for rank, (passage, score) in enumerate(ranked[:limit], 1)
        )

    def windows(self, query: Query, top_k: int | None = None) -> tuple[tuple[Evidence, Window], ...]:
        """The best windows of the query's filings, best first, each with the passage it was found by."""
        limit = top_k or self._settings.top_k
        filings = {filing.id: filing for filing in self._index.filings()}
        return tuple(
            (Evidence(rank, score, window.best, filings[window.best.filing_id]), window)
            for rank, (window, score) in enumerate(self._windows(query, limit)[:limit], 1)
        )

    def fused(self, query: Query) -> list[tuple[str, float]]:
        """Passage ids of the query's filings by lexical and dense search together, best first."""
        every = {filing.id for filing in self._index.filings()}
        within = None if set(query.filing_ids) == every else query.filing_ids
        return fuse(self._lexical(query, within), self._dense(query, within), self._settings.lexical_weight)

    def _windows(self, query: Query, top_k: int) -> list[tuple[Window, float]]:
        if not query.filing_ids:
            return []
        ranked = self.fused(query)[: max(RERANKED, top_k)]
        passages = self._index.passages(reach(ranked))
        found = rerank(query, windows_of(ranked, passages, self._settings.window_chars))
        return found if self._reranker is None else judged(query, found, self._reranker())

    def _lexical(self, query: Query, within: Sequence[str] | None) -> list[tuple[str, float]]:
        return self._index.search_terms(search_tokens(query), self._settings.lexical_candidates, within)

    def _dense(self, query: Query, within: Sequence[str] | None) -> list[tuple[str, float]]:
        if not self._settings.dense_candidates:
            return []
        if within is None and self._index.passage_count < self._settings.exact_below:
            within = query.filing_ids
        vector = self._embedder.embed_queries([query.text])[0]
        return self._index.search_vectors(vector, self._settings.dense_candidates, within)


def judged(
    query: Query, found: Sequence[tuple[Window, float]], reranker: Reranker
) -> list[tuple[Window, float]]:
    """The first windows in the order of a model that reads question and text together; the others after them.

    The scores stay those of the places: what a model gives is on a scale of its own.
    """
    first = [window for window, _ in found[:JUDGED]]
    scores = reranker.scores(query.text, [" ".join((*w.best.section, w.text)) for w in first])
    order = sorted(range(len(first)), key=lambda n: -scores[n])
    windows = [*(first[n] for n in order), *(window for window, _ in found[JUDGED:])]
    return [(window, score) for window, (_, score) in zip(windows, found, strict=True)]


def search_tokens(query: Query) -> list[str]:
    """Tokens of the content words, each word given alike whatever its length, and of the question as it stands.

    A long word is many bigrams, which together would drown a short, rare one; what is no content word still
    tells one long question from another.
    """
    tokens: list[str] = []
    for words in ([term.text for term in query.terms], [expansions(key)[0] for key in query.line_items]):
        for word in words:
            own = tokenize(word)
            tokens.extend(own * max(1, round(OWN_WEIGHT / max(1, len(own)))))
    others = [other for term in query.terms for other in synonyms(term.text)]
    others += [name for key in query.line_items for name in expansions(key)[1:3]]
    others += [full for _, full in query.defined]
    for other in others:
        tokens.extend(tokenize(other))
    return tokens + tokenize(query.matter) * MATTER_WEIGHT


def fuse(
    lexical: Sequence[tuple[str, float]], dense: Sequence[tuple[str, float]], lexical_weight: float
) -> list[tuple[str, float]]:
    """Both rankings by a weighted sum: BM25 as a share of the best, cosine similarity as it is.

    Weighted scores kept what rank fusion lost wherever one ranking was much the stronger
    (`training/RESULTS.md`).  A passage that only one of them found counts as much as the last of the other:
    the best of one ranking must not fall out because the other was cut before it.
    """
    best = max((score for _, score in lexical), default=0.0) or 1.0
    words = {passage_id: score / best for passage_id, score in lexical}
    near = {passage_id: max(0.0, similarity) for passage_id, similarity in dense}
    least_words, least_near = (min(found.values(), default=0.0) for found in (words, near))
    scores = {
        passage_id: lexical_weight * words.get(passage_id, least_words)
        + (1 - lexical_weight) * near.get(passage_id, least_near)
        for passage_id in words | near
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
