"""Lines drawn on pages, as PDF files really draw them."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from rag.filings.page import Page
from rag.reading.pdf_file import read_pdf
from rag.settings import ReadingSettings

HEIGHT = 400


def page(draw: str, *, rotation: int = 0) -> Page:
    """A page of 300 by 400 points with a word on it and one drawing."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, HEIGHT))
    canvas.setPageRotation(rotation)
    canvas.drawString(50, 350, "word")
    canvas.setLineWidth(0.5)
    if draw == "line":
        canvas.line(50, 300, 250, 300)
    elif draw == "frame":
        canvas.rect(50, 200, 200, 100)
    elif draw == "thin rectangle":
        canvas.rect(50, 299.75, 200, 0.5, stroke=0, fill=1)
    elif draw == "filled box":
        canvas.rect(50, 200, 200, 100, stroke=0, fill=1)
    elif draw == "dot":
        canvas.rect(50, 300, 1, 1, stroke=0, fill=1)
    elif draw == "slope":
        canvas.line(50, 300, 250, 200)
    canvas.save()
    return read_pdf(out.getvalue(), ReadingSettings(ocr="off"), 10, lambda done, total: None).pages[0]


def middles(found: Page) -> list[tuple[int, int]]:
    assert found.rules is not None
    centre = (found.rules[:, :2] + found.rules[:, 2:]) / 2
    return sorted((round(float(x)), round(float(y))) for x, y in centre)


@pytest.mark.parametrize("draw", ["line", "thin rectangle"])
def test_a_line_is_read_however_it_is_drawn(draw: str) -> None:
    assert middles(page(draw)) == [(150, 100)]


def test_a_frame_gives_its_four_sides() -> None:
    assert middles(page("frame")) == [(50, 150), (150, 100), (150, 200), (250, 150)]


@pytest.mark.parametrize("draw", ["filled box", "dot", "slope"])
def test_what_is_no_line_is_left_out(draw: str) -> None:
    assert middles(page(draw)) == []


def test_lines_of_a_turned_page_stand_as_displayed() -> None:
    turned = page("line", rotation=90)
    assert turned.rules is not None
    ((x0, y0, x1, y1),) = np.round(turned.rules)
    assert (x0, x1, y1 - y0) == (300, 300, 200)


def test_without_boxes_no_lines_are_read() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(50, 350, "word")
    canvas.line(50, 300, 250, 300)
    canvas.save()
    settings = ReadingSettings(ocr="off", boxes=False)
    assert read_pdf(out.getvalue(), settings, 10, lambda done, total: None).pages[0].rules is None
