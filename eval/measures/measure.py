"""What a measure is, apart from what computes it (eval/scoring)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down"]
Total = Literal["mean", "p50", "p95", "sum"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by its stable name.

    Each question has a score from `low` to `high` (None: no upper end), or none where the measure does not
    apply; `total` says how scores become one figure.  A question without a result scores `without_result`.
    """

    name: str
    title: str
    definition: str
    source: str
    direction: Direction = "up"
    low: float = 0.0
    high: float | None = 1.0
    unit: str = ""
    total: Total = "mean"
    without_result: float | None = 0.0
