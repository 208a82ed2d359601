"""White space between the characters of a PDF page, decided by where they stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SPACES = np.array([9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0x3000], dtype=np.uint32)
_LINE_ENDS = np.array([10, 13], dtype=np.uint32)
_NONE, _SPACE, _WIDE, _LINE = 0, 1, 2, 3
_SEPARATORS = ("", " ", "  ", "\n")
_SAME_ROW = 0.5  # share of the lower character's height that two characters of one row have in common
_APART = 0.05
_EM = 0.85  # a character's em as a part of the height of its box, which holds ascent and descent
_WIDE_EM = 1.5  # gap between the cells of a row, in em: words and figures stand closer
_TURNED = 0.3  # share of unspaced neighbours on different rows from which the text runs at an angle

Boxes = NDArray[np.float32]


def lay_out(text: str, boxes: Boxes) -> tuple[str, Boxes]:
    """The visible characters in their order, a row a line, wide gaps as two spaces; and their boxes.

    Only white space changes, as the extractor's order is what quotes are compared with.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    seen = np.flatnonzero(~np.isin(codes, _SPACES))
    if not len(seen):
        return "", np.empty((0, 4), np.float32)
    chars = [text[index] for index in seen]
    gaps = _given(codes, seen)
    placed = _placed(gaps, boxes[seen])
    parts = [_SEPARATORS[kind] for kind in [_NONE, *placed.tolist()]]
    laid = np.full((sum(map(len, parts)) + len(chars), 4), np.nan, np.float32)
    laid[np.cumsum([len(part) + 1 for part in parts]) - 1] = boxes[seen]
    return "".join(part + char for part, char in zip(parts, chars, strict=True)), laid


def _given(codes: NDArray[np.uint32], seen: NDArray[np.intp]) -> NDArray[np.int8]:
    """What the extractor put between each visible character and the next."""
    lines = np.diff(np.cumsum(np.isin(codes, _LINE_ENDS))[seen])
    given = np.where(np.diff(seen) > 1, _SPACE, _NONE)
    return np.where(lines > 0, _LINE, given).astype(np.int8)


def _placed(given: NDArray[np.int8], boxes: Boxes) -> NDArray[np.int8]:
    """`given`, corrected where the characters' places say otherwise."""
    left, right = boxes[:-1], boxes[1:]
    height = np.fmin(left[:, 3] - left[:, 1], right[:, 3] - right[:, 1])
    with np.errstate(invalid="ignore", divide="ignore"):
        shared = (np.fmin(left[:, 3], right[:, 3]) - np.fmax(left[:, 1], right[:, 1])) / height
        gap = (right[:, 0] - left[:, 2]) / (height * _EM)
        same_row, apart, wide = (shared >= _SAME_ROW) & (gap > -_SAME_ROW), shared <= _APART, gap > _WIDE_EM
    unspaced = given == _NONE
    if apart[unspaced].sum() > _TURNED * max(1, unspaced.sum()):
        return given
    placed = np.where((given == _LINE) & same_row, _SPACE, given)
    placed = np.where(same_row & wide, _WIDE, placed)
    return np.where(apart, _LINE, placed).astype(np.int8)
