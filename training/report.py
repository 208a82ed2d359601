"""Measured quality of a model on the held-out questions, as Markdown tables."""

from __future__ import annotations

from pathlib import Path

from training import text_sets
from training.measure import (
    Encode,
    Measured,
    Scores,
    Task,
    bigram_scores,
    dense_scores,
    measured,
    paired_p,
    reciprocal_rank_fusion,
    task_over,
    weighted_fusion,
)

DISTRACTORS = 20_000
DENSE_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
HEADER = (
    "| ranking | hit@1 | hit@10 | MRR | won / lost against BM25 at hit@1 | p |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def measured_tables(data: Path, seed: int, encode: Encode) -> str:
    """One table per held-out set; the weight of the dense side is chosen on the development questions."""
    finance = text_sets.finance_split(data, seed)
    others = text_sets.distractors(data, DISTRACTORS, seed)
    replies = text_sets.finance_replies(data, without=())
    other_replies = text_sets.finance_replies(data, without=finance.test)
    weight = best_dense_weight(task_over(finance.dev, others + other_replies), encode)
    tasks = {
        "investor questions, 20,000 news distractors": task_over(finance.test, others),
        "investor questions, 20,000 news and all other replies": task_over(finance.test, others + replies),
        "encyclopedia questions, 20,000 news distractors": task_over(
            text_sets.encyclopedia_split(data, seed).test, others
        ),
    }
    return "\n\n".join(_table(title, task, encode, weight) for title, task in tasks.items())


def best_dense_weight(task: Task, encode: Encode) -> float:
    """Weight of the cosine in weighted fusion with the best mean reciprocal rank."""
    lexical, dense = bigram_scores(task), dense_scores(task, encode)
    return max(
        DENSE_WEIGHTS, key=lambda weight: measured(weighted_fusion(lexical, dense, weight), task.gold).mrr
    )


def _table(title: str, task: Task, encode: Encode, weight: float) -> str:
    lexical, dense = bigram_scores(task), dense_scores(task, encode)
    rankings: dict[str, Scores] = {
        "BM25 bigrams": lexical,
        "dense": dense,
        "RRF (k = 60)": reciprocal_rank_fusion(lexical, dense),
        f"weighted ({weight:g} x cosine)": weighted_fusion(lexical, dense, weight),
    }
    base = measured(lexical, task.gold)
    rows = [_row(name, base, measured(scores, task.gold)) for name, scores in rankings.items()]
    heading = f"{title} ({len(task.queries)} questions, {len(task.pool):,} passages)"
    return "\n".join([f"### {heading[0].upper()}{heading[1:]}", "", HEADER, *rows])


def _row(name: str, base: Measured, found: Measured) -> str:
    won, lost, probability = paired_p(base, found)
    paired = "" if found is base or won + lost == 0 else f"{won} / {lost}"
    chance = f"{probability:.2g}" if paired else ""
    return f"| {name} | {found.hit_1:.3f} | {found.hit_10:.3f} | {found.mrr:.3f} | {paired} | {chance} |"
