"""The rows of figures of a filing's ruled tables.

Ruled cells show what the order of the text does not: empty cells, labels and figures wrapped over lines,
heads over several columns. Where no lines are drawn nothing is said, and the text's own order is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import isfinite
from statistics import median

from rag.filings.page import Page
from rag.structure.cells import Core
from rag.structure.ruled import NEAR, RuledCell, RuledPage, is_same, ruled_page
from rag.structure.ruled_table import Before, RuledTable
from rag.structure.tokens import Token


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows read by lines, in order of their tokens, and the tokens that stand in ruled tables."""

    cores: tuple[Core, ...] = ()
    tokens: frozenset[int] = frozenset()


def grid_of(pages: Iterable[Page], tokens: Sequence[Token]) -> Grid:
    """The rows of all ruled tables of a filing."""
    drawn = (page for page in pages if page.cells or (page.boxes is not None and page.rules is not None))
    place = {page.position: page for page in drawn}
    found: list[Core] = []
    ruled: set[int] = set()
    before = Before()
    start = 0
    for position, group in groupby(tokens, lambda token: token.page):
        inside = list(group)
        page = ruled_page(place[position], inside, start) if position in place else RuledPage()
        scanned = position in place and place[position].origin == "ocr"
        for found_cells in _tables(page.cells):
            cells = _aligned(found_cells, before.sides) if scanned else found_cells
            table = RuledTable(cells, page, before)
            rows = table.rows()
            if table.cut and found and found[-1] is before.row:
                found[-1:] = _without(found[-1], table.cut)
            before = table.left_over(rows)
            found.extend(rows)
            ruled.update(i for cell in cells for i in cell.tokens if rows)
        start += len(inside)
    return Grid(_in_order(found), frozenset(ruled))


def _aligned(cells: list[RuledCell], before: Collection[tuple[float, float]]) -> list[RuledCell]:
    """A scan's cells, moved to the columns of the table before where those stand alike: no two pages lie the same."""
    columns, known = sorted({(cell.left, cell.right) for cell in cells}), sorted(before)
    moves = [a - b for pair in zip(columns, known, strict=False) for a, b in zip(*pair, strict=True)]
    if len(columns) != len(known) or not all(map(isfinite, moves)) or max(moves) - min(moves) > NEAR:
        return cells
    move = median(moves)
    return [
        replace(cell, sides=(cell.left - move, cell.top, cell.right - move, cell.bottom)) for cell in cells
    ]


def _without(row: Core, cut: Sequence[RuledCell]) -> list[Core]:
    """A page's last row without the figures that go on in `cut`, the first cells of the next page."""
    if row.placed is None:
        return [row]
    kept = [
        k
        for k, (left, right) in enumerate(row.placed.sides)
        if not any(is_same((left, right), (cell.left, cell.right)) for cell in cut)
    ]
    if not kept:
        return []
    cells = tuple(row.cells[k] for k in kept)
    placed = replace(
        row.placed,
        heads=tuple(row.placed.heads[k] for k in kept),
        sides=tuple(row.placed.sides[k] for k in kept),
    )
    return [Core(cells[0][0], cells[-1][1], cells, placed)]


def _in_order(cores: list[Core]) -> tuple[Core, ...]:
    """The rows by their tokens; one that overlaps the row before it is dropped."""
    kept: list[Core] = []
    for core in sorted(cores, key=lambda core: core.first):
        if not kept or core.first > kept[-1].last:
            kept.append(core)
    return tuple(kept)


def _tables(cells: Sequence[RuledCell]) -> Iterator[list[RuledCell]]:
    """Cells that touch each other from top to bottom."""
    table: list[RuledCell] = []
    bottom = float("-inf")
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        if table and cell.top > bottom + NEAR:
            yield table
            table = []
            bottom = float("-inf")
        table.append(cell)
        bottom = max(bottom, cell.bottom)
    if table:
        yield table
