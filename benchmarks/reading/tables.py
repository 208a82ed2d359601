"""PDFs of tables whose rows are known: with and without lines, merged heads, empty cells, wrapped labels."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FONT, SIZE, HEIGHT = "STSong-Light", 8, 18
LEFT, TOP, LABEL_WIDTH, ROWS, PAGES = 40.0, 760.0, 150.0, 30, 5
Head = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its label and a figure a column, empty where the cell is."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A PDF, the words above each column, and the rows that it prints; without heads the order alone counts."""

    name: str
    data: bytes
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


def cases() -> list[Case]:
    """The statements of the invented filings, then tables drawn for this purpose."""
    plain: tuple[Head, ...] = (("本期金额",), ("上期金额",), ("变动比例",))
    merged = tuple(
        (group, leaf) for group in ("期末", "期初") for leaf in ("账面余额", "坏账准备", "账面价值")
    )
    return [
        *(
            _statements(name)
            for name in ("filings/boning_2024_half_year.pdf", "pdf/lantu_2024_half_year.pdf")
        ),
        _drawn("with lines", plain, lines=True),
        _drawn("without lines", plain, lines=False),
        _drawn("merged heads", merged, lines=True),
        _drawn("empty cells", plain, lines=True, gaps=3),
        _drawn("empty cells, no lines", plain, lines=False, gaps=3),
        _drawn("wrapped labels", plain, lines=True, long=True),
    ]


def _statements(name: str) -> Case:
    told = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["filings"]
    lines = next(filing["statements"] for filing in told if name in filing["files"])
    rows = []
    for line in lines:
        values = [Decimal(value) if value else Decimal(0) for value in line["values"].values()]
        if len(values) == 2 and all(values):
            rows.append(Row(line["label"], tuple(f"{value:,}" for value in values)))
    return Case(f"statements of {Path(name).stem}", (SAMPLES / name).read_bytes(), (), tuple(rows))


def _drawn(name: str, heads: tuple[Head, ...], *, lines: bool, gaps: int = 0, long: bool = False) -> Case:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    rows: list[Row] = []
    for page in range(PAGES):
        own = [_row(page * ROWS + n, len(heads), gaps, long) for n in range(ROWS)]
        _draw(canvas, heads, own, lines)
        canvas.showPage()
        rows += own
    canvas.save()
    return Case(name, out.getvalue(), heads, tuple(rows))


def _row(n: int, columns: int, gaps: int, long: bool) -> Row:
    label = f"第{n + 1}号项目的" + ("账面价值及其减值准备的期末余额情况说明" if long else "余额")
    figures = tuple(
        "" if gaps and (n + k) % gaps == 0 else f"{(n + 3) * 7_919 * (k + 1) + k:,}.{n % 90 + 10}"
        for k in range(columns)
    )
    return Row(label, figures)


def _draw(canvas: Canvas, heads: tuple[Head, ...], rows: list[Row], lines: bool) -> None:
    canvas.setFont(FONT, SIZE)
    width = (515.0 - LABEL_WIDTH) / len(heads)
    deep = len(heads[0])
    boxes = [((LEFT, TOP, LABEL_WIDTH, HEIGHT * deep), "项目")]
    for level in range(deep):
        k = 0
        for word, count in _groups(heads, level):
            x = LEFT + LABEL_WIDTH + k * width
            boxes.append(((x, TOP - HEIGHT * level, width * count, HEIGHT), word))
            k += count
    for n, row in enumerate(rows):
        y = TOP - HEIGHT * (deep + n)
        boxes.append(((LEFT, y, LABEL_WIDTH, HEIGHT), row.label))
        for k, figure in enumerate(row.figures):
            boxes.append(((LEFT + LABEL_WIDTH + k * width, y, width, HEIGHT), figure))
    for box, text in boxes:
        _cell(canvas, box, text, lines)


def _groups(heads: tuple[Head, ...], level: int) -> list[tuple[str, int]]:
    """The words of one level of the heads, each with the number of columns that it stands above."""
    above = Counter(head[: level + 1] for head in heads)
    return [(words[-1], count) for words, count in above.items()]


def _cell(canvas: Canvas, box: tuple[float, float, float, float], text: str, lines: bool) -> None:
    """Draws a cell from its upper left corner: figures to the right, a long label on two lines."""
    x, y, width, height = box
    if lines:
        canvas.rect(x, y - height, width, height)
    fit = int((width - 6) / SIZE)
    if text[:1].isdigit():
        canvas.drawRightString(x + width - 3, y - HEIGHT * 0.68, text)
    elif len(text) <= fit:
        canvas.drawString(x + 3, y - HEIGHT * 0.68, text)
    else:
        canvas.drawString(x + 3, y - 8.0, text[:fit])
        canvas.drawString(x + 3, y - 16.5, text[fit:])
