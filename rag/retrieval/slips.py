"""One wrong character in a line item: 研发费佣 read as 研发费用, where only a sound or a shape apart."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from rag.filings.lexicon import find_line_items, line_items
from rag.filings.text import is_cjk
from rag.retrieval.initials import beside_in_sound

_SHAPES = Path(__file__).with_name("slips.toml")
# Signs of a line item's name; in shorter ones a wrong character makes another word too easily.
SHORTEST, LONGEST = 4, 10
# A question longer than this is not looked through.
MOST_SIGNS = 200
_ANY = "\0"


def slips_in(text: str) -> tuple[tuple[str, str], ...]:
    """What of a question in simplified characters is written with one wrong character, and what is meant by it.

    Only words that name nothing as they stand are looked at, and only a character of like sound or shape.
    """
    if len(text) > MOST_SIGNS:
        return ()
    taken = [(item.start, item.end) for item in find_line_items(text)]
    found: list[tuple[str, str]] = []
    for size in range(LONGEST, SHORTEST - 1, -1):
        for start in range(len(text) - size + 1):
            word, end = text[start : start + size], start + size
            if not all(map(is_cjk, word)) or any(a < end and start < b for a, b in taken):
                continue
            meant = _meant(word)
            if meant:
                found.append((word, meant))
                taken.append((start, end))
    return tuple(found)


def without_slips(text: str) -> str:
    """The question with the line items in it spelt right."""
    for typed, meant in slips_in(text):
        text = text.replace(typed, meant)
    return text


def _meant(word: str) -> str:
    """The one name that a word is a character of like sound or shape away from; "" where none or several are."""
    names = {
        name
        for at, sign in enumerate(word)
        for name in _names().get(word[:at] + _ANY + word[at + 1 :], ())
        if name[at] != sign and is_like(sign, name[at])
    }
    return names.pop() if len(names) == 1 else ""


def is_like(one: str, other: str) -> bool:
    """Whether one character is easily typed for another."""
    return beside_in_sound(one, other) or any(one in group and other in group for group in _alike())


@cache
def _alike() -> tuple[str, ...]:
    return tuple(tomllib.loads(_SHAPES.read_text(encoding="utf-8"))["alike"])


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """The names of line items by themselves with any one character left open."""
    found: dict[str, tuple[str, ...]] = {}
    forms = {form for item in line_items().values() for form in (item.name, *item.printed, *item.spoken)}
    for name in forms:
        if SHORTEST <= len(name) <= LONGEST and all(map(is_cjk, name)):
            for at in range(len(name)):
                key = name[:at] + _ANY + name[at + 1 :]
                found[key] = (*found.get(key, ()), name)
    return found
