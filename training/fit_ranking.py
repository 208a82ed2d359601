"""Fits the weights of `rag.answering.ranking` on gold questions and prints them with their cross-validated gain.

Questions for figures and questions for words are fitted apart.

    python -m training.fit_ranking --gold eval/gold/samples.jsonl INDEX [--gold …]

Each question's units compete in a softmax: those that hold a gold quote (60 % of its character bigrams)
against all others.  The weights are drawn towards those in force, so that few questions cannot turn
them far.  Nothing is written: the figures printed go into `WEIGHTS` by hand.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag import Filters, Settings, Turn, open_assistant
from rag.answering.assist import gather
from rag.answering.ranking import FIGURE_KINDS, WEIGHTS, WORD_WEIGHTS, features
from rag.answering.relevance import needs_of
from rag.answering.units import units_of
from rag.answering.word_features import grams_of, word_features
from rag.filings.text import squeeze
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand

COVERED = 0.6
FOLDS = 5
STEPS = 300
RATE = 0.06
# How strongly the weights are held to those in force, and the scale at which the softmax sees them.
PULL, SCALE = 0.003, 4.0


@dataclass(frozen=True, slots=True)
class Example:
    """The units of one question: a row of features each, and whether it holds the gold evidence."""

    seen: NDArray[np.float64]
    right: NDArray[np.float64]
    figures: bool = True


def covers(text: str, quote: str) -> bool:
    """Whether a text holds most of a gold quote's bigrams."""
    wanted, held = _bigrams(quote), _bigrams(text)
    return sum((wanted & held).values()) >= COVERED * sum(wanted.values())


def _bigrams(text: str) -> Counter[str]:
    plain = squeeze(text).lower()
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def examples(gold: Path, index: Path) -> list[Example]:
    """The answerable questions of a gold file whose evidence is among the units read."""
    settings = Settings.load()
    settings = settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})
    assistant = open_assistant(settings)
    found = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row.get("evidence") and not row.get("unanswerable"):
            example = _example(row, assistant)
            if example is not None:
                found.append(example)
    assistant.close()
    return found


def _example(row: dict[str, Any], assistant: Any) -> Example | None:
    history = tuple(Turn(turn["question"], turn.get("answer", "")) for turn in row.get("history", []))
    asked = Asked(row["question"], history, Filters(filing=row.get("filing", "")))
    desk = assistant._desk
    query = understand(asked, assistant.filings())
    material = gather(desk.index, desk.retriever, query)
    needs = needs_of(query, desk.corpus)
    seen, right = [], []
    units = units_of(material.evidence)
    grams, figures = grams_of(query, units), query.kind in FIGURE_KINDS
    for unit in units:
        piece = material.evidence[unit.evidence]
        values = features(unit, needs, query, piece) | word_features(unit, query, piece.passage, grams)
        seen.append([values[name] for name in (WEIGHTS if figures else WORD_WEIGHTS)])
        text = piece.passage.text[unit.start : unit.end]
        right.append(
            any(e["file"] == piece.filing.file_name and covers(text, e["quote"]) for e in row["evidence"])
        )
    return Example(np.array(seen), np.array(right, float), figures) if any(right) else None


def fit(data: list[Example], start: NDArray[np.float64], pull: float = PULL) -> NDArray[np.float64]:
    """The weights that make right units likeliest (Adam), scaled so that the first is 1."""
    weights, moment, spread = start * SCALE, np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = pull * (weights - start * SCALE) + sum(_slope(weights, example) for example in data) / len(
            data
        )
        moment = 0.9 * moment + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        weights = weights - RATE * (moment / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights / weights[0]


def _slope(weights: NDArray[np.float64], example: Example) -> NDArray[np.float64]:
    scores = example.seen @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    right = likely * example.right
    return example.seen.T @ likely - example.seen.T @ (right / right.sum())


def hit_rate(weights: NDArray[np.float64], data: list[Example]) -> float:
    """The share of questions whose first unit holds the evidence."""
    return float(np.mean([e.right[np.argmax(e.seen @ weights)] > 0 for e in data]))


def main() -> None:
    """Reads gold and indexes from the command line and prints the fitted weights."""
    data = [e for gold, index in gold_and_indexes(__doc__) for e in examples(gold, index)]
    random.Random(0).shuffle(data)
    for weights, figures in ((WEIGHTS, True), (WORD_WEIGHTS, False)):
        _report(weights, [example for example in data if example.figures is figures])


def gold_and_indexes(description: str | None) -> list[tuple[Path, Path]]:
    """The gold files of the command line, each with the index of its filings."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--gold", nargs=2, action="append", required=True, type=Path, metavar=("GOLD", "INDEX"), help="repeat"
    )
    return [(gold, index) for gold, index in parser.parse_args().gold]


def _report(weights: Mapping[str, float], data: list[Example]) -> None:
    """Prints the fitted weights of one group, and what they gain where they were not fitted."""
    now = np.array(list(weights.values()))
    parts = [data[k::FOLDS] for k in range(FOLDS)]
    held_out = [
        hit_rate(fit([e for j, part in enumerate(parts) if j != k for e in part], now), parts[k])
        for k in range(FOLDS)
    ]
    print(
        f"{len(data)} questions; hit@1 now {hit_rate(now, data):.3f}, fitted (held out) {np.mean(held_out):.3f}"
    )
    for name, weight in zip(weights, fit(data, now) * now[0], strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
