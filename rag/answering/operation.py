"""The ways of asking for arithmetic, from `arithmetic_words.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).with_name("arithmetic_words.toml")
_SIGNS = {"plus": "+", "minus": "-", "over": "/", "times": "*"}
_CLAUSE = re.compile(r"[^,，。?？:：;；]+")
# What is asked after the last figure's words, and what leads to the first.
_ASKED = re.compile(r"(?:的(?:比例|比率|比值|结果))?(?:得到?|等于|是|为|约|有|大概)*(?:多少|几|百分之).*$")
_LEAD = re.compile(r"^.*?(?:帮我|算(?:一)?下|计算|测算)|^用")
_SHARE = re.compile(r"百分|占比|比例|比率|比重|%|率(?:是|为)?多?")
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Operation:
    """One way of asking for arithmetic; `expression` is over f1 and f2.

    `first` and `second` are the figures that the words leave open (每股: 股本); with `whole` the first is a part of it.
    """

    pattern: re.Pattern[str]
    expression: str
    unit: str
    says: str
    name: str
    second: str = ""
    whole: bool = False
    first: str = ""
    says_second: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A quotient of two figures that one sentence gives in different units.

    With `whole` the sentence that gives most of `under` is meant: others tell of parts.
    """

    pattern: re.Pattern[str]
    over: frozenset[str]
    under: frozenset[str]
    unit: str
    says: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """A figure that two others of one sentence or row come to, and that the filing does not print.

    `asks` fits the question, `between` what stands between the two figures (of a row: `first` and `second`
    its column heads); `unit` is `f1` where the result is of the first figure's unit.  The words that
    `between` puts in its group `of` must be the question's.
    """

    asks: re.Pattern[str]
    between: re.Pattern[str] | None
    first: re.Pattern[str] | None
    second: re.Pattern[str] | None
    alike: bool
    expression: str
    unit: str
    formula: str
    says: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Figures' words joined by signs: `expression` over f1, f2… reads them from left to right."""

    words: tuple[str, ...]
    expression: str
    unit: str
    says: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@cache
def rates() -> tuple[Rate, ...]:
    """The rates of `arithmetic_words.toml`, in the order they are tried."""
    return tuple(
        Rate(
            re.compile(r["pattern"]),
            frozenset(r["over"]),
            frozenset(r["under"]),
            r["unit"],
            r["says"],
            r.get("whole", False),
        )
        for r in _table()["rate"]
    )


@cache
def operations() -> tuple[Operation, ...]:
    """The operations of `arithmetic_words.toml`, in the order they are tried."""
    return tuple(
        Operation(
            re.compile(o["pattern"]),
            o["expression"],
            o["unit"],
            o["says"],
            o["name"],
            o.get("second", ""),
            o.get("whole", False),
            o.get("first", ""),
            o.get("says_second", ""),
        )
        for o in _table()["operation"]
    )


@cache
def derivations() -> tuple[Derivation, ...]:
    """The derivations of `arithmetic_words.toml`, in the order they are tried."""
    return tuple(
        Derivation(
            re.compile(d["asks"]),
            _compiled(d, "between"),
            _compiled(d, "first"),
            _compiled(d, "second"),
            d.get("alike", False),
            d["expression"],
            d["unit"],
            d["formula"],
            d["says"],
        )
        for d in _table()["derivation"]
    )


def _compiled(entry: dict[str, Any], name: str) -> re.Pattern[str] | None:
    return re.compile(entry[name]) if name in entry else None


@cache
def bounds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The asker's words for a bound (上限), each with what filings write before such a figure (不超过)."""
    return tuple((re.compile(b["asked"]), re.compile(b["said"])) for b in _table()["bound"])


@cache
def meant_instead() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Of a ratio's two figures: words for the first, the line item said for the second, what is meant by it."""
    return tuple((re.compile(m["first"]), m["second"], m["meant"]) for m in _table()["meant"])


@cache
def column_words() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The asker's words for a column (投进去), each with what the heads of such columns say (累计投入)."""
    return tuple((re.compile(c["asked"]), re.compile(c["said"])) for c in _table()["column"])


@cache
def _sign() -> re.Pattern[str]:
    signs = _table()["sign"]
    return re.compile("|".join(f"(?P<{name}>{signs[name]})" for name in _SIGNS))


def chain_of(question: str) -> Chain | None:
    """The first clause that joins three figures' words or more by signs, read from left to right; else None."""
    for clause in _CLAUSE.finditer(question):
        text = _LEAD.sub("", clause[0])
        signs = list(_sign().finditer(text))
        if not 2 <= len(signs) < MOST_TERMS:
            continue
        edges = [0, *(edge for sign in signs for edge in sign.span()), len(text)]
        words = [text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
        words[-1] = _ASKED.sub("", words[-1])
        if all(len(word) > 1 for word in words):
            return _chained(tuple(words), [str(sign.lastgroup) for sign in signs], question)
    return None


def _chained(words: tuple[str, ...], names: list[str], question: str) -> Chain:
    level = set(names) <= {"plus", "minus"}
    expression = "f1"
    for n, name in enumerate(names, 2):
        before = expression if level or n == 2 else f"({expression})"
        expression = f"{before}{_SIGNS[name]}f{n}"
    quotient = names.count("over") > names.count("times")
    unit = ("%" if _SHARE.search(question) else "倍") if quotient else ""
    return Chain(words, expression, unit, "计算得")
