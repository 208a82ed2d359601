"""Long Chinese text in pieces that Slack takes: cut at the ends of sentences, never inside a marker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

# The end of a sentence takes its closing quotes, brackets and markers along.
_SENTENCE = re.compile(r"[^。！？!?；\n]*(?:[。！？!?；\n](?:[”’」』）)]|\[\d+\])*|$)")
_CLAUSE = re.compile(r"(?:\d[\d,.]*%?|[^，、：,\s])*(?:[，、：,\s]|$)")
# What is never cut: a marker, a figure with its separators, a Latin word.
_ATOM = re.compile(r"\[\d+\]|[-+]?\d[\d,.]*%?|[A-Za-z]+|.", re.DOTALL)

Measure = Callable[[str], int]


def pieces(text: str, most: int, measure: Measure = len) -> list[str]:
    """The text in pieces that measure at most `most` each; joined they are the text again.

    Cut at the end of a sentence; inside one that is too long alone at a comma or space, and inside a
    clause that is too long alone between two signs, but not within a marker, a figure or a word that fits.
    """
    return list(_packed(_fitting(text, most, measure, (_SENTENCE, _CLAUSE, _ATOM)), most, measure))


def _fitting(text: str, most: int, measure: Measure, cuts: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    """Parts that fit, each as long as the coarsest cut allows."""
    if not cuts:
        yield from text
        return
    for part in cuts[0].findall(text):
        if measure(part) <= most:
            yield part
        else:
            yield from _packed(_fitting(part, most, measure, cuts[1:]), most, measure)


def _packed(parts: Iterable[str], most: int, measure: Measure) -> Iterator[str]:
    """Neighbours joined while they fit together."""
    held, size = "", 0
    for part in parts:
        added = measure(part)
        if held and size + added > most:
            yield held
            held, size = "", 0
        held, size = held + part, size + added
    if held:
        yield held
