"""Which two of the figures found for two sets of words belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from rag.answering.draft import Material
from rag.answering.figure_search import Found
from rag.checking.claim import Operand
from rag.filings.passage import Fact
from rag.filings.unit import counted_kind
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

# Figures of one row, one table or one period belong together rather than others.
SAME_ROW, SAME_PASSAGE, SAME_PERIOD = 0.3, 0.3, 0.2
# Figures looked at for each set of words.
MOST = 6

_IDENTITY = attrgetter("line_item", "label", "period", "scope", "column")


def best_pair(
    firsts: Sequence[Found], seconds: Sequence[Found], *, alike: bool = True
) -> tuple[Found, Found] | None:
    """The two that are likeliest meant together; not one figure twice, and with `alike` of one kind of unit."""
    pairs = [
        (_score(one, other), one, other)
        for one in firsts[:MOST]
        for other in seconds[:MOST]
        if are_two(one.fact, other.fact)
        and (not alike or counted_kind(one.fact.unit) == counted_kind(other.fact.unit))
    ]
    best = max(pairs, key=lambda pair: pair[0], default=None)
    return best[1:] if best is not None else None


def are_two(one: Fact, other: Fact) -> bool:
    """Whether two figures are not one and the same, printed in two places."""
    if one.cell == other.cell and one.passage_id == other.passage_id:
        return False
    return one.value != other.value if _IDENTITY(one) == _IDENTITY(other) else True


def _score(one: Found, other: Found) -> float:
    cells = bool(one.fact.column and other.fact.column)
    passage = one.fact.passage_id == other.fact.passage_id
    together = passage and one.fact.row == other.fact.row  # in one row, or one sentence
    period = bool(one.fact.period) and one.fact.period == other.fact.period
    beside = SAME_PASSAGE * (passage and (cells or together)) + SAME_ROW * together
    return one.score + other.score + beside + SAME_PERIOD * period


def in_one(query: Query, found: Sequence[Found]) -> tuple[Material, list[Operand]]:
    """The evidence of several figures laid together, and the figures as operands over it."""
    evidence: list[Evidence] = []
    operands: list[Operand] = []
    for one in found:
        quote = one.operand.quote
        piece = one.material.evidence[quote.evidence]
        if piece.passage.id not in (held.passage.id for held in evidence):
            evidence.append(piece)
        at = next(i for i, held in enumerate(evidence) if held.passage.id == piece.passage.id)
        operands.append(Operand(one.operand.fact, replace(quote, evidence=at)))
    facts = tuple(fact for one in found for fact in one.material.facts)
    return Material(query, tuple(evidence), facts), operands
