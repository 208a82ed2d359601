"""Fixed formulas of financial ratios, each with its source; evaluated elsewhere, over facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rag.errors import UserError
from rag.filings.lexicon import find_line_items, line_items
from rag.filings.text import squeeze
from rag.filings.vocabulary import Entry, entries, text_of, texts_of

_FILE = "formulas.toml"
# What a formula may hold beside keys: functions of a key, and the days of the period.
_WORDS = frozenset({"average", "previous", "optional", "days"})


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula over line-item keys; a `unit` of % means that the result is multiplied by 100.

    `expression` holds keys, numbers, `+ - * / ( )`, `average(x)` of opening and closing balance,
    `previous(x)` of the year before, `optional(x)` (nothing where the filing prints none) and `days` of the
    period in a year of 360; `operands` are its keys in order, each once.
    """

    key: str
    name: str
    spoken: tuple[str, ...]
    expression: str
    operands: tuple[str, ...]
    unit: str
    source: str


@cache
def formulas() -> Mapping[str, Formula]:
    """Every formula by its key."""
    return {formula.key: formula for formula in map(_formula, entries(_FILE, "formula"))}


def _formula(entry: Entry) -> Formula:
    expression, key = text_of(entry, "expression", _FILE), text_of(entry, "key", _FILE)
    operands = tuple(
        dict.fromkeys(name for name in re.findall(r"[a-z_][a-z_0-9]*", expression) if name not in _WORDS)
    )
    unknown = [name for name in operands if name not in line_items()]
    if unknown or re.search(r"[^a-z_0-9+\-*/(). ]", expression):
        wrong = "、".join(unknown) or "算式"
        raise UserError(
            f"词表 {_FILE} 的“{key}”中的 {wrong} 无法识别；请只用 line_items.toml 的 key 和四则运算。"
        )
    return Formula(
        key,
        text_of(entry, "name", _FILE),
        texts_of(entry, "spoken", _FILE),
        expression,
        operands,
        text_of(entry, "unit", _FILE),
        text_of(entry, "source", _FILE),
    )


@cache
def _by_name() -> Mapping[str, str]:
    return {
        squeeze(name).lower(): formula.key
        for formula in formulas().values()
        for name in (formula.name, *formula.spoken)
    }


def formula_spans(question: str) -> tuple[tuple[int, int], ...]:
    """Where names of formulas stand in a question, half-open."""
    text = question.lower()
    return tuple((at, at + len(name)) for name in _by_name() for at in [text.find(name)] if at >= 0)


def find_formulas(question: str) -> tuple[Formula, ...]:
    """The formulas whose names stand in a question, the longest name first; a name inside another is dropped."""
    text, found = squeeze(question).lower(), list[Formula]()
    for item in find_line_items(text):
        # 净负债率 is no 负债率.
        inside = any(item.text != name and item.text.endswith(name) for name in _by_name())
        if item.key not in formulas() and inside and item.text not in _by_name():
            text = text.replace(item.text, "\n")
    for name, key in sorted(_by_name().items(), key=lambda pair: -len(pair[0])):
        if name in text:
            found.append(formulas()[key])
            text = text.replace(name, "\n")
    return tuple(dict.fromkeys(found))
