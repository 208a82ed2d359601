"""Which numbered lines are headings, and how deep: told by the counts that they begin and continue.

Counts stand inside each other (第三节 › 一、 › （一） › 1、), also in the same form (11、金融工具 › 1、分类), so each
open count is kept until an outer one goes on.  A numbered row or list item fits no count, or begins one
that the next heading closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.structure.outline import Mark

_LOST = 3  # headings of a count that may be lost between two that are found, less one
_AHEAD = 400  # candidates looked at to see which count goes on


@dataclass(slots=True)
class _Count:
    """A count that is open: its level, its printed form, and the number reached."""

    level: int
    style: str
    last: int


class Numbering:
    """Follows the printed numbers through the `candidates` of one filing, in reading order."""

    def __init__(self, candidates: Sequence[Mark] = ()) -> None:
        self._candidates = candidates
        self._place = {mark.first: n for n, mark in enumerate(candidates)}
        self._open: list[_Count] = []

    def depth_of(self, mark: Mark) -> int:
        """How deep the heading stands, from 1, which from now on counts; 0 where the mark is no heading."""
        if mark.level == 1:
            self._open = [_Count(1, mark.style, mark.number)]
            return 1
        at = self._continued(mark)
        if at < 0 and not mark.weak:
            at = self._begun(mark)
        if at < 0:
            return 0
        self._open[at:] = [_Count(mark.level, mark.style, mark.number)]
        return at + 1

    def _continued(self, mark: Mark) -> int:
        """The place of the open count that the mark continues; -1 where there is none.

        The next number of the same form goes before the next of another form of its level, and before a gap.
        """
        inward = range(len(self._open) - 1, -1, -1)
        for most in (1,) if mark.weak else (1, _LOST):
            for alike in ("style", "level"):
                for k in inward:
                    count = self._open[k]
                    if getattr(count, alike) == getattr(mark, alike) and 0 < mark.number - count.last <= most:
                        return k
        if mark.weak:
            return -1
        same = [k for k in inward if self._open[k].level == mark.level and self._open[k].last < mark.number]
        return same[-1] if same and self._goes_on(mark) else -1

    def _begun(self, mark: Mark) -> int:
        """The place at which the mark opens a count; -1 where it cannot be the first of one."""
        known = any(count.level == mark.level for count in self._open)
        first = mark.number == 1 or (mark.number <= _LOST and not known)
        if not first and not self._goes_on(mark):
            return -1
        outer = sum(count.level < mark.level for count in self._open)
        inner = max(outer, self._resumed(mark, outer) + 1)
        if inner == outer:
            return outer
        around = self._open[inner - 1]
        if mark.level < around.level and mark.level < 4:
            return -1  # 一、 inside （1） numbers the rows of a table
        return outer if mark.level == 5 and around.style == mark.style else inner

    def _goes_on(self, mark: Mark) -> bool:
        """Whether the next candidate of the mark's form has the next number."""
        following = next((c for c in self._after(mark) if c.style == mark.style), None)
        return following is not None and following.number == mark.number + 1

    def _resumed(self, mark: Mark, outer: int) -> int:
        """The place of the open count, deeper than `outer`, that goes on first after the mark's own; else -1."""
        last = mark.number
        for candidate in self._after(mark):
            if candidate.level == mark.level and candidate.number == last + 1:
                last += 1
                continue
            for k in range(len(self._open) - 1, -1, -1):
                count = self._open[k]
                if count.level == candidate.level and candidate.number == count.last + 1:
                    return k if k >= outer else -1
        return -1

    def _after(self, mark: Mark) -> Iterator[Mark]:
        """The candidates between the mark and the next part of the filing."""
        start = self._place.get(mark.first, len(self._candidates)) + 1
        for candidate in self._candidates[start : start + _AHEAD]:
            if candidate.level == 1:
                return
            if not candidate.weak:
                yield candidate
