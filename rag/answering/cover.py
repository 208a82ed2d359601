"""How much of some words a text says, in whatever order and pieces: 存货账面余额 is said by 存货 over 账面余额."""

from __future__ import annotations

_SHORTEST = 2


def covered(words: str, text: str) -> list[bool]:
    """For each character of the words whether it stands in a run of two or more that the text holds."""
    held = [False] * len(words)
    start = 0
    while start < len(words) - 1:
        end = start + _SHORTEST
        if words[start:end] not in text:
            start += 1
            continue
        while end < len(words) and words[start : end + 1] in text:
            end += 1
        held[start:end] = [True] * (end - start)
        # The next run may begin with the last character of this one.
        start = end - 1
    return held


def cover(words: str, text: str) -> float:
    """The share of the words' characters that the text says in runs of two or more, 0 to 1."""
    return sum(covered(words, text)) / len(words) if words else 0.0


def cover_of_two(words: str, near: str, far: str, far_worth: float) -> float:
    """The share that `near` says, and at `far_worth` what only `far` does."""
    one, other = covered(words, near), covered(words, far)
    said = sum(1.0 if a else far_worth if b else 0.0 for a, b in zip(one, other, strict=True))
    return said / len(words) if words else 0.0
