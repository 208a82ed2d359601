"""Short names that a filing's own 释义 gives to companies: they stand for each other in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.question import Query

_FULL = re.compile(r"指,?([\u4e00-\u9fffA-Za-z()·]{4,40}?(?:有限公司|有限合伙\)?))")
SHORTEST, LONGEST = 3, 10
# Definitions are read of so many filings at most: a question routed to more names nobody in particular.
MOST_FILINGS = 3


def defined(query: Query, corpus: Corpus) -> Query:
    """The query with the short names in it that its filings define, each with what it stands for."""
    if not 0 < len(query.filing_ids) <= MOST_FILINGS:
        return query
    known: dict[str, str] = {}
    for filing_id in query.filing_ids:
        known |= definitions(passage for passage, _ in corpus.passages(filing_id))
    text = squeeze(query.text)
    issuers = {squeeze(name) for name in query.issuers}
    found = tuple((s, full) for s, full in known.items() if s in text and s not in issuers)
    return replace(query, defined=found) if found else query


def definitions(passages: Iterable[Passage]) -> dict[str, str]:
    """Full names by short name, from the passages under a heading 释义.

    In flattened text nothing parts a short name from what stands before it: it is the longest run whose
    characters stand in the full name in the same order (成都澜研 in 成都澜研软件有限公司).
    """
    found: dict[str, str] = {}
    for passage in passages:
        if any("释义" in step for step in passage.section):
            text = squeeze(passage.text)
            for match in _FULL.finditer(text):
                short = _short(text[max(0, match.start() - LONGEST) : match.start()], match[1])
                if short and short != match[1]:
                    found.setdefault(short, match[1])
    return found


def _short(before: str, full: str) -> str:
    """The longest ending of `before` that is drawn from the full name; empty where that is too short to be a name."""
    size = 0
    while size < len(before) and _drawn_from(before[len(before) - size - 1 :], full):
        size += 1
    return before[len(before) - size :] if size >= SHORTEST else ""


def _drawn_from(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in the same order."""
    rest = iter(full)
    return all(sign in rest for sign in short)
