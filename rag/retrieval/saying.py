"""How far a text says a word: outright, or by most of its character bigrams."""

from __future__ import annotations

from collections.abc import Sequence

# A word found only in part counts this much of the share of its bigrams that is there.
PARTIAL = 0.6


def part_said(word: str, text: str) -> float:
    """The share of a word's bigrams found in the text, 0 to 1; below a half it is chance and counts nothing."""
    bigrams = [word[i : i + 2] for i in range(len(word) - 1)]
    if not bigrams:
        return 0.0
    share = sum(bigram in text for bigram in bigrams) / len(bigrams)
    return share if share >= 0.5 else 0.0


def said(text: str, words: Sequence[str]) -> float:
    """1 where the text holds one of these equal words, else a part for most of the first one's bigrams."""
    if any(word in text for word in words):
        return 1.0
    return PARTIAL * max((part_said(word, text) for word in words[:1]), default=0.0)
