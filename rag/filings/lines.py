"""Characters of a page joined to its printed lines: what is painted, and what can be selected."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]


def printed_lines(boxes: Boxes) -> Iterator[tuple[int, int, Boxes]]:
    """For each printed line its first character, the end of its last one, and the rectangle around them.

    `boxes` are those of consecutive characters (`Page.boxes` or a part of it); the numbers count from its
    beginning, half-open.  Characters share a line while each stands right of the one before.
    """
    line: Boxes | None = None
    start = end = 0
    for index in np.flatnonzero(~np.isnan(boxes).any(axis=1)).tolist():
        box = boxes[index]
        if line is not None and _same_line(line, box):
            line, end = (
                np.concatenate([np.minimum(line[:2], box[:2]), np.maximum(line[2:], box[2:])]),
                index + 1,
            )
            continue
        if line is not None:
            yield start, end, line
        line, start, end = box, index, index + 1
    if line is not None:
        yield start, end, line


def _same_line(line: Boxes, box: Boxes) -> bool:
    """Whether a character's middle lies within the line's height and it does not jump back."""
    middle = (box[1] + box[3]) / 2
    height = line[3] - line[1]
    return bool(line[1] <= middle <= line[3] and box[0] >= line[2] - height)
