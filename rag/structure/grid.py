"""Tables by their ruling lines: the rows of figures on a page, each with its label and its columns' heads.

Ruled cells show what the order of the text does not: empty cells, labels and figures wrapped over lines,
heads over several columns. Where no lines are drawn nothing is said, and the text's own order is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.cells import Core, Placed, is_figure, is_note, is_vacant
from rag.structure.columns import is_head_word
from rag.structure.ruled import RuledCell, ruled_cells
from rag.structure.tokens import Token

_NEAR = 3.0  # points within which two sides are one
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SERIAL = re.compile(r"^[（(]?\d{1,3}[）)]?[、.．]?$")
_NO_AMOUNT = re.compile(r"代码|序号|编号|电话|邮编|编码|日期|行次|传真")
_LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows read by lines, in order of their tokens, and the tokens that stand in ruled tables."""

    cores: tuple[Core, ...] = ()
    tokens: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Heads:
    """The cells of the last head, its table's sides, to be read again where the table goes on."""

    cells: list[RuledCell] = field(default_factory=list)
    columns: set[tuple[float, float]] = field(default_factory=set)


def grid_of(pages: Iterable[Page], tokens: Sequence[Token]) -> Grid:
    """The rows of all ruled tables of a filing."""
    place = {page.position: page for page in pages if page.boxes is not None and page.rules is not None}
    found: list[Core] = []
    ruled: set[int] = set()
    heads = _Heads()
    start = 0
    for position, group in groupby(tokens, lambda token: token.page):
        inside = list(group)
        if position in place:
            for table in _tables(ruled_cells(place[position], inside, start)):
                rows = _Table(table, heads).rows()
                if rows:
                    found.extend(rows)
                    ruled.update(i for cell in table for i in cell.tokens)
        start += len(inside)
    return Grid(_in_order(found), frozenset(ruled))


def _in_order(cores: list[Core]) -> tuple[Core, ...]:
    """The rows by their tokens; one that overlaps the row before it is dropped."""
    kept: list[Core] = []
    for core in sorted(cores, key=lambda core: core.first):
        if not kept or core.first > kept[-1].last:
            kept.append(core)
    return tuple(kept)


def _tables(cells: Sequence[RuledCell]) -> Iterator[list[RuledCell]]:
    """Cells that touch each other from top to bottom; a lone column is no table."""
    table: list[RuledCell] = []
    bottom = float("-inf")
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        if table and cell.top > bottom + _NEAR:
            yield table
            table = []
            bottom = float("-inf")
        table.append(cell)
        bottom = max(bottom, cell.bottom)
    if table:
        yield table


class _Table:
    """One table of a page: its bands from top to bottom, its heads, its rows."""

    def __init__(self, cells: list[RuledCell], heads: _Heads) -> None:
        self._cells = cells
        self._left = min(cell.left for cell in cells)
        self._bands = [list(band) for _, band in groupby(cells, lambda cell: cell.top)]
        self._heads = heads

    def rows(self) -> list[Core]:
        """The rows with figures; the heads met are left for the table's rest on the next page."""
        found: list[Core] = []
        if all(len(band) < 2 for band in self._bands):
            return found
        self._take_over()
        until = float("-inf")
        for number, band in enumerate(self._bands):
            top = band[0].top
            figures = [cell for cell in band if self._is_value(cell)]
            counted = any(is_figure(cell.text) for cell in figures)
            if top < until and not (counted and top > self._bands[0][0].top):
                self._heads.cells.extend(band)
            elif not counted and self._opens_head(number, band):
                self._heads.cells = list(band)
                until = self._head_bottom(band)
            elif counted:
                until = float("-inf")
                row = self._row(band, figures)
                if row is not None:
                    found.append(row)
        return found

    def _take_over(self) -> None:
        """Drops the heads of the table before unless this one's columns are the same."""
        sides = {(cell.left, cell.right) for cell in self._cells}
        known = self._heads.columns
        shared = sum(any(_same(a, b) for b in known) for a in sides)
        if not known or shared < max(2, 0.7 * min(len(sides), len(known))):
            self._heads.cells = []
        self._heads.columns = sides

    def _is_value(self, cell: RuledCell) -> bool:
        """Whether a cell holds a figure or the sign of none, and stands right of a first column."""
        if cell.left <= self._left + _NEAR or not cell.whole:
            return False
        text = "".join(cell.text.split())
        return (is_figure(text) or is_vacant(text)) and not _YEAR.match(text)

    def _opens_head(self, number: int, band: Sequence[RuledCell]) -> bool:
        """Whether a band without figures is a head: a table's first, or one of head words inside."""
        if len(band) < 2 and band[0].left <= self._left + _NEAR:
            return False
        if number == 0 or not self._heads.cells:
            return True
        words = [squeeze(cell.text) for cell in band if cell.left > self._left + _NEAR]
        return len(words) >= 2 and all(is_head_word(word) or _YEAR.match(word) for word in words)

    def _head_bottom(self, band: Sequence[RuledCell]) -> float:
        """How far down a head goes: as far as its tallest cell."""
        return max(cell.bottom for cell in band) - _NEAR

    def _row(self, band: Sequence[RuledCell], figures: Sequence[RuledCell]) -> Core | None:
        """A band's figures with their label, None where there is none."""
        figures = sorted(figures, key=lambda cell: cell.tokens[0])
        order = [cell.left for cell in figures]
        label = self._label(band, min(order))
        if label is None or order != sorted(order):
            return None
        heads = tuple(self._head(cell) for cell in figures)
        known = [k for k, head in enumerate(heads) if not (head and _NO_AMOUNT.search(head[-1]))]
        cells = tuple((figures[k].tokens[0], figures[k].tokens[-1]) for k in known)
        if not any(is_figure("".join(figures[k].text.split())) for k in known):
            return None
        first = min([i for cell in band for i in cell.tokens if i < cells[0][0]], default=cells[0][0])
        placed = Placed(label.text, first, tuple(heads[k] for k in known))
        return Core(cells[0][0], cells[-1][1], cells, placed)

    def _label(self, band: Sequence[RuledCell], left: float) -> RuledCell | None:
        """The cell that names a band: its first of words left of the figures, else one over several bands."""
        top, bottom = band[0].top, min(cell.bottom for cell in band)
        before = [
            cell
            for cell in self._cells
            if cell.right <= left + _NEAR and cell.top <= top + _NEAR and cell.bottom >= bottom - _NEAR
        ]
        named = [cell for cell in before if not (_SERIAL.match(cell.text) or is_note(cell.text))]
        own = [cell for cell in named if cell.bottom <= bottom + _NEAR and cell.top >= top - _NEAR]
        label = next(iter(own or named or before), None)
        return label if label is not None and len(label.text) <= _LONGEST_LABEL else None

    def _head(self, figure: RuledCell) -> tuple[str, ...]:
        """The head above a figure from top to bottom; empty where it is not sure."""
        over: list[RuledCell] = []
        for cell in self._heads.cells:
            if cell.left <= figure.left + _NEAR and cell.right >= figure.right - _NEAR:
                over.append(cell)
            elif min(cell.right, figure.right) - max(cell.left, figure.left) > _NEAR:
                return ()
        return tuple(squeeze(cell.text) for cell in over)


def _same(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) <= _NEAR and abs(a[1] - b[1]) <= _NEAR
