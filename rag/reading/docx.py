"""Word files become text: a paragraph a line, a table row a line with its cells two spaces apart.

The only file that knows python-docx.  It opens the file; the text is taken from the XML, as python-docx
leaves out content controls, symbols and list numbers, which hold headings and ticked boxes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rag.errors import FilingError
from rag.reading.content import Content
from rag.reading.docx_numbers import ListNumbers
from rag.reading.docx_xml import attribute, name, named
from rag.reading.marked_cells import CELL_GAP, CellMarks, Filled, unmarked

_DAMAGED = "Word 文件已损坏，打不开。请用 Word 重新保存，或另存为 PDF 后再试。"
_UNPACKED_SHARE = 8  # unpacked XML needs about this many times its size in memory
# What holds blocks or runs without being one.
_HOLDERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "r"}
_HOLDERS |= {"AlternateContent", "Choice", "drawing", "inline", "anchor", "graphic", "graphicData"}
_HOLDERS |= {"wsp", "txbx", "pict", "shape", "rect", "textbox", "fldChar", "ffData"}
_SIGNS = {"tab": CELL_GAP, "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": "\f"}
_SYMBOLS = 0xF000  # the private use area in which symbol fonts keep their signs
_BREAKS = re.compile(r"\f\s*(?=\f)")


def read_docx(data: bytes, memory_bytes: int) -> Content:
    """The text of a Word filing in document order, cut where Word last broke the pages, or at its own breaks."""
    _check_unpacked(data, memory_bytes)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        text = _BREAKS.sub("", "\n".join(reader.lines()))
        title = (document.core_properties.title or "").strip()
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises whatever its XML or its zip raises
        raise FilingError(_DAMAGED) from error
    return replace(reader.marks.paginate(text), title=title)


def _check_unpacked(data: bytes, memory_bytes: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FilingError(_DAMAGED) from error
    if size * _UNPACKED_SHARE > memory_bytes:
        raise FilingError(
            f"Word 文件解压后有 {size // 2**20} MiB，读它会超过内存上限。"
            "请拆分文件，或调大 [limits] read_memory_mb。"
        )


class _Reader:
    """Walks one document in its order."""

    def __init__(self, document: Any) -> None:
        self.marks = CellMarks()
        self._body = document.element.body
        self._numbers = ListNumbers(document)
        self._broken = False

    def lines(self) -> Iterator[str]:
        return self._blocks(self._body)

    def _blocks(self, holder: Any) -> Iterator[str]:
        for element in holder:
            kind = name(element)
            if kind == "p":
                yield unmarked(self._paragraph(element))
            elif kind == "tbl":
                yield from self._table(element)
            elif kind in _HOLDERS:
                yield from self._blocks(element)

    def _paragraph(self, paragraph: Any) -> str:
        """The text of a paragraph behind its list number, a form feed where it breaks the page."""
        own = next(named(paragraph, "pPr"), None)
        before = "\f" if own is not None and next(named(own, "pageBreakBefore"), None) is not None else ""
        after = "\f" if own is not None and _ends_section(own) else ""
        return before + self._numbers.of(paragraph) + "".join(self._runs(paragraph)) + after

    def _runs(self, holder: Any) -> Iterator[str]:
        for element in holder:
            kind = name(element)
            if kind == "txbxContent":
                yield "\n" + "\n".join(self._blocks(element)) + "\n"
            elif kind in _HOLDERS:
                yield from self._runs(element)
            else:
                yield _sign(element, kind)

    def _table(self, table: Any) -> Iterator[str]:
        """The rows of a table, a form feed before one in which Word broke the page."""
        for line in self.marks.table(self._rows(table)):
            yield "\f" + line if self._broken else line
            self._broken = False

    def _rows(self, table: Any) -> Iterator[list[Filled]]:
        """The cells with text of each row; one merged over rows is repeated, one over columns stands once for all."""
        above: dict[int, str] = {}
        for row in named(table, "tr"):
            cells, column = list[Filled](), 0
            for cell in _cells(row):
                text = (
                    above.get(column, "")
                    if _goes_on(cell)
                    else " ".join("\n".join(self._inner(cell)).split())
                )
                above[column] = text
                if text:
                    cells.append(Filled(column, text, _columns(cell)))
                column += _columns(cell)
            self._broken |= next(named(row, "lastRenderedPageBreak"), None) is not None
            yield cells

    def _inner(self, cell: Any) -> Iterator[str]:
        """The paragraphs of a cell, those of a table inside it too."""
        for element in cell:
            if name(element) == "p":
                yield self._paragraph(element)
            elif name(element) in _HOLDERS | {"tbl", "tr", "tc"}:
                yield from self._inner(element)


def _sign(element: Any, kind: str) -> str:
    """The text that an element of a run stands for; a form feed for a break of the page."""
    if kind == "t":
        return element.text or ""
    if kind == "sym":
        return chr(int(attribute(element, "char") or "20", 16) & 0x0FFF | _SYMBOLS)
    if kind == "checkBox":
        return "☑" if _is_ticked(element) else "☐"
    if kind == "br":
        return "\f" if attribute(element, "type") == "page" else "\n"
    return _SIGNS.get(kind, "")


def _ends_section(own: Any) -> bool:
    """Whether a paragraph is the last of a section that the next does not follow on the same page."""
    section = next(named(own, "sectPr"), None)
    kind = next(named(section, "type"), None) if section is not None else None
    return section is not None and (kind is None or attribute(kind, "val") != "continuous")


def _is_ticked(box: Any) -> bool:
    """Whether the check box of a form is ticked, by its reader or from the start."""
    state = next(named(box, "checked"), None)
    if state is None:
        state = next(named(box, "default"), None)
        return state is not None and attribute(state, "val") in ("1", "true")
    return attribute(state, "val") not in ("0", "false")


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if name(element) == "tc":
            yield element
        elif name(element) in _HOLDERS:
            yield from _cells(element)


def _columns(cell: Any) -> int:
    """How many columns a cell covers."""
    span = next(named(cell, "gridSpan"), None)
    count = attribute(span, "val") if span is not None else ""
    return int(count) if count.isdigit() else 1


def _goes_on(cell: Any) -> bool:
    """Whether a cell continues the one above it."""
    merge = next(named(cell, "vMerge"), None)
    return merge is not None and attribute(merge, "val") in ("", "continue")
