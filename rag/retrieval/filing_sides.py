"""Filings that a question names by their kind: where it looks, and what it holds against each other."""

from __future__ import annotations

from collections.abc import Sequence

from rag.filings.filing import Filing, FilingKind
from rag.filings.filing_kind import KindMention
from rag.retrieval.naming import companies
from rag.retrieval.question import Query, Side

# A full report is also named for its period (2024年中报): other filings of that period may answer too.
_FULL: frozenset[FilingKind] = frozenset({"annual", "half_year", "quarterly"})


def of_kinds(filings: Sequence[Filing], named: Sequence[KindMention]) -> list[Filing]:
    """The filings of the kinds named, each issuer that has none of them keeping all of its own."""
    kinds = {mention.kind for mention in named}
    if not kinds or kinds <= _FULL:
        return list(filings)
    kept: set[str] = set()
    for company in companies(filings):
        own = [f for f in filings if f.id in company.filing_ids]
        kept |= {f.id for f in ([f for f in own if f.kind in kinds] or own)}
    return [f for f in filings if f.id in kept]


def filing_sides(query: Query, filings: Sequence[Filing], named: Sequence[KindMention]) -> tuple[Side, ...]:
    """The filings of one issuer that a question names by two kinds or more, each as a side called in its words."""
    first = {mention.kind: mention for mention in reversed(named)}
    mentions = sorted(first.values(), key=lambda mention: mention.start)
    own = [f for f in filings if f.id in query.filing_ids]
    if len(mentions) < 2 or len(companies(own)) != 1:
        return ()
    starts = [0, *(mention.start for mention in mentions[1:]), len(query.text)]
    sides = [
        Side(mention.text, tuple(f.id for f in own if f.kind == mention.kind), query.text[start:end])
        for mention, start, end in zip(mentions, starts, starts[1:], strict=False)
    ]
    return tuple(sides) if all(side.filing_ids for side in sides) else ()
