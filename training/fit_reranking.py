"""Fits the weights of `rag.retrieval.rerank` on gold questions and prints them with their cross-validated gain.

    python -m training.fit_reranking --gold eval/gold/samples.jsonl INDEX [--gold …]

A question's windows compete in a softmax: those that hold a gold quote (60 % of its character bigrams)
against all others.  The start is the fused score alone.  Nothing is written: the figures printed go into
`WEIGHTS` by hand.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag import Filters, Settings, Turn, open_assistant
from rag.retrieval.question import Asked
from rag.retrieval.rerank import WEIGHTS, features
from rag.retrieval.search import RERANKED
from rag.retrieval.understand import understand
from training.fit_ranking import FOLDS, Example, covers, fit, gold_and_indexes

PULL = 0.005
NAMES = tuple(WEIGHTS)
FUSED = np.array([float(name == "fused") for name in NAMES])


def examples(gold: Path, index: Path) -> Iterator[Example]:
    """The answerable questions of a gold file, each with the features of its windows."""
    settings = Settings.load()
    settings = settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})
    assistant = open_assistant(settings)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row.get("evidence") and not row.get("unanswerable"):
            yield _example(row, assistant)
    assistant.close()


def _example(row: dict[str, Any], assistant: Any) -> Example:
    history = tuple(Turn(turn["question"], turn.get("answer", "")) for turn in row.get("history", []))
    asked = Asked(row["question"], history, Filters(filing=row.get("filing", "")))
    query = understand(asked, assistant.filings())
    found = assistant._desk.retriever.windows(query, RERANKED)
    seen = [[values[name] for name in NAMES] for values in features(query, [window for _, window in found])]
    right = [
        any(e["file"] == piece.filing.file_name and covers(window.text, e["quote"]) for e in row["evidence"])
        for piece, window in found
    ]
    return Example(np.array(seen).reshape(-1, len(NAMES)), np.array(right, float))


def rank(weights: NDArray[np.float64], example: Example) -> int:
    """The rank, from 1, of the first window that holds the evidence; 0 if none does."""
    order = np.argsort(-(example.seen @ weights), kind="stable")
    found = np.flatnonzero(example.right[order])
    return int(found[0]) + 1 if found.size else 0


def told(name: str, ranks: list[int]) -> str:
    """Recall at 1 and 5 and the mean reciprocal rank, in a line."""
    first, five = (np.mean([0 < r <= k for r in ranks]) for k in (1, 5))
    mrr = np.mean([1 / r if r else 0.0 for r in ranks])
    return f"{name}: R@1 {first:.3f}  R@5 {five:.3f}  MRR {mrr:.3f}"


def main() -> None:
    """Reads gold and indexes from the command line and prints the fitted weights."""
    data = [e for gold, index in gold_and_indexes(__doc__) for e in examples(gold, index)]
    random.Random(1).shuffle(data)
    now = np.array([WEIGHTS[name] for name in NAMES])
    held_out = []
    for k in range(FOLDS):
        others = [e for n, e in enumerate(data) if n % FOLDS != k and e.right.any()]
        weights = fit(others, FUSED, PULL)
        held_out += [rank(weights, e) for e in data[k::FOLDS]]
    print(f"{len(data)} questions")
    print(told("fused score alone", [rank(FUSED, e) for e in data]))
    print(told("weights in force", [rank(now, e) for e in data]))
    print(told(f"fitted, {FOLDS} folds held out", held_out))
    for name, weight in zip(NAMES, fit([e for e in data if e.right.any()], FUSED, PULL), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
