"""The word lists of summaries: what a wish says, what sections and sentences weigh, what may be left out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).with_name("summary_words.toml")


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of reader, how a wish names it, and what it looks for."""

    name: str
    pattern: re.Pattern[str]
    boost: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The compiled lists of `summary_words.toml`; a weight of 1 is the usual one, 0 is never chosen.

    A section's flag says that its weight counts for the heading itself and not for those below it.
    """

    instruction: dict[str, re.Pattern[str]]
    readers: tuple[Reader, ...]
    sections: tuple[tuple[re.Pattern[str], float, bool], ...]
    cues: tuple[tuple[re.Pattern[str], float], ...]
    trim: dict[str, re.Pattern[str]]
    key_items: tuple[str, ...]
    called: dict[str, re.Pattern[str]]
    themes: tuple[tuple[re.Pattern[str], float], ...]
    card: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def summary_words() -> SummaryWords:
    """The word lists, read once."""
    table: dict[str, Any] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    compiled = {
        name: {k: re.compile(v) for k, v in table[name].items()} for name in ("instruction", "trim", "called")
    }
    return SummaryWords(
        instruction=compiled["instruction"],
        readers=tuple(
            Reader(r["name"], re.compile(r["pattern"]), re.compile(r["boost"])) for r in table["reader"]
        ),
        sections=tuple(
            (re.compile(s["pattern"]), float(s["weight"]), bool(s.get("own"))) for s in table["section"]
        ),
        cues=_weighted(table["cue"]),
        trim=compiled["trim"],
        key_items=tuple(table["key"]["items"]),
        called=compiled["called"],
        themes=_weighted(table["theme"]),
        card=tuple((entry["name"], tuple(entry["items"])) for entry in table["card"]),
    )


def _weighted(entries: list[dict[str, Any]]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(entry["pattern"]), float(entry["weight"])) for entry in entries)
