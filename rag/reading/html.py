"""HTML files become text: a block a line, a table row a line with its cells two spaces apart.

The only file that knows lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rag.errors import FilingError
from rag.reading.content import Content
from rag.reading.decoding import decode
from rag.reading.marked_cells import CellMarks, Filled, unmarked

_SILENT = {"script", "style", "noscript", "template", "head", "iframe", "svg", "object"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "big",
    "em",
    "font",
    "i",
    "ins",
    "label",
    "mark",
    "nobr",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "q",
    "cite",
    "code",
    "input",
    "img",
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_LINE_SPACE = re.compile(r"[ \t\u00a0]*\n[ \t\n\u00a0]*")
_MOST_SPAN = 50


def read_html(data: bytes) -> Content:
    """The text of an HTML filing on one page, or on the pages that its text marks; `title` from its head."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = html.document_fromstring(_decoded(data).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise FilingError("HTML 文件里没有可读的内容。请重新导出后再试。") from error
    title = " ".join((root.findtext(".//title") or "").split())
    marks = CellMarks()
    text = _LINE_SPACE.sub("\n", "".join(_pieces(root, marks))).strip()
    return replace(marks.paginate(text), title=title)


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:2048])
    if named and named[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decode(data)


def _pieces(element: Any, marks: CellMarks) -> Iterator[str]:
    """The text of an element in order, a newline around each block, the cells of its tables marked."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.tag == "table" and not element.findall(".//table"):
        yield "\n" + "\n".join(marks.table(_table(element))) + "\n"
        return
    if element.tag == "input" and element.get("type", "").lower() == "checkbox":
        yield "☐" if element.get("checked") is None else "☑"
        return
    edge = "" if element.tag in _INLINE else "\n"
    yield edge
    yield _flow(element.text)
    for child in element:
        yield from _pieces(child, marks)
        yield _flow(child.tail)
    yield edge


def _flow(text: str | None) -> str:
    """Text as a browser shows it: line ends of the source are spaces, none inside Chinese."""
    if not text:
        return ""
    text = unmarked(text)
    return re.sub(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])", "", text).replace("\n", " ")


def _table(table: Any) -> Iterator[list[Filled]]:
    """The rows of a table; a cell stands once over the columns that it spans, and again in every row."""
    held: dict[int, tuple[int, Filled]] = {}  # column: rows still to fill, cell
    for row in table.iter("tr"):
        cells: list[Filled] = []
        at = 0
        for cell in row.iterchildren("td", "th"):
            at = _fill(cells, at, held)
            text = " ".join("".join(_pieces(cell, CellMarks())).split())
            cells.append(Filled(at, text, _span(cell, "colspan")))
            if (down := _span(cell, "rowspan")) > 1:
                held[at] = (down - 1, cells[-1])
            at += cells[-1].span
        _fill(cells, at, held)
        if any(cell.text for cell in cells):
            yield [cell for cell in cells if cell.text]


def _fill(cells: list[Filled], at: int, held: dict[int, tuple[int, Filled]]) -> int:
    """Adds the cells from above that stand at column `at`; the column behind them."""
    while (above := held.pop(at, None)) is not None:
        rows, cell = above
        if rows > 1:
            held[at] = (rows - 1, cell)
        cells.append(cell)
        at += cell.span
    return at


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), _MOST_SPAN) if value.isascii() and value.isdigit() and int(value) else 1
