"""Where the cells of a file's own tables stand on its pages.

A reader writes each cell between two marks and notes its place; the marks are taken out once pages are made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.filings.page import Page, TableCell
from rag.reading.content import Content
from rag.reading.text import paginate

# Private-use signs that no filing met holds; those of a text that does are taken out.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
CELL_GAP = "  "


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with text: its first column, counted from 0, and how many it covers."""

    column: int
    text: str
    span: int = 1


@dataclass(slots=True)
class CellMarks:
    """The places of the cells marked so far, in their order."""

    places: list[tuple[int, int, Filled]] = field(default_factory=list)

    def table(self, rows: Iterator[Sequence[Filled]]) -> Iterator[str]:
        """The rows of a table, a line each, their cells between marks and two spaces apart."""
        number = self.places[-1][0] + 1 if self.places else 0
        for row, cells in enumerate(rows):
            if cells:
                self.places.extend((number, row, cell) for cell in cells)
                yield CELL_GAP.join(f"{_OPEN}{unmarked(cell.text)}{_CLOSE}" for cell in cells)

    def paginate(self, marked: str) -> Content:
        """The pages of a text with its marks taken out, each with the cells that stand on it."""
        plain = _MARKS.sub("", marked)
        bounds: list[int] = []
        for found in _MARKS.finditer(marked):
            bounds.append(found.start() - len(bounds))
        content = paginate(plain, mend_spacing=False)
        if not self.places or len(bounds) != 2 * len(self.places):
            return content
        return replace(content, pages=tuple(self._with_cells(content.pages, plain, bounds)))

    def _with_cells(self, pages: Sequence[Page], plain: str, bounds: Sequence[int]) -> Iterator[Page]:
        starts, ends = bounds[::2], bounds[1::2]
        at = 0
        for page in pages:
            first = plain.find(page.text, at)
            if first < 0:  # something was taken out of the page
                yield page
                continue
            at = first + len(page.text)
            inside = range(bisect_left(starts, first), bisect_left(starts, at))
            yield replace(
                page,
                cells=tuple(
                    TableCell(starts[k] - first, ends[k] - first, table, row, cell.column, cell.span)
                    for k in inside
                    for table, row, cell in (self.places[k],)
                    if starts[k] < ends[k] <= at
                ),
            )


def unmarked(text: str) -> str:
    """A text without signs that would pass for marks."""
    return _MARKS.sub("", text)
