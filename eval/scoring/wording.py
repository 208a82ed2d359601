"""Texts brought to one form, so that print and typing habits do not count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

MARKER = re.compile(r"\[\d{1,2}\]")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-"})


def squeezed(text: str) -> str:
    """The text in one width (NFKC) without white space: how quotes are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """The text as words are looked for in it: lower case, no white space, no separators in figures.

    A citation marker becomes `|`, so that the figures on its two sides stay two.
    """
    marked = MARKER.sub("|", unicodedata.normalize("NFKC", text))
    return _SEPARATOR.sub("", re.sub(r"\s+", "", marked)).translate(_DASHES).lower()


def bigrams(text: str) -> Counter[str]:
    """The character bigrams of a text as `plain` has it; a single sign stands for itself."""
    one = plain(text)
    return Counter(one[i : i + 2] for i in range(len(one) - 1)) or Counter([one])


def share_of(gold: str, text: str) -> float:
    """How much of a gold quote's character bigrams a text holds, from 0 to 1."""
    wanted = bigrams(gold)
    return (wanted & bigrams(text)).total() / wanted.total()
