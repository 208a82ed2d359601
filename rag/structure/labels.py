"""Whether a row's label is whole: flattened text mixes the lines of a row's cells into it."""

from __future__ import annotations

import re

from rag.filings.lexicon import line_item_of
from rag.filings.text import squeeze

_PAIRS = ("()", "“”", "《》", "‘’")
# An aside that says how losses are printed, its end on the line below the figures.
_ASIDE_CUT = re.compile(r"\([^()]*(?:以[“\"]?[-－]?[”\"]?.{0,4})?$")
_BEGINS = re.compile(r"^[、,。;:)%”》]")
_ENDS = re.compile(r"[、,;(“《]$")
_INSIDE = re.compile(r"%\)(?=[\u4e00-\u9fff])|[\u4e00-\u9fff”]\+[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"^\D.*[。;].")


def is_broken(label: str) -> bool:
    """Whether a label is no name of a row: it begins or ends inside something, or holds pieces of sentences."""
    if line_item_of(label):
        return False
    text = _ASIDE_CUT.sub("", squeeze(label))
    if _BEGINS.search(text) or _ENDS.search(text) or _INSIDE.search(text) or _SENTENCE.match(text):
        return True
    return any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS)
