"""How well bigram BM25, the dense model and both fused find the right passage."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from training.text_sets import Pair

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Scores = NDArray[np.float32]

BM25_K1 = 1.2
BM25_B = 0.75
RRF_K = 60
FUSION_DEPTH = 1000


@dataclass(frozen=True, slots=True)
class Measured:
    """Hit@1, hit@10 and mean reciprocal rank of one ranking, with the rank of each question's passage."""

    hit_1: float
    hit_10: float
    mrr: float
    ranks: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over a pool of passages; gold[i] is the index in the pool of the passage of question i."""

    queries: tuple[str, ...]
    pool: tuple[str, ...]
    gold: NDArray[np.int64]


def task_over(pairs: Sequence[Pair], others: Sequence[str]) -> Task:
    """The questions of the pairs over their own passages and the other texts, each text once."""
    pool = tuple(dict.fromkeys([*(pair.passage for pair in pairs), *others]))
    place = {text: index for index, text in enumerate(pool)}
    gold = np.array([place[pair.passage] for pair in pairs], dtype=np.int64)
    return Task(tuple(pair.query for pair in pairs), pool, gold)


def bigram_scores(task: Task) -> Scores:
    """BM25 over character bigrams and Latin words: questions by passages, higher is nearer."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(task.pool):
        for term in bigrams(text):
            rows.append(row)
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
    shape = (len(task.pool), len(vocabulary))
    counts = csc_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    counts.sum_duplicates()
    weighted = _bm25_weights(counts)
    scores = np.zeros((len(task.queries), len(task.pool)), np.float32)
    for row, query in enumerate(task.queries):
        known = [vocabulary[term] for term in bigrams(query) if term in vocabulary]
        if known:
            scores[row] = np.asarray(weighted[:, known].sum(axis=1)).ravel()
    return scores


def bigrams(text: str) -> list[str]:
    """Neighbouring signs of each run of Chinese text, and Latin words and numbers whole."""
    terms: list[str] = []
    run = word = ""
    for sign in unicodedata.normalize("NFKC", text).lower() + " ":
        ascii_word = sign.isascii() and sign.isalnum()
        if word and not ascii_word:
            terms.append(word)
            word = ""
        if sign.isalnum() and not ascii_word:
            if run:
                terms.append(run + sign)
            run = sign
        else:
            run = ""
            word += sign if ascii_word else ""
    return terms


def dense_scores(task: Task, encode: Encode) -> Scores:
    """Cosine similarity: questions by passages."""
    return encode(task.queries) @ encode(task.pool).T


def reciprocal_rank_fusion(first: Scores, second: Scores) -> Scores:
    """Sum of 1 / (60 + rank) of both rankings (Cormack et al. 2009)."""
    return _reciprocal(first) + _reciprocal(second)


def weighted_fusion(lexical: Scores, dense: Scores, dense_weight: float) -> Scores:
    """Lexical score over its best per question, plus weighted cosine."""
    best = np.maximum(lexical.max(axis=1, keepdims=True), 1e-6)
    fused: Scores = lexical / best + np.float32(dense_weight) * dense
    return fused


def measured(scores: Scores, gold: NDArray[np.int64]) -> Measured:
    """Quality of a ranking; equal scores count against it."""
    own = scores[np.arange(len(gold)), gold][:, None]
    ranks = (scores >= own).sum(axis=1).astype(np.int64)
    return Measured(
        float((ranks == 1).mean()), float((ranks <= 10).mean()), float((1.0 / ranks).mean()), ranks
    )


def paired_p(before: Measured, after: Measured) -> tuple[int, int, float]:
    """Questions won and lost at hit@1, with the two-sided exact sign (McNemar) probability."""
    hit_before, hit_after = before.ranks == 1, after.ranks == 1
    won = int((hit_after & ~hit_before).sum())
    lost = int((hit_before & ~hit_after).sum())
    changed = won + lost
    tail = sum(comb(changed, count) for count in range(max(won, lost), changed + 1))
    return won, lost, min(1.0, 2 * tail / 2**changed)


def _bm25_weights(counts: csc_matrix) -> csc_matrix:
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    held_by = np.diff(counts.indptr)
    idf = np.log1p((counts.shape[0] - held_by + 0.5) / (held_by + 0.5))
    norm = BM25_K1 * (1 - BM25_B + BM25_B * lengths / lengths.mean())
    values = counts.data * (BM25_K1 + 1) / (counts.data + norm[counts.indices])
    weighted = counts.copy()
    weighted.data = (values * np.repeat(idf, held_by)).astype(np.float32)
    return weighted


def _reciprocal(scores: Scores) -> Scores:
    fused = np.zeros_like(scores)
    depth = min(FUSION_DEPTH, scores.shape[1] - 1)
    for row, values in enumerate(scores):
        top = np.argpartition(-values, depth)[:depth]
        ordered = top[np.argsort(-values[top], kind="stable")]
        fused[row, ordered] = 1.0 / (RRF_K + 1 + np.arange(depth))
    return fused
