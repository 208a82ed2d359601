"""What each reader makes of a PDF: its pages, and the rows of tables that its result gives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.reading.tables import Head, Row

_FIGURE = re.compile(r"[(（]?-?\d[\d,]*(?:\.\d+)?%?[)）]?")


@dataclass(frozen=True, slots=True)
class Read:
    """The number of pages, and the rows found; a row's figures stand at the place of their column."""

    pages: int
    rows: list[Row]


Reader = Callable[[bytes, Sequence[Head]], Read]


def pypdf_text(data: bytes, heads: Sequence[Head]) -> Read:
    """Pypdf: the text of each page, a row a line."""
    import pypdf

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return Read(len(pages), [row for page in pages for row in _lines(page)])


def pypdfium2_text(data: bytes, heads: Sequence[Head]) -> Read:
    """Pypdfium2: the text of each page, a row a line."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return Read(len(pages), [row for page in pages for row in _lines(page)])


def pdfplumber_tables(data: bytes, heads: Sequence[Head]) -> Read:
    """Pdfplumber: the text of each page and its tables, by lines where there are any, else by the text."""
    import pdfplumber

    by_text = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    rows: list[Row] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            for table in page.extract_tables() or page.extract_tables(by_text):
                rows += [Row(_bare(cells[0]), tuple(map(_bare, cells[1:]))) for cells in table if cells]
        return Read(len(document.pages), rows)


def ours_pages(data: bytes, heads: Sequence[Head]) -> Read:
    """Ours, reading alone: text, a box for each character, the lines drawn, labels and running heads."""
    return Read(len(_content(data).pages), [])


def ours(data: bytes, heads: Sequence[Head]) -> Read:
    """Ours: reading, then outline, tables, facts and their checks."""
    from rag.settings import Settings
    from rag.structure.parse import FileCard, parse

    content = _content(data)
    card = FileCard("0" * 64, "filing.pdf", len(data), content.numbering)
    passages = parse(card, content.pages, Settings().passages).passages
    rows = []
    for passage in passages:
        for row in passage.rows:
            words = [passage.columns[c.column].head if c.column >= 0 else "" for c in row.cells]
            rows.append(_in_columns(_bare(row.label), [_bare(cell.text) for cell in row.cells], words, heads))
    return Read(len(content.pages), rows)


def _content(data: bytes):  # type: ignore[no-untyped-def]
    from rag.reading.pdf_file import read_pdf
    from rag.settings import ReadingSettings

    return read_pdf(data, ReadingSettings(ocr="off"), 5000, lambda done, total: None)


def _in_columns(label: str, figures: Sequence[str], words: Sequence[str], heads: Sequence[Head]) -> Row:
    """The row with each figure at the place of the head that its column names; without heads in their order."""
    if not heads:
        return Row(label, tuple(figures))
    placed = [""] * len(heads)
    for n, (figure, said) in enumerate(zip(figures, words, strict=True)):
        place = next((k for k, head in enumerate(heads) if all(word in _bare(said) for word in head)), n)
        if place < len(placed):
            placed[place] = figure
    return Row(label, tuple(placed))


def _lines(page: str) -> Iterator[Row]:
    """The lines of plain text that are a label and figures; nothing tells the column of a figure but its order."""
    for line in page.splitlines():
        words = line.split()
        count = next((n for n, word in enumerate(reversed(words)) if not _FIGURE.fullmatch(word)), len(words))
        if 0 < count < len(words):
            yield Row("".join(words[:-count]), tuple(words[-count:]))


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


READERS: dict[str, Reader] = {
    "pypdf": pypdf_text,
    "pypdfium2": pypdfium2_text,
    "pdfplumber, tables": pdfplumber_tables,
    "ours, pages": ours_pages,
    "ours, tables and facts": ours,
}
