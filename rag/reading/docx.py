"""Word files become text: a paragraph a line, a table row a line with its cells two spaces apart.

The only file that knows python-docx.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from rag.errors import FilingError
from rag.reading.content import Content
from rag.reading.marked_cells import CellMarks, Filled, unmarked

_DAMAGED = "Word 文件已损坏，打不开。请用 Word 重新保存，或另存为 PDF 后再试。"
_UNPACKED_SHARE = 8  # unpacked XML needs about this many times its size in memory


def read_docx(data: bytes, memory_bytes: int) -> Content:
    """The text of a Word filing in document order, cut at its page breaks where it has any."""
    _check_unpacked(data, memory_bytes)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        marks = CellMarks()
        text = "\n".join(_lines(document, marks))
        title = (document.core_properties.title or "").strip()
    except FilingError:
        raise
    except Exception as error:  # python-docx raises whatever its XML or its zip raises
        raise FilingError(_DAMAGED) from error
    return replace(marks.paginate(text), title=title)


def _check_unpacked(data: bytes, memory_bytes: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise FilingError(_DAMAGED) from error
    if size * _UNPACKED_SHARE > memory_bytes:
        raise FilingError(
            f"Word 文件解压后有 {size // 2**20} MiB，读它会超过内存上限。"
            "请拆分文件，或调大 [limits] read_memory_mb。"
        )


def _lines(document: Any, marks: CellMarks) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from marks.table(_rows(block))
        else:
            yield unmarked(_paragraph(block))


def _paragraph(paragraph: Any) -> str:
    """The text of a paragraph, a form feed where it breaks the page."""
    breaks = paragraph._p.xpath('.//w:br[@w:type="page"]')
    before = "\f" if paragraph.paragraph_format.page_break_before else ""
    return before + str(paragraph.text) + "\f" * len(breaks)


def _rows(table: Any) -> Iterator[list[Filled]]:
    """The cells with text of each row; a merged cell stands once for all columns it covers."""
    for row in table.rows:
        cells: list[Filled] = []
        merged = groupby(enumerate(row.cells), key=lambda cell: id(cell[1]._tc))
        for covered in ([*group] for _, group in merged):
            text = " ".join(covered[0][1].text.split())
            if text:
                cells.append(Filled(covered[0][0], text, len(covered)))
        yield cells
