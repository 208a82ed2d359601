"""Small files made for the tests of reading."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
PAGE = (420.0, 600.0)
BODIES = ("本公司从事软件业务。", "收入有所增长。", "费用得到控制。", "董事会批准报出。")
Placed = tuple[float, float, str]


def pdf(pages: Sequence[Sequence[Placed]], size: tuple[float, float] = PAGE) -> bytes:
    """A PDF of text at places counted from the top left, in 12 point."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for page in pages:
        canvas.setFont(FONT, 12)
        for x, y, text in page:
            canvas.drawString(x, size[1] - y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def report(count: int, *, first_label: int = 1) -> bytes:
    """A PDF with a running head and `N / M` at the foot of every page."""
    total = count + first_label - 1
    return pdf(
        [
            [
                (60, 30, "2024 年半年度报告"),
                (60, 100, BODIES[n - 1]),
                (200, 580, f"{n + first_label - 1} / {total}"),
            ]
            for n in range(1, count + 1)
        ]
    )


def written(data: bytes, *, password: str | None = None, rotate: int = 0, bookmark: str = "") -> bytes:
    """The PDF encrypted, turned or given a bookmark to its last page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.rotate(rotate)
    if bookmark:
        writer.add_outline_item(title=bookmark, page_number=len(writer.pages) - 1)
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def no_pages() -> bytes:
    """A PDF without a page."""
    out = io.BytesIO()
    PdfWriter().write(out)
    return out.getvalue()
