"""Where the harness keeps its things inside the checkout."""

from __future__ import annotations

from pathlib import Path

EVAL = Path(__file__).resolve().parent
ROOT = EVAL.parent
GOLD = EVAL / "gold"
SETS = EVAL / "sets.toml"
RESULTS = EVAL / "results"
CACHE = EVAL / ".cache"
