"""Footnotes of a Word document, which python-docx has no names for: their part, their styles, their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTE, _MARK = "Footnote Text", "Footnote Reference"
# The two notes that Word asks for: the line above footnotes, and the one where they go on.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for number, kind, element in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


class Footnotes:
    """The footnotes of one document; numbers are those that Word counts, from 1 in the order of their marks."""

    def __init__(self, document: Document) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        self._document = document
        self._notes: list[str] = []
        note = document.styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
        note.base_style = document.styles["Normal"]
        note.font.size = Pt(9)
        mark = document.styles.add_style(_MARK, WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True

    def add(self, paragraph: Paragraph, text: str) -> int:
        """The number of a new footnote whose mark is put at the paragraph's end."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        number = len(self._notes) + 1
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        run = paragraph.add_run(style=_MARK)
        run._r.append(mark)
        self._notes.append(_note(number, text))
        return number

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """The mark of a footnote that stands already, once more."""
        paragraph.add_run(str(number), style=_MARK)

    def close(self) -> None:
        """Puts the footnotes into the document; after the last one."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        xml = f'<w:footnotes xmlns:w="{_W}">{_SEPARATORS}{"".join(self._notes)}</w:footnotes>'
        data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
        main = self._document.part
        name = PackURI("/word/footnotes.xml")
        main.relate_to(
            Part(name, CONTENT_TYPE.WML_FOOTNOTES, data, main.package), RELATIONSHIP_TYPE.FOOTNOTES
        )


def _note(number: int, text: str) -> str:
    note, mark = _NOTE.replace(" ", ""), _MARK.replace(" ", "")
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{note}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
    )
