"""How far two who graded the same answers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on `count` answers: the share graded the same, and Cohen's kappa.

    Kappa is 1 for full agreement and 0 for what chance alone would give; None where chance alone would
    agree always, because everybody gave one grade.
    """

    count: int
    share: float
    kappa: float | None


def agreement(first: Sequence[int], second: Sequence[int]) -> Agreement | None:
    """The agreement of two lists of grades in the same order (Cohen 1960); None of empty lists."""
    n = len(first)
    if n == 0:
        return None
    same = sum(a == b for a, b in zip(first, second, strict=True)) / n
    counts = Counter(first), Counter(second)
    chance = sum(counts[0][grade] * counts[1][grade] for grade in counts[0]) / n**2
    return Agreement(n, same, (same - chance) / (1 - chance) if chance < 1 else None)
