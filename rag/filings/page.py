"""Pages of a filing as stored, and exact places on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

PageOrigin = Literal["text", "text_layer", "second_parser", "ocr"]
Numbering = Literal["printed", "inferred", "none"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that the file itself marks: code points `start`..`end` of its page's text, half-open, the number of
    its table, its row and column in it, all from 0, and how many columns it covers.
    """

    start: int
    end: int
    table: int
    row: int
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the text that quotes are cut from, and how it was got.

    `position` counts from 1 (the PDF page, the number in a text filing's page marker, or the count of
    page breaks).  `boxes` holds one rectangle a code point of `text`: float32 (len(text), 4) as
    x0, y0, x1, y1 in points, origin top left; NaN rows where a character has no place (white space).
    `rules` holds the lines drawn on the page, each a thin rectangle of the same form, as they would stand if the
    page did not lean; `lean` is the tangent by which its level lines fall to the right (scans); `cells` holds the
    cells of the tables of web pages and Word files in their order.  All three serve the reading of tables and are
    not stored.
    """

    position: int
    text: str
    label: str | None = None
    origin: PageOrigin = "text"
    width: float = 0.0
    height: float = 0.0
    boxes: NDArray[np.float32] | None = None
    rules: NDArray[np.float32] | None = None
    lean: float = 0.0
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one page's text; `page` is the page's position."""

    page: int
    start: int
    end: int
