"""The ruled cells of a page: which tokens stand between the same four lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.filings.page import Page
from rag.structure.tokens import Token, glue

NEAR = 3.0  # points within which two sides of cells are one
_SAME = 1.5  # points: lines closer than this are one (both sides of a border, rounding)
_REACH = 2.0  # points that a line may end before the place it bounds
_FEWEST_RULES = 4
_WIDE, _HIGH, _APART = 100.0, 20.0, 40.0  # points: what a marked cell and the gap between tables stand for
_MARGIN = 0.07  # of a page's height, at either end, where running heads and numbers stand
Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell with text: its left, top, right and bottom in points (an open side is infinite), the indexes of
    its tokens in order, its text.
    """

    page: int
    sides: tuple[float, float, float, float]
    tokens: tuple[int, ...]
    text: str

    @property
    def left(self) -> float:
        return self.sides[0]

    @property
    def top(self) -> float:
        return self.sides[1]

    @property
    def right(self) -> float:
        return self.sides[2]

    @property
    def bottom(self) -> float:
        return self.sides[3]

    @property
    def run(self) -> str:
        """Its text without the spaces that its lines' ends leave: a figure cut over lines is one again."""
        return "".join(self.text.split())

    @property
    def whole(self) -> bool:
        """Whether its tokens follow each other without others between."""
        return self.tokens[-1] - self.tokens[0] == len(self.tokens) - 1


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A page's cells in order of their first token, and how far down its other tokens stand."""

    cells: tuple[RuledCell, ...] = ()
    loose: tuple[float, ...] = ()

    def is_clear(self, top: float, bottom: float) -> bool:
        """Whether no token outside cells stands between two heights."""
        return not any(top < at < bottom for at in self.loose)


def ruled_page(page: Page, tokens: Sequence[Token], first: int) -> RuledPage:
    """The ruled cells of a page; `tokens` are the page's, the first has index `first`."""
    if page.cells:
        return _marked_page(page, tokens, first)
    if page.boxes is None or page.rules is None or len(page.rules) < _FEWEST_RULES or not tokens:
        return RuledPage(loose=(page.height / 2,))
    middles = _straight(_middles(page.boxes, tokens), page.lean)
    groups: dict[tuple[float, float, float, float], list[int]] = {}
    loose: list[float] = []
    for k, (left, top, right, bottom) in enumerate(_sides(middles, page.rules).tolist()):
        bounded = np.isfinite(left) or np.isfinite(right)
        if bounded and np.isfinite(top) and np.isfinite(bottom):
            groups.setdefault((left, top, right, bottom), []).append(k)
        elif _MARGIN * page.height < middles[k, 1] < (1 - _MARGIN) * page.height:
            loose.append(float(middles[k, 1]))
    cells = (
        RuledCell(page.position, side, tuple(first + k for k in inside), _text([tokens[k] for k in inside]))
        for side, inside in groups.items()
    )
    return RuledPage(tuple(cells), tuple(loose))


def _marked_page(page: Page, tokens: Sequence[Token], first: int) -> RuledPage:
    """The cells that a web page marks, set in a grid of even columns and rows; each table below the one before."""
    starts = [token.start for token in tokens]
    cells: list[RuledCell] = []
    loose: list[float] = []
    top, table, height = 0.0, -1, 0.0
    for cell in page.cells:
        if cell.table != table:
            top, table, height = top + height + _APART, cell.table, 0.0
            loose.append(top - _APART / 2)
        inside = range(bisect_left(starts, cell.start), bisect_left(starts, cell.end))
        sides = (
            _WIDE * cell.column,
            top + _HIGH * cell.row,
            _WIDE * (cell.column + cell.span),
            top + _HIGH * (cell.row + 1),
        )
        height = max(height, _HIGH * (cell.row + 1))
        if inside:
            text = _text([tokens[k] for k in inside])
            cells.append(RuledCell(page.position, sides, tuple(first + k for k in inside), text))
    return RuledPage(tuple(cells), tuple(loose))


def _text(tokens: Sequence[Token]) -> str:
    text = ""
    for token in tokens:
        text += glue(text, token.text) + token.text
    return text


def _middles(boxes: Floats, tokens: Sequence[Token]) -> Floats:
    """The middle of each token, (n, 2) as x and y; NaN where it has no place."""
    bounds = np.array([(token.start, token.end) for token in tokens]).ravel()
    padded = np.vstack([boxes, np.full((1, 4), np.nan)])
    low = np.fmin.reduceat(padded[:, :2], bounds, axis=0)[::2]
    high = np.fmax.reduceat(padded[:, 2:], bounds, axis=0)[::2]
    middles: Floats = (low + high) / 2
    return middles


def _straight(middles: Floats, lean: float) -> Floats:
    """Places as they would be if the page did not lean."""
    if not lean:
        return middles
    x, y = middles[:, 0], middles[:, 1]
    return np.stack([x + lean * y, y - lean * x], axis=1)


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


def is_same(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two columns, by their left and right, are one; open sides are alike."""
    return all(x == y or abs(x - y) <= NEAR for x, y in zip(a, b, strict=True))
