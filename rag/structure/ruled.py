"""The ruled cells of a page: which tokens stand between the same four lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.filings.page import Page
from rag.structure.tokens import Token, glue

_SAME = 1.5  # points: lines closer than this are one (both sides of a border, rounding)
_REACH = 2.0  # points that a line may end before the place it bounds
_FEWEST_RULES = 4
Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell with text: its sides in points (an open side is infinite), its token indexes in order, its text."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    tokens: tuple[int, ...]
    text: str

    @property
    def whole(self) -> bool:
        """Whether its tokens follow each other without others between."""
        return self.tokens[-1] - self.tokens[0] == len(self.tokens) - 1


def ruled_cells(page: Page, tokens: Sequence[Token], first: int) -> list[RuledCell]:
    """The cells of a page in order of their first token; `tokens` are the page's, the first has index `first`."""
    if page.boxes is None or page.rules is None or len(page.rules) < _FEWEST_RULES or not tokens:
        return []
    sides = _sides(_middles(page.boxes, tokens), page.rules)
    groups: dict[tuple[float, float, float, float], list[int]] = {}
    for k, side in enumerate(sides.tolist()):
        left, top, right, bottom = side
        bounded = np.isfinite(left) or np.isfinite(right)
        if bounded and np.isfinite(top) and np.isfinite(bottom):
            groups.setdefault((left, top, right, bottom), []).append(k)
    return [
        RuledCell(
            page.position,
            left,
            top,
            right,
            bottom,
            tuple(first + k for k in inside),
            _text([tokens[k].text for k in inside]),
        )
        for (left, top, right, bottom), inside in groups.items()
    ]


def _text(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        text += glue(text, part) + part
    return text


def _middles(boxes: Floats, tokens: Sequence[Token]) -> Floats:
    """The middle of each token, (n, 2) as x and y; NaN where it has no place."""
    bounds = np.array([(token.start, token.end) for token in tokens]).ravel()
    padded = np.vstack([boxes, np.full((1, 4), np.nan)])
    low = np.fmin.reduceat(padded[:, :2], bounds, axis=0)[::2]
    high = np.fmax.reduceat(padded[:, 2:], bounds, axis=0)[::2]
    middles: Floats = (low + high) / 2
    return middles


def _sides(middles: Floats, rules: Floats) -> Floats:
    """The nearest lines left of, above, right of and below each place; infinite where there is none."""
    level = (rules[:, 2] - rules[:, 0]) > (rules[:, 3] - rules[:, 1])
    across, upright = rules[level], rules[~level]
    x, y = middles[:, 0], middles[:, 1]
    above, below = _nearest(y, x, _snapped((across[:, 1] + across[:, 3]) / 2), across[:, 0], across[:, 2])
    left, right = _nearest(x, y, _snapped((upright[:, 0] + upright[:, 2]) / 2), upright[:, 1], upright[:, 3])
    return np.stack([left, above, right, below], axis=1)


def _nearest(at: Floats, along: Floats, lines: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """The nearest line before and after each place among the lines that pass it."""
    passing = (start - _REACH <= along[:, None]) & (along[:, None] <= end + _REACH)
    before = np.where(passing & (lines <= at[:, None]), lines, -np.inf).max(axis=1, initial=-np.inf)
    after = np.where(passing & (lines > at[:, None]), lines, np.inf).min(axis=1, initial=np.inf)
    return before, after


def _snapped(values: Floats) -> Floats:
    """Values that lie next to each other made one."""
    if not len(values):
        return values
    order = np.argsort(values)
    group = np.concatenate([[0], np.cumsum(np.diff(values[order]) > _SAME)])
    starts = np.flatnonzero(np.concatenate([[True], np.diff(group) > 0]))
    snapped = np.empty_like(values)
    snapped[order] = values[order][starts][group]
    return snapped
