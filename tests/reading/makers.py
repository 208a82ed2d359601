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


ROWS = (
    ("项目", "本期金额", "上期金额"),
    ("营业收入", "1,234.56", "1,000.00"),
    ("营业成本", "(77.10)", "—"),
    ("净利润", "949.15", ""),
)


def ruled(rows: Sequence[Sequence[str]] = ROWS, size: tuple[float, float] = PAGE) -> bytes:
    """A PDF of one table with lines around every cell."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.setFont(FONT, 10)
    width, top = (size[0] - 80) / len(rows[0]), size[1] - 80
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            canvas.rect(40 + k * width, top - 20 * (n + 1), width, 20)
            canvas.drawString(44 + k * width, top - 20 * n - 14, cell)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(
    data: bytes,
    *,
    password: str | None = None,
    algorithm: str = "RC4-128",
    rotate: int = 0,
    bookmark: str = "",
    attachment: str = "",
) -> bytes:
    """The PDF encrypted, turned, given a bookmark to its last page or an attachment of this name."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.rotate(rotate)
    if bookmark:
        writer.add_outline_item(title=bookmark, page_number=len(writer.pages) - 1)
    if attachment:
        writer.add_attachment(attachment, b"attached")
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def no_pages() -> bytes:
    """A PDF without a page."""
    out = io.BytesIO()
    PdfWriter().write(out)
    return out.getvalue()
