"""Search as shipped on questions it was not made for: investors' questions, an encyclopedia.

    python -m benchmarks.retrieval.investors --data FOLDER

`FOLDER` holds the open text sets that `training/DATA_CARD.md` names. The held-out questions are those of
`training/RESULTS.md`, among 20,000 news passages.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.retrieval.ours import without_routing
from rag.filings.filing import Filing, Issuer, ParsedFiling
from rag.filings.page import Page, Span
from rag.filings.passage import Passage, passage_id
from rag.models.embedding import Embedder, open_embedder
from rag.retrieval.question import Asked
from rag.retrieval.search import Retriever
from rag.retrieval.understand import understand
from rag.settings import RetrievalSettings
from rag.store.index import FilingIndex
from training import text_sets
from training.measure import Measured, Task, bigram_scores, measured, paired_p, task_over
from training.report import DISTRACTORS

SEED = 7
# So far apart that no passage has a neighbour: these texts have nothing to do with each other.
STEP = 10
FILING = "0" * 64


def main() -> None:
    """Prints a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the text sets")
    data: Path = parser.parse_args().data
    others = text_sets.distractors(data, DISTRACTORS, SEED)
    embedder = open_embedder("bundled")
    for title, pairs in (
        ("Investor questions", text_sets.finance_split(data, SEED).test),
        ("Encyclopedia questions", text_sets.encyclopedia_split(data, SEED).test),
    ):
        print("\n".join(_table(title, task_over(pairs, others), embedder)), flush=True)


def _table(title: str, task: Task, embedder: Embedder) -> list[str]:
    lines = [
        f"\n### {title} ({len(task.queries)} questions, {len(task.pool):,} passages)\n",
        "| ranking | hit@1 | hit@10 | MRR | won / lost against BM25 at hit@1 | p |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    base = measured(bigram_scores(task), task.gold)
    rows = {"BM25 bigrams": base} | _shipped(task, embedder)
    for name, found in rows.items():
        won, lost, p = paired_p(base, found)
        against = f"{won} / {lost} | {p:.2g}" if found is not base else " | "
        lines.append(f"| {name} | {found.hit_1:.3f} | {found.hit_10:.3f} | {found.mrr:.3f} | {against} |")
    return lines


def _shipped(task: Task, embedder: Embedder) -> dict[str, Measured]:
    """The index's own lexical search, the shipped fusion, and the whole search."""
    with (
        tempfile.TemporaryDirectory() as folder,
        FilingIndex.open(
            Path(folder) / "index", embedder_name=embedder.name, dimension=embedder.dimension, create=True
        ) as index,
    ):
        with index.writing("texts") as writer:
            writer.replace(_filing(task.pool), b"texts", embedder.embed_passages(task.pool))
        settings = RetrievalSettings()
        lexical = settings.model_copy(update={"lexical_weight": 1.0, "dense_candidates": 0})
        queries = [without_routing(understand(Asked(q), index.filings()), (FILING,)) for q in task.queries]
        by_words = Retriever(index, embedder, lexical)
        whole = Retriever(index, embedder, settings)
        return {
            "our lexical search": _ranked(task, [[key for key, _ in by_words.fused(q)] for q in queries]),
            "fused as shipped": _ranked(task, [[key for key, _ in whole.fused(q)] for q in queries]),
            "fused and ranked anew": _ranked(
                task, [[piece.passage.id for piece, _ in whole.windows(q, 30)] for q in queries]
            ),
        }


def _filing(pool: Sequence[str]) -> ParsedFiling:
    passages = tuple(
        Passage(passage_id(FILING, n * STEP), FILING, n * STEP, "prose", (), (Span(1, 0, len(text)),), text)
        for n, text in enumerate(pool)
    )
    card = Filing(FILING, "texts.txt", "texts", Issuer("", "", ()), "other", "", page_count=1, size_bytes=1)
    return ParsedFiling(card, (Page(1, "\n".join(pool), "1"),), (), passages, ())


def _ranked(task: Task, found: Sequence[Sequence[str]]) -> Measured:
    """Quality of rankings of passage ids; a passage that is not found has no rank."""
    ranks = []
    for keys, gold in zip(found, task.gold, strict=True):
        wanted = passage_id(FILING, int(gold) * STEP)
        ranks.append(keys.index(wanted) + 1 if wanted in keys else np.iinfo(np.int64).max)
    array = np.array(ranks, dtype=np.int64)
    return Measured(float((array == 1).mean()), float((array <= 10).mean()), float((1 / array).mean()), array)


if __name__ == "__main__":
    main()
