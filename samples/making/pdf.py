"""A layout becomes a PDF with ruled tables, running heads, page numbers and embedded font subsets."""

from pathlib import Path
from typing import Any

from samples.making.filing import Filing
from samples.making.typeset import BODY, SIDE, Layout, Page, Run

CHINESE, LATIN = "Chinese", "Latin"
# DejaVu is broad; at this share of the size its figures match the widths the layout counted with.
LATIN_SCALE = 0.88


class FontMissingError(Exception):
    """A font file is not there; the text says what to install."""


def write_pdf(layout: Layout, filing: Filing, fonts: tuple[Path, Path], target: Path) -> None:
    """Write the filing as a PDF, the same to the byte each time."""
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    _register(fonts)
    canvas = Canvas(str(target), invariant=1, pageCompression=1)
    canvas.setTitle(filing.title)
    total = len(layout.pages)
    for number, page in enumerate(layout.pages, 1):
        canvas.setPageSize((page.width, page.height))
        _draw(canvas, page, filing.head, filing.foot.format(page=number, pages=total))
        canvas.showPage()
    canvas.save()


def _register(fonts: tuple[Path, Path]) -> None:
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

    for name, path in zip((CHINESE, LATIN), fonts, strict=True):
        if not path.is_file():
            raise FontMissingError(
                f"找不到字体文件 {path}：请先执行 apt-get install fonts-droid-fallback fonts-dejavu-core，"
                "或用 --font、--latin-font 指定 TrueType 字体。"
            )
        pdfmetrics.registerFont(TTFont(name, str(path)))


def _draw(canvas: Any, page: Page, head: str, foot: str) -> None:
    canvas.setLineWidth(0.4)
    _text(canvas, page, Run(page.width / 2, 46.0, head, 9.0, "center"))
    canvas.line(SIDE, page.height - 60.0, page.width - SIDE, page.height - 60.0)
    for left, top, right, bottom in page.boxes:
        canvas.rect(left, page.height - bottom, right - left, bottom - top)
    for run in page.runs:
        _text(canvas, page, run)
    _text(canvas, page, Run(page.width / 2, page.height - 46.0, foot, 9.0, "center"))


def _text(canvas: Any, page: Page, run: Run) -> None:
    """One line of text; its parts go to the font that has their signs."""
    pieces = _by_font(run.text)
    width = sum(_width(piece, font, run.size) for piece, font in pieces)
    left = run.x - {"left": 0.0, "right": width, "center": width / 2}[run.align]
    line = canvas.beginText(left, page.height - run.y - run.size - (BODY - run.size) / 2)
    for piece, font in pieces:
        line.setFont(font, run.size * (LATIN_SCALE if font == LATIN else 1.0))
        line.textOut(piece)
    canvas.drawText(line)


def _width(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase import pdfmetrics

    scaled = size * (LATIN_SCALE if font == LATIN else 1.0)
    return float(pdfmetrics.stringWidth(text, font, scaled))


def _by_font(text: str) -> list[tuple[str, str]]:
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(CHINESE).face.charToGlyph
    pieces: list[tuple[str, str]] = []
    for sign in text:
        font = CHINESE if ord(sign) in known else LATIN
        if pieces and pieces[-1][1] == font:
            pieces[-1] = (pieces[-1][0] + sign, font)
        else:
            pieces.append((sign, font))
    return pieces
