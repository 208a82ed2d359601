"""The lines drawn on a PDF page: borders of tables, each as a thin rectangle."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np

from rag.reading.pdf_lines import Boxes

_THICK = 3.0  # points: a path thicker than this both ways is no line
_SHORT = 4.0  # points: shorter ones are corners and dots
_HALF = 0.25  # points: half the least thickness of a line
_MOST = 20_000  # objects, and strokes of paths, looked at on one page; drawings have more, tables never
Rule = tuple[float, float, float, float]


def rules_of(page: Any) -> Boxes:
    """The lines of a page as left, top, right, bottom from below; none where it holds a drawing."""
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST:
        return np.empty((0, 4), np.float32)
    found: list[Rule] = []
    strokes = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        path = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
        wide, high = right.value - left.value, top.value - bottom.value
        if min(wide, high) <= _THICK < _SHORT < max(wide, high):
            found.append(_thin(left.value, top.value, right.value, bottom.value))
        elif max(wide, high) > _SHORT and strokes < _MOST:
            strokes += raw.FPDFPath_CountSegments(path)
            found.extend(_edges(path))
    return np.array(found, np.float32).reshape(-1, 4)


def _thin(left: float, top: float, right: float, bottom: float) -> Rule:
    """The middle line of a thin rectangle."""
    if right - left > top - bottom:
        middle = (top + bottom) / 2
        return left, middle + _HALF, right, middle - _HALF
    middle = (left + right) / 2
    return middle - _HALF, top, middle + _HALF, bottom


def _edges(path: Any) -> Iterator[Rule]:
    """The level and upright strokes of a path: the sides of a frame, the lines of a grid drawn as one."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    at = begun = (0.0, 0.0)
    for index in range(min(_MOST, raw.FPDFPath_CountSegments(path))):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        point = _point(segment, matrix)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _stroke(at, point)
        at = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _stroke(at, begun)
            at = begun


def _point(segment: Any, matrix: Any) -> tuple[float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return (
        matrix.a * x.value + matrix.c * y.value + matrix.e,
        matrix.b * x.value + matrix.d * y.value + matrix.f,
    )


def _stroke(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if min(x1 - x0, y1 - y0) < 1 and max(x1 - x0, y1 - y0) > _SHORT:
        yield _thin(x0, y1, x1, y0)
