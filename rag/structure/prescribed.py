"""The tables whose columns the exchanges prescribe (`forms.toml`), known by words of their titles and heads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.filings.passage import Statement

_FILE = Path(__file__).with_name("forms.toml")
_LEVEL = "›"  # between the levels of a column
_LACKING, _FILLED = "?", "!"


@dataclass(frozen=True, slots=True)
class Share:
    """A column of percentages that is a quotient of two others, all by their place in the form."""

    column: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Form:
    """A prescribed table: words that its heading or head must hold, and its figure columns in order.

    `lacking` are the columns that a table may not have, `filled` those with a figure in every row; `day` is its
    only column of dates, "" where it has none or several.
    """

    name: str
    words: tuple[str, ...]
    columns: tuple[str, ...]
    statement: Statement
    lacking: frozenset[int] = frozenset()
    filled: frozenset[int] = frozenset()
    shares: tuple[Share, ...] = ()
    day: str = ""

    def suits(self, text: str) -> bool:
        """Whether a title and head, squeezed, hold the form's words."""
        return all(any(word in text for word in either.split("|")) for either in self.words)

    def columns_in(self, width: int) -> tuple[str, ...]:
        """The columns of rows with `width` figures, those that a table may lack left out; empty where none fit."""
        if len(self.columns) == width:
            return self.columns
        needed = tuple(word for k, word in enumerate(self.columns) if k not in self.lacking)
        return needed if len(needed) == width and not self.filled else ()


@cache
def forms() -> tuple[Form, ...]:
    """The prescribed forms, in the order they are tried."""
    return tuple(map(_form, tomllib.loads(_FILE.read_text(encoding="utf-8"))["form"]))


def levels_of(word: str) -> tuple[str, ...]:
    """The levels of a form's column, outermost first."""
    return tuple(word.split(_LEVEL))


def _form(told: Mapping[str, Any]) -> Form:
    columns = tuple(word.rstrip(_LACKING + _FILLED) for word in told["columns"])
    return Form(
        told["name"],
        tuple(told["words"]),
        columns,
        told.get("statement", "other"),
        frozenset(k for k, word in enumerate(told["columns"]) if word.endswith(_LACKING)),
        frozenset(k for k, word in enumerate(told["columns"]) if word.endswith(_FILLED)),
        tuple(Share(*(columns.index(name) for name in share)) for share in told.get("shares", ())),
        told.get("day", ""),
    )
