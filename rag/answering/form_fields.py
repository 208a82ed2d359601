"""The fields of a report's prescribed forms, whose names and entries run together in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.vocabulary import entries, text_of, texts_of

_FILE = "form_fields.toml"
# A passage with fewer fields is running text that happens to use such a word.
FEWEST = 3
# Two persons share a form of contacts; the columns' heads stand above the names.
_PERSONS = re.compile(
    r"(?P<first>董事会秘书|公司秘书)(?:[（(][^（()）]{1,16}[)）])?\s*(?P<second>证券事务代表|联席公司秘书)(?=\s*姓名)"
)
NAME = "姓名"


@dataclass(frozen=True, slots=True)
class FormField:
    """A field's name as printed and its place in the passage's text; `start` is the name's, `entry` the entry's.

    `persons` are those whose columns the entry fills, and `head` where they are named.
    """

    name: str
    start: int
    entry: int
    end: int
    persons: tuple[str, ...] = ()
    head: tuple[int, int] = (0, 0)


@cache
def _names() -> re.Pattern[str]:
    words = {word for entry in entries(_FILE, "field") for word in texts_of(entry, "words", _FILE)}
    written = sorted((re.escape(squeeze(word)) for word in words), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(written)})(?:[（(]如有[)）])?[:：]?")


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(text_of(entry, "text", _FILE) for entry in entries(_FILE, "surnames")))


def fields_of(passage: Passage) -> tuple[FormField, ...]:
    """The fields of a form in a passage without rows; empty where the passage is no form."""
    text = passage.text
    found = list(_names().finditer(text)) if not passage.rows else []
    if len({match[0] for match in found}) < FEWEST:
        return ()
    heads = _PERSONS.search(text)
    persons = (heads["first"], heads["second"]) if heads else ()
    head = heads.span() if heads else (0, 0)
    ends = [*(match.start() for match in found[1:]), len(text)]
    fields = []
    for match, end in zip(found, ends, strict=True):
        entry = text[match.end() : end].rstrip()
        if entry.strip():
            own = (persons, head) if heads and match.start() >= head[1] else ((), (0, 0))
            fields.append(
                FormField(match[0].rstrip(":："), match.start(), match.end(), match.end() + len(entry), *own)
            )
    return tuple(fields)


def entries_of(field: FormField, text: str) -> tuple[str, ...]:
    """What a field holds: one entry, or one for each person where the two can be told apart."""
    entry = text[field.entry : field.end].strip()
    if len(field.persons) < 2:
        return (entry,)
    parts = tuple(entry.split())
    if len(parts) == 2:
        return parts
    half = len(entry) // 2
    if entry[:half] == entry[half:]:
        return (entry[:half], entry[half:])
    return _two_names(entry) if field.name == NAME else (entry,)


def field_sentence(field: FormField, text: str, issuer: str) -> str:
    """A field and its entry in one sentence, each person with the own entry."""
    told_apart = entries_of(field, text)
    name = field.name.removeprefix("公司的").removeprefix("公司")
    if len(field.persons) == len(told_apart):
        told = "，".join(
            f"{person}{name}：{entry}" for person, entry in zip(field.persons, told_apart, strict=True)
        )
    else:
        told = "、".join(field.persons) + f"{name}：{told_apart[0]}"
    return f"{issuer}{told}。"


def _two_names(entry: str) -> tuple[str, ...]:
    """Two names of two to four characters each; the entry as it is where more than one cut is likely."""
    cuts = [n for n in range(2, len(entry) - 1) if n <= 4 and len(entry) - n <= 4]
    likely: Sequence[int] = [n for n in cuts if entry[n] in _surnames()] or cuts
    best = sorted(likely, key=lambda n: abs(2 * n - len(entry)))
    if not best or (len(best) > 1 and abs(2 * best[0] - len(entry)) == abs(2 * best[1] - len(entry))):
        return (entry,)
    return entry[: best[0]], entry[best[0] :]
