"""Pictures of pages become text, where the `ocr` extra is installed.

The only file that knows rapidocr.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import numpy as np

from rag.filings.page import Page
from rag.reading.pdf_lines import Boxes, lay_out
from rag.reading.picture_rules import picture_rules

DOTS_PER_INCH = 200  # below 150 small figures are misread, above 200 it only gets slower
_LEAST_SCORE = 0.5
_SAME_ROW = 0.5  # of a line's height: lines whose middles lie closer stand on one row
# A line at a time, as a batch is padded to its longest line; memory kept between lines: together a page takes
# 5.4 s of processor time where it took 8.6.
_PARAMETERS = {
    "Global.log_level": "critical",
    "Rec.rec_batch_num": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
}

Line = tuple[str, float, float, float, float]  # text, x0, y0, x1, y1 in pixels
Recognizer = Callable[[Any], list[Line]]


def recognizer() -> Recognizer | None:
    """What turns a picture (RGB array) into its lines of text; None where the extra is not installed."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params=_PARAMETERS)

    def lines(picture: Any) -> list[Line]:
        found = engine(picture[:, :, ::-1])  # it expects BGR
        if found.boxes is None:
            return []
        return [
            (text, *map(float, (*corners.min(axis=0), *corners.max(axis=0))))
            for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
            if score >= _LEAST_SCORE and text.strip()
        ]

    return lines


def recognized(page: Page, picture: Any, recognize: Recognizer) -> Page:
    """The page with the text and the lines on its picture, each text line's box shared out among its characters."""
    scale = page.width / picture.shape[1]
    rows = _rows(recognize(picture))
    text = "\n".join(line[0] for line in rows)
    if not text:
        return page
    boxes = np.concatenate([_spread(line, scale) for line in rows])[:-1]
    text, boxes = lay_out(text, boxes)
    rules, lean = picture_rules(picture, scale)
    return replace(page, text=text, origin="ocr", boxes=boxes, rules=rules, lean=lean)


def _rows(lines: list[Line]) -> list[Line]:
    """The lines from top to bottom, those of one row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line[2] + line[4]):
        last = rows[-1][-1] if rows else None
        same = last and (line[2] + line[4] - last[2] - last[4]) / 2 < _SAME_ROW * (line[4] - line[2])
        if same:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line[1])]


def _spread(line: Line, scale: float) -> Boxes:
    """A box for each character of the line, and an empty one for the line end."""
    text, x0, y0, x1, y1 = line
    widths = np.array([1.0 if ord(char) > 0xFF else 0.5 for char in text])
    edges = x0 + (x1 - x0) * np.concatenate([[0.0], np.cumsum(widths)]) / widths.sum()
    boxes = np.full((len(text) + 1, 4), np.nan, np.float32)
    boxes[:-1, 0], boxes[:-1, 2] = edges[:-1] * scale, edges[1:] * scale
    boxes[:-1, 1], boxes[:-1, 3] = y0 * scale, y1 * scale
    return boxes
