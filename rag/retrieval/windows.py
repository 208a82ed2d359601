"""Passages found are read with their neighbours under the same heading: windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.filings.passage import Passage, passage_id

# How many neighbours to each side may join; a third found no more and cost a millisecond.
NEIGHBOURS = 2


@dataclass(frozen=True)
class Window:
    """What is read and shown together: a passage found (`best`) among its neighbours, in reading order.

    `scores` are the fused scores of those of its passages that search found, by passage id; 0 to 1.
    """

    best: Passage
    passages: tuple[Passage, ...]
    scores: Mapping[str, float]

    @cached_property
    def text(self) -> str:
        """The passages' text, one below the other."""
        return "\n".join(passage.text for passage in self.passages)


def reach(ranked: Sequence[tuple[str, float]]) -> list[str]:
    """The ids of the passages found and of every neighbour that may join them."""
    found: dict[str, None] = {}
    for identity, _ in ranked:
        filing, _, ordinal = identity.rpartition("-")
        for step in range(-NEIGHBOURS, NEIGHBOURS + 1):
            if int(ordinal) + step >= 0:
                found[passage_id(filing, int(ordinal) + step)] = None
    return list(found)


def windows_of(
    ranked: Sequence[tuple[str, float]], passages: Mapping[str, Passage], most_chars: int
) -> list[Window]:
    """The passages found, best first, each with neighbours up to `most_chars`; no passage stands in two.

    A neighbour joins under the same heading only, the higher ranked one first.
    """
    rank = {identity: place for place, (identity, _) in enumerate(ranked)}
    scores = dict(ranked)
    taken: set[str] = set()
    made: list[Window] = []
    for identity, _ in ranked:
        best = passages.get(identity)
        if best is None or identity in taken:
            continue
        members = _grown(best, _Field(passages, taken, rank), most_chars)
        taken.update(passage.id for passage in members)
        held = {passage.id: scores[passage.id] for passage in members if passage.id in scores}
        made.append(Window(best, members, held))
    return made


@dataclass(frozen=True, slots=True)
class _Field:
    """The passages at hand, those already in a window, and how search ranked them (from 0)."""

    passages: Mapping[str, Passage]
    taken: set[str]
    rank: Mapping[str, int]

    def free(self, best: Passage, ordinal: int) -> Passage | None:
        """The passage at a place in the filing, if it is under the heading of `best` and in no window."""
        found = self.passages.get(passage_id(best.filing_id, ordinal))
        near = abs(ordinal - best.ordinal) <= NEIGHBOURS
        return (
            found if found and near and found.id not in self.taken and found.section == best.section else None
        )


def _grown(best: Passage, field: _Field, most_chars: int) -> tuple[Passage, ...]:
    """The passage with neighbours on both sides, as many as the characters allow."""
    members, size = [best], len(best.text)
    while True:
        sides = (field.free(best, members[0].ordinal - 1), field.free(best, members[-1].ordinal + 1))
        fitting = [p for p in sides if p is not None and size + len(p.text) <= most_chars]
        if not fitting:
            return tuple(members)
        # Equal ranks: what follows goes on with the matter, what stands before may be another.
        chosen = min(fitting, key=lambda p: (field.rank.get(p.id, len(field.rank)), -p.ordinal))
        members.insert(0 if chosen.ordinal < best.ordinal else len(members), chosen)
        size += len(chosen.text)
