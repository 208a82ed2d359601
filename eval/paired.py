"""Whether a difference between two runs is more than chance: paired bootstrap and sign test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Enough for a 95 % interval that moves by less than half a point from seed to seed on 100 questions.
RESAMPLES = 2000
SEED = 20241
LEVEL = 0.95


Scores = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Paired:
    """Two runs on the same questions under one measure, in the measure's own unit.

    `base` and `other` are means over the questions to which the measure applies in that run, `questions` is
    how many it applies to in both.  `low` and `high` bound the difference (other minus base) with 95 %;
    `wins` are questions on which the other run is better, whichever direction of the measure that is; `p`
    is two-sided.
    """

    questions: int
    base: float
    other: float
    low: float
    high: float
    wins: int
    losses: int
    p: float

    @property
    def difference(self) -> float:
        """Other minus base."""
        return self.other - self.base

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def paired(base: Scores, other: Scores, *, lower_is_better: bool = False, seed: int = SEED) -> Paired | None:
    """The comparison of scores given in the same order of questions, None where the measure does not apply.

    None where it applies to no question of one of the runs.
    """
    first, second = (np.array(scores, np.float64) for scores in (base, other))  # None becomes NaN
    if np.isnan(first).all() or np.isnan(second).all():
        return None
    low, high = bootstrap_interval(first, second, seed)
    gains = (first - second if lower_is_better else second - first)[~np.isnan(first + second)]
    wins, losses = int((gains > 0).sum()), int((gains < 0).sum())
    return Paired(
        len(gains),
        float(np.nanmean(first)),
        float(np.nanmean(second)),
        low,
        high,
        wins,
        losses,
        sign_test(wins, losses),
    )


def bootstrap_interval(first: Floats, second: Floats, seed: int) -> tuple[float, float]:
    """The percentile interval of the difference of means (Efron and Tibshirani 1993, chapter 13).

    Questions are drawn, with both their scores; NaN takes no part in a mean.  The same for the same seed.
    """
    drawn = np.random.default_rng(seed).integers(0, len(first), (RESAMPLES, len(first)))
    gaps = _means(second, drawn) - _means(first, drawn)
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.nanpercentile(gaps, [tail, 100 - tail])
    return float(low), float(high)


def _means(scores: Floats, drawn: NDArray[np.int64]) -> Floats:
    """The mean of each drawing; NaN where it drew no question that the measure applies to."""
    applies = ~np.isnan(scores)
    counts = applies[drawn].sum(axis=1)
    sums = np.where(applies, scores, 0.0)[drawn].sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def sign_test(wins: int, losses: int) -> float:
    """The two-sided p of so uneven a split if both were equally likely (Dixon and Mood 1946); ties do not count."""
    n = wins + losses
    tail = sum(math.comb(n, k) for k in range(min(wins, losses) + 1))
    return float(min(1.0, 2 * tail / 2**n))
