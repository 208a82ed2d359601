"""Tokens for lexical search; passages and questions are cut by the same function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import ModuleType

# Unified ideographs with extensions, and compatibility ideographs that NFKC leaves.
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_PIECE = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    r"|(?P<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d))"
    rf"|(?P<plain>[^\W_{_CJK}]+(?:[-.&+/_'][^\W_{_CJK}]+)*)"
)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_JOINER = re.compile(r"[-.&+/_']")

# Words of two characters are bigrams already; shorter ones tell nothing beside them.
SHORTEST_WORD = 3
# A word that the vocabulary adds must win over the ways to cut it up.
_ADDED_FREQUENCY = 1_000_000


def tokenize(text: str) -> list[str]:
    """The search tokens of a text, in order, repeated as often as they occur.

    `营业收入` gives its words of three characters and more and its character bigrams; a lone ideograph
    stands for itself.  `1,448.50` gives `1448.50`; `Q-GPT` gives `q-gpt`, `q` and `gpt`.  White space
    between ideographs is a line wrap and is closed first.  Traditional characters stay as they are.
    """
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text).lower())
    return list(_tokens(plain))


def add_words(words: Iterable[str]) -> None:
    """Make domain words known to the segmenter; before both indexing and asking, or they never meet."""
    for word in words:
        _segmenter().add_word(word, _ADDED_FREQUENCY, None)


@lru_cache(maxsize=1)
def _segmenter() -> ModuleType:
    # The import loads the dictionary, 0.25 s: it waits until the first text is cut.
    import rjieba

    return rjieba


def _tokens(text: str) -> Iterator[str]:
    for piece in _PIECE.finditer(text):
        found = piece.group()
        if piece.lastgroup == "cjk":
            yield from _ideographs(found)
        elif piece.lastgroup == "grouped":
            yield found.replace(",", "")
        else:
            yield from _latin(found)


def _ideographs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
        return
    for start in range(len(run) - 1):
        yield run[start : start + 2]
    for word in _segmenter().cut(run):
        if len(word) >= SHORTEST_WORD:
            yield word


def _latin(word: str) -> Iterator[str]:
    yield word
    if not _DECIMAL.fullmatch(word):
        parts = _JOINER.split(word)
        if len(parts) > 1:
            yield from parts


def tagged_words(text: str) -> list[tuple[str, str]]:
    """The words of a text with their part of speech (ICTCLAS tags: n noun, v verb, m number …), in order."""
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text).lower())
    found: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(plain):
        if piece.lastgroup == "cjk":
            found.extend(_segmenter().tag(piece.group()))
        else:
            number = piece.group()[0].isdigit()
            found.append((piece.group(), "m" if number else "eng"))
    return found
