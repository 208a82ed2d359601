"""The lines drawn on a page that is only a picture: borders of tables, and how far the scan leans."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf_lines import Boxes

_DARK = 150  # of 255: ink and drawn lines are darker, paper and shaded cells lighter
_STRIP = 16  # pixels: a line is looked for in strips this long, longer than most strokes of characters
_INKED = 0.8  # share of a strip's pixels that are ink where a line runs through it
_SHORTEST = 5  # strips: what is shorter is a stroke
_MOST_LEAN = 0.03  # scans lean less than this, as the tangent
_LEANS = np.linspace(-_MOST_LEAN, _MOST_LEAN, 61)
_HALF = 0.25  # points: half the thickness that a line is given
_LEAST_DRAWN = 4 * _SHORTEST  # strips on a page that make it worth asking how far it leans
Strips = NDArray[np.bool_]


def picture_rules(picture: NDArray[np.uint8], scale: float) -> tuple[Boxes, float]:
    """The lines of an RGB picture as left, top, right, bottom in points, and the lean of the scan.

    The lean is the tangent of the angle by which level lines fall to the right; the lines are given as
    they stand once it is taken off. `scale` is points a pixel.
    """
    dark = picture.min(axis=2) < _DARK
    level, upright = _strips(dark), _strips(dark.T)
    lean = _lean(level)
    found = [(x0, y - _HALF, x1, y + _HALF) for x0, x1, y in _lines(level, lean, scale)]
    found += [(x - _HALF, y0, x + _HALF, y1) for y0, y1, x in _lines(upright, -lean, scale)]
    return np.array(found, np.float32).reshape(-1, 4), lean


def _strips(dark: NDArray[np.bool_]) -> Strips:
    """For each row of pixels the strips that a line runs through, one row of slack to either side."""
    count = dark.shape[1] // _STRIP
    shares = dark[:, : count * _STRIP].reshape(len(dark), count, _STRIP).mean(axis=2)
    inked: Strips = shares >= _INKED
    return inked


def _lean(level: Strips) -> float:
    """The lean under which the strips fall into the fewest rows."""
    if level.sum() < _LEAST_DRAWN:
        return 0.0
    rows, columns = np.nonzero(level)
    along = (columns + 0.5) * _STRIP
    scores = [_crowding(rows - lean * along) for lean in _LEANS]
    return float(_LEANS[int(np.argmax(scores))])


def _crowding(rows: NDArray[np.floating]) -> int:
    _, counts = np.unique(np.round(rows), return_counts=True)
    return int((counts.astype(np.int64) ** 2).sum())


def _lines(strips: Strips, lean: float, scale: float) -> Iterator[tuple[float, float, float]]:
    """Start, end and height of each line, in points, the lean taken off."""
    rows, columns = np.nonzero(strips)
    straight = np.round(rows - lean * (columns + 0.5) * _STRIP).astype(int)
    if not len(straight):
        return
    lowest = int(straight.min())
    page = np.zeros((int(straight.max()) - lowest + 3, strips.shape[1]), dtype=bool)
    for shift in (0, 1, 2):  # what the lean leaves uneven by a pixel is one line
        page[straight - lowest + shift, columns] = True
    for row in np.flatnonzero(page.sum(axis=1) >= _SHORTEST):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], page[row], [False]]).astype(np.int8)))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start >= _SHORTEST:
                yield start * _STRIP * scale, end * _STRIP * scale, (row - 1 + lowest) * scale
