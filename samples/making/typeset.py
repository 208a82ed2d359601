"""Blocks become pages of positioned runs: one layout serves the texts and the PDFs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from samples.making.blocks import Align, Block, Break, Contents, Line, Row, Space, Table

BODY, SMALL = 10.5, 9.0
LEAD, TABLE_LEAD = 18.0, 13.0
SIDE, TOP, BOTTOM = 62.0, 78.0, 72.0
# Announcements are set larger than reports, with wider margins.
WIDE_SIDE, WIDE_LEAD = 90.0, 2.1
A4 = (595.0, 842.0)
# Signs that may not open a line: they hang over the right edge instead.
NO_START = "，。；：、！？）》”’】%％"
# Share of the type size that a sign takes when it is not a full square; measured on DejaVu Sans at 88%.
NARROW = {".": 0.28, ",": 0.28, ":": 0.3, "·": 0.28, " ": 0.28, "%": 0.84, "“": 0.46, "”": 0.46, "—": 0.88}
# An opening bracket never ends a line: it is one token with what follows.
_TOKEN = re.compile(r"[（《“‘]*(?:[0-9A-Za-z.,%+\-/@_&']+|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line at its place; `ends` marks the last line of its paragraph or cell."""

    x: float
    y: float
    text: str
    size: float
    align: Align = "left"
    ends: bool = True


@dataclass(slots=True)
class Page:
    """A page: its size, its runs in drawing order and the rectangles of its table cells."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a filing, the page of each tagged row and of each section heading (from 1)."""

    pages: list[Page]
    tags: dict[str, int]
    sections: dict[str, int]


def width_of(text: str, size: float) -> float:
    """The width of a text in points, near enough for breaking lines."""
    return size * sum(_share(sign) for sign in text)


def _share(sign: str) -> float:
    if sign in NARROW:
        return NARROW[sign]
    if ord(sign) < 0x2000:
        return 0.56 if not sign.isupper() else 0.62
    return 1.0


def wrap(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """The lines of a text; a line feed forces one; words and figures stay whole where they fit."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_wrap_part(part, width, size, indent))
    return lines


def _wrap_part(text: str, width: float, size: float, indent: float) -> list[str]:
    lines, line, room = [], "", width - indent
    for token in _fitting_tokens(text, width, size):
        if line and width_of(line + token, size) > room and token not in NO_START:
            lines.append(line.rstrip())
            line, room = "", width
        line += token if line else token.lstrip()
    return [*lines, line.rstrip()]


def _fitting_tokens(text: str, width: float, size: float) -> Iterable[str]:
    for token in _TOKEN.findall(text):
        if width_of(token, size) > width:
            yield from token
        else:
            yield token


class Typesetter:
    """Sets blocks on pages from top to bottom."""

    def __init__(self, repeat_head: bool, body: float, page_of: dict[str, int]) -> None:
        self._repeat_head = repeat_head
        self._body = body
        self._side = WIDE_SIDE if body > BODY else SIDE
        self._page_of = page_of
        self._y = 0.0
        self._landscape = False
        self._ruled = True
        self.layout = Layout([], {}, {})
        self._new_page()

    def set(self, blocks: Iterable[Block]) -> Layout:
        """The finished layout."""
        for block in blocks:
            match block:
                case Break(landscape):
                    self._landscape = landscape
                    self._new_page()
                case Line():
                    self._line(block)
                case Table():
                    self._table(block)
                case Space():
                    self._y += self._page.height / 10
                case Contents():
                    self._contents()
        return self.layout

    @property
    def _page(self) -> Page:
        return self.layout.pages[-1]

    @property
    def _room(self) -> float:
        return self._page.width - 2 * self._side

    @property
    def _floor(self) -> float:
        return self._page.height - BOTTOM

    def _new_page(self) -> None:
        width, height = reversed(A4) if self._landscape else A4
        self.layout.pages.append(Page(width, height))
        self._y = TOP

    def _line(self, line: Line) -> None:
        size = {1: 14.0, 8: 15.0, 9: 20.0}.get(line.level, self._body)
        lead = size * (WIDE_LEAD if self._body > BODY else LEAD / BODY)
        if line.level == 1:
            if self._page.runs:
                self._new_page()
            self.layout.sections[line.text] = len(self.layout.pages)
        if line.level in (2, 3) and self._y + 2 * lead > self._floor:
            self._new_page()
        indent = line.indent * size
        pieces = wrap(line.text, self._room, size, indent)
        for number, piece in enumerate(pieces):
            if self._y + lead > self._floor:
                self._new_page()
            left = self._side + (indent if number == 0 else 0.0)
            x = _anchor(line.align, left, self._page.width - self._side)
            last = number == len(pieces) - 1
            self._page.runs.append(Run(x, self._y, piece, size, line.align, last))
            self._y += lead

    def _contents(self) -> None:
        for title, page in self._page_of.items():
            dots = "." * int((self._room - width_of(title + "0000", BODY)) / (0.28 * BODY))
            self._line(Line(f"{title}{dots} {page}"))

    def _table(self, table: Table) -> None:
        self._ruled = table.ruled
        edges = [self._side]
        for width in table.widths:
            edges.append(edges[-1] + self._room * width / sum(table.widths))
        head = [row for row in table.rows if row.head]
        for row in table.rows:
            height = max(map(len, _wrapped(row, edges))) * TABLE_LEAD + 4.0
            if self._y + height > self._floor and not table.splits_rows:
                self._new_page()
                if self._repeat_head and not row.head:
                    for again in head:
                        self._row(again, edges)
            self._row(row, edges)
        self._y += 6.0

    def _row(self, row: Row, edges: list[float]) -> None:
        """Set one row; a row longer than the rest of the page runs on over the break."""
        cells = _wrapped(row, edges)
        depth = max(len(cell) for cell in cells)
        room = int((self._floor - self._y - 4.0) / TABLE_LEAD)
        if room < 1:
            self._new_page()
            room = int((self._floor - self._y - 4.0) / TABLE_LEAD)
        if row.tag:
            self.layout.tags.setdefault(row.tag, len(self.layout.pages))
        start = 0
        while start < depth:
            self._row_part(row, cells, edges, start, min(depth, start + room))
            start += room
            if start < depth:
                self._new_page()
                room = int((self._floor - self._y - 4.0) / TABLE_LEAD)

    def _row_part(self, row: Row, cells: list[list[str]], edges: list[float], start: int, end: int) -> None:
        depth = max(len(cell) for cell in cells)
        height = (end - start) * TABLE_LEAD + 4.0
        for column, lines in enumerate(cells):
            left, right = edges[column], edges[column + 1]
            align = _cell_align(row, column, lines)
            x = _anchor(align, left + 2.5, right - 2.5)
            for number, piece in enumerate(lines):
                # Cells stand in the middle of their row, so short ones fall between the lines of long ones.
                place = number + (depth - len(lines)) / 2
                if piece and start <= place < end:
                    y = self._y + 2.0 + (place - start) * TABLE_LEAD
                    ends = number == len(lines) - 1
                    self._page.runs.append(Run(x, y, piece, SMALL, align, ends))
            if self._ruled:
                self._page.boxes.append((left, self._y, right, self._y + height))
        self._y += height


def _wrapped(row: Row, edges: list[float]) -> list[list[str]]:
    columns = zip(row.cells, edges[:-1], edges[1:], strict=True)
    return [wrap(cell, right - left - 5.0, SMALL) for cell, left, right in columns]


def _anchor(align: Align, left: float, right: float) -> float:
    return {"left": left, "right": right, "center": (left + right) / 2}[align]


def _cell_align(row: Row, column: int, lines: list[str]) -> Align:
    if row.head:
        return "center"
    if column and len(lines) == 1 and re.fullmatch(r"-?[\d,]+(\.\d+)?%?|不适用|/|无", lines[0]):
        return "right"
    return "left"


def typeset(blocks: list[Block], repeat_head: bool, body: float = BODY) -> Layout:
    """The layout of a filing, set twice so that its table of contents knows the pages."""
    titles = {b.text: 0 for b in blocks if isinstance(b, Line) and b.level == 1}
    titles.pop("目录", None)
    first = Typesetter(repeat_head, body, titles).set(blocks)
    pages = {title: first.sections[title] for title in titles}
    return Typesetter(repeat_head, body, pages).set(blocks)
