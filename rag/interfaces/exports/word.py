"""An export as a Word document: footnotes for citations, a table of sources, page pictures where wanted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.interfaces.exports.content import Cited, Content, Entry
from rag.interfaces.exports.footnotes import Footnotes
from rag.interfaces.exports.markdown import pages_of
from rag.interfaces.exports.pictures import Pictures

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "宋体"
_WIDTH_CM = 15.0  # of an A4 page between its margins
_HEADS = (("文件", 4.0), ("公司", 2.2), ("报告期", 1.8), ("页", 2.6), ("文件 SHA-256", 4.4))  # widths in cm


def as_word(content: Content, pictures: Pictures | None = None) -> bytes:
    """The content as .docx; `pictures` draws the cited pages, which then follow the text."""
    document = blank(content.title, content.labels, generated=content.generated)
    notes = Footnotes(document)
    numbers: dict[int, int] = {}
    cited = {citation.number: citation for citation in content.citations}
    for entry in content.entries:
        _write_entry(document, entry, notes, numbers, cited)
    notes.close()
    if content.citations:
        _write_sources(document, content.citations)
    if pictures is not None:
        _write_pictures(document, pictures, content.citations)
    return _bytes(document)


def blank(title: str, labels: Sequence[str], *, generated: bool) -> Document:
    """A document with its title and the label of how it came about, in a font that has Chinese."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - _WIDTH_CM) / 2)
    for style in document.styles:
        fonts = style.element.find(qn("w:rPr") + "/" + qn("w:rFonts")) if hasattr(style, "font") else None
        if fonts is not None or style.name == "Normal":
            style.font.name = style.font.name or "Times New Roman"
            style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    document.add_heading(title, level=0)
    for label in labels:
        document.add_paragraph(label, style="Intense Quote")
    properties = document.core_properties
    properties.title, properties.author = title, "循据 Xunju"
    properties.comments = "；".join(labels)
    properties.keywords = "AIGC" if generated else ""
    return document


def _write_entry(
    document: Document, entry: Entry, notes: Footnotes, numbers: dict[int, int], cited: dict[int, Cited]
) -> None:
    document.add_heading(entry.question, level=1)
    for pieces in entry.paragraphs:
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece.text)
            for number in piece.numbers:
                if number in numbers:
                    notes.refer(paragraph, numbers[number])
                else:
                    numbers[number] = notes.add(paragraph, _note(cited[number]))
    for note in entry.notes:
        document.add_paragraph(note)
    made = (
        entry.label,
        entry.model and f"模型：{entry.model}",
        entry.prompt_hash and f"提示词：{entry.prompt_hash}",
    )
    run = document.add_paragraph().add_run("；".join(part for part in made if part))
    run.italic = True


def _note(cited: Cited) -> str:
    where = (cited.company or cited.title, cited.period, cited.page_words, cited.section)
    return f"{' · '.join(part for part in where if part)}：“{cited.quote}”（{cited.source}）"


def _write_sources(document: Document, citations: Sequence[Cited]) -> None:
    """One row for each file, with its hash."""
    files: dict[str, list[Cited]] = {}
    for one in citations:
        files.setdefault(one.filing_id, []).append(one)
    document.add_heading("来源", level=1)
    rows = [
        (own[0].source, own[0].company, own[0].period, pages_of(own), filing_id)
        for filing_id, own in files.items()
    ]
    write_table(document, _HEADS, rows)


def write_table(
    document: Document, heads: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]
) -> None:
    """A table with lines, its head in bold; heads come with the width of their column in cm."""
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.autofit = False
    titles = [title for title, _ in heads]
    for line in (titles, *rows):
        for cell, text, (_, width) in zip(table.add_row().cells, line, heads, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9), line is titles


def _write_pictures(document: Document, pictures: Pictures, citations: Sequence[Cited]) -> None:
    from docx.shared import Cm

    drawn = list(pictures.of(citations))
    if drawn:
        document.add_heading("引文所在的页", level=1)
    for caption, picture in drawn:
        document.add_paragraph(caption).paragraph_format.keep_with_next = True
        document.add_picture(io.BytesIO(picture), width=Cm(_WIDTH_CM))


def _bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
