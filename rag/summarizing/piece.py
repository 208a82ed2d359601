"""A thing that a summary may say: a trimmed sentence or a figure with its change, and what it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.checking.claim import Claim
from rag.filings.text import is_cjk, squeeze

# Half-width stops between Chinese characters, as some reports print all of them.
_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_STOP = re.compile(r"(?<=[^\x00-\x7f])[,;:?!]|(?<!\d)[,;](?=[^\x00-\x7f])|[,;:](?=[^\x00-\x7f])")
_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate: its claim ends with a full stop.

    `at` is its place in reading order: passage, offset in it, offset in the sentence.  `told` are what it
    tells of line items: `revenue` its figure, `revenue+` its change; `grams` are its character pairs, by
    which it is compared; `worth` is at least 0 and only compared within one summary.
    """

    claim: Claim
    at: tuple[int, int, int]
    section: tuple[str, ...]
    grams: frozenset[str]
    worth: float
    told: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """What it says, without markers."""
        return self.claim.text


def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters of a text, and its Latin words and figures as wholes."""
    found: set[str] = set()
    for run in _NOT_WORDS.split(squeeze(text).lower()):
        found.update(re.findall(r"[a-z0-9.%]{2,}", run))
        found.update(run[i : i + 2] for i in range(len(run) - 1) if is_cjk(run[i]) and is_cjk(run[i + 1]))
    return frozenset(found)


def full_width(text: str) -> str:
    """The text with full-width stops beside Chinese characters; figures keep their own."""
    return _HALF_STOP.sub(lambda match: _HALF[match[0]], text)
