"""Lines of a narrow column: how wide their pieces are in print, and whether each line is full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNBROKEN = re.compile(r"[(“《]*.[)”》、,;:。]*")
_LATIN_WORD = re.compile(r"[A-Za-z0-9]+")
_ENDLESS = 10_000


def width(text: str, bracket: int = 1) -> int:
    """Half-widths that a text takes in print; signs that text in one width may stand for take `bracket`."""
    return sum(_width(sign, bracket) for sign in text)


def _width(sign: str, bracket: int) -> int:
    if sign in "(),;:“”":
        return bracket
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


@dataclass(frozen=True, slots=True)
class Line:
    """How wide a line is, and what of it the line before must have had no room for, brackets narrow and wide."""

    wide: tuple[int, int]
    least: tuple[int, int]


@lru_cache(maxsize=8192)  # every line is met with many others
def line_of(text: str) -> Line:
    """The measures of a line as printed."""
    first = _first_word(text)
    return Line((width(text), width(text, 2)), (width(first), width(first, 2)))


@dataclass(frozen=True, slots=True)
class Filled:
    """Lines one below the other: the last, the widest, and the least width of the column that each pair gives."""

    last: Line
    widest: tuple[int, int]
    room: tuple[int, int] = (_ENDLESS, _ENDLESS)

    def with_line(self, line: Line) -> Filled | None:
        """With one more line; None where a line before has room for its first sign."""
        # Written out: a table tries many thousands of chains.
        narrow = min(self.room[0], self.last.wide[0] + line.least[0])
        broad = min(self.room[1], self.last.wide[1] + line.least[1])
        widest = (max(self.widest[0], line.wide[0]), max(self.widest[1], line.wide[1]))
        if narrow <= widest[0] and broad <= widest[1]:
            return None
        return Filled(line, widest, (narrow, broad))


def fills_lines(lines: Sequence[str], column: int) -> bool:
    """Whether lines are full but for the last in a column at least so many half-widths wide."""
    first, *others = map(line_of, lines)
    filled: Filled | None = Filled(first, (max(column, first.wide[0]), max(column, first.wide[1])))
    for line in others:
        filled = filled.with_line(line) if filled is not None else None
    return filled is not None


def _first_word(text: str) -> str:
    """What a line must take whole: a Latin word, a number, else one sign with the brackets it must not leave."""
    found = _LATIN_WORD.match(text) or _UNBROKEN.match(text)
    return found.group() if found else text[:1]
