"""The ways of asking for arithmetic, from `arithmetic_words.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("arithmetic_words.toml")


@dataclass(frozen=True, slots=True)
class Operation:
    """One way of asking for arithmetic; `expression` is over f1 and f2."""

    pattern: re.Pattern[str]
    expression: str
    unit: str
    says: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A quotient of two figures that one sentence gives in different units."""

    pattern: re.Pattern[str]
    over: frozenset[str]
    under: frozenset[str]
    unit: str
    says: str


@cache
def rates() -> tuple[Rate, ...]:
    """The rates of `arithmetic_words.toml`, in the order they are tried."""
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["rate"]
    return tuple(
        Rate(re.compile(r["pattern"]), frozenset(r["over"]), frozenset(r["under"]), r["unit"], r["says"])
        for r in table
    )


@cache
def operations() -> tuple[Operation, ...]:
    """The operations of `arithmetic_words.toml`, in the order they are tried."""
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["operation"]
    return tuple(Operation(re.compile(o["pattern"]), o["expression"], o["unit"], o["says"]) for o in table)
