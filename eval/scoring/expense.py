"""Computes what an answer costs in time, tokens and money."""

from __future__ import annotations

from eval.measures.expense import COST, LATENCY_P50, LATENCY_P95, TOKENS
from eval.scoring.case import Case, Scores

_MILLION = 1_000_000


def score(case: Case) -> Scores:
    """Milliseconds, tokens and yuan, each where it was spent."""
    scores: Scores = {}
    if case.elapsed_ms is not None:
        scores |= {LATENCY_P50.name: float(case.elapsed_ms), LATENCY_P95.name: float(case.elapsed_ms)}
    usage = case.reply.usage if case.reply is not None else None
    if usage:
        read, written = usage.get("prompt", 0), usage.get("completion", 0)
        scores[TOKENS.name] = float(usage.get("total", read + written))
        if case.prices is not None:
            scores[COST.name] = (read * case.prices[0] + written * case.prices[1]) / _MILLION
    return scores
