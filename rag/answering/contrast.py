"""Two things that a question sets against each other in words: what is different between A and B."""

from __future__ import annotations

import re

from rag.answering.relevance import Need
from rag.filings.text import squeeze

_DIFFERENT = r"(?:不一样|不同|区别|差异|差别|分工|异同)"
_TWO = re.compile(
    r"(?P<a>[^,，。;；?？:：]{2,20}?)(?:和|与|跟|同|及|、)(?P<b>[^,，。;；?？和与跟]{2,20}?)"
    rf"(?P<what>(?:[,，]|的|之间|在)[^。;；?？]{{0,20}}?|)(?:有)?(?:什么|啥|何|哪些)?{_DIFFERENT}"
)


def asks_contrast(question: str) -> bool:
    """Whether it is asked what is different."""
    return bool(re.search(_DIFFERENT, question))


def needs_contrasted(question: str, needs: tuple[Need, ...]) -> list[tuple[Need, ...]]:
    """The needs of each of the two things, those of what is asked about both included; empty where it names no two."""
    found = _TWO.search(question)
    if found is None:
        return []
    first, second = _said_in(found["a"], needs), _said_in(found["b"], needs)
    # What both are called after tells neither from the other.
    own = [tuple(n for n in first if n not in second), tuple(n for n in second if n not in first)]
    if not all(own):
        return []
    shared = tuple(need for need in needs if need not in first and need not in second)
    return [(*mine, *shared) for mine in own]


def _said_in(words: str, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs that the words name."""
    text = squeeze(words).lower()
    return tuple(need for need in needs if any(word in text for word in (*need.words[:1], *need.said)))
