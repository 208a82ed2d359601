"""PDF pages through PDFium: text in its order with a box a character, in the displayed page's points.

This file and `pdf_rules` are the only ones that know pypdfium2.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import numpy as np

from rag.errors import FilingError
from rag.filings.page import Page
from rag.reading.pdf_lines import Boxes, lay_out
from rag.reading.pdf_rules import rules_of

_HYPHEN = "\ufffe"  # PDFium's stand-in for a hyphen that it takes for a word break; often a minus sign
_TAIL = 4096  # bytes at the end of a PDF in which its end mark must stand
Progress = Callable[[int, int], None]


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """The PDFium document of `data`; FilingError where it is encrypted, cut off or damaged."""
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise FilingError("PDF 文件不完整（结尾缺失，可能下载中断）。请重新下载后再试。")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FilingError("PDF 文件已加密，需要密码才能打开。请先另存为无密码的 PDF 再试。") from error
        raise FilingError("PDF 文件已损坏，打不开。请重新下载或重新导出后再试。") from error
    with closing(document):
        yield document


def read_pages(document: Any, *, boxes: bool, progress: Progress) -> list[Page]:
    """Every page with its text and, if wanted, the box of each character."""
    count = len(document)
    pages = []
    for index in range(count):
        pages.append(_read_page(document, index, boxes))
        progress(index + 1, count)
    return pages


def render(document: Any, position: int, dots_per_inch: int) -> Any:
    """A picture of the page as an RGB array (height, width, 3)."""
    with closing(document[position - 1]) as page:
        return page.render(scale=dots_per_inch / 72, rev_byteorder=True).to_numpy()[:, :, :3]


def _read_page(document: Any, index: int, boxes: bool) -> Page:
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise FilingError(f"PDF 第 {index + 1} 页已损坏，读不出来。请重新下载或重新导出后再试。") from error
    with closing(page), closing(page.get_textpage()) as text_page:
        width, height = page.get_size()
        text, raw = _characters(text_page)
        text, places = lay_out(text, _displayed(raw, page))
        rules = _displayed(rules_of(page), page) if boxes and text else None
    return Page(
        position=index + 1,
        text=text,
        origin="text_layer",
        width=width,
        height=height,
        boxes=places if boxes and text else None,
        rules=rules,
    )


def _characters(text_page: Any) -> tuple[str, Boxes]:
    """The characters of a page and their boxes as PDFium has them: left, top, right, bottom from below."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    rects = (raw.FS_RECTF * max(1, count))()
    read = raw.FPDFText_GetLooseCharBox
    for index in range(count):
        read(text_page, index, ctypes.byref(rects[index]))
    places = np.frombuffer(rects, dtype=np.float32).reshape(-1, 4)[:count].copy()
    text = text_page.get_text_range() if count else ""
    if len(text) != count:
        text = "".join(map(_character, (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))))
    return text.replace(_HYPHEN, "-").replace("\x02", "-").replace("\x00", " "), places


def _character(code: int) -> str:
    """One character for one code; a lone surrogate cannot be stored."""
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF else "\ufffd" if code else " "


def _displayed(raw_boxes: Boxes, page: Any) -> Boxes:
    """The boxes in the page as displayed (rotated, cropped), origin top left; NaN where there is none."""
    left, bottom, right, top = page.get_bbox()
    x0, y1, x1, y0 = raw_boxes.T
    across, up = (x0 - left, right - x1), (y0 - bottom, top - y1)  # distance from either side
    turned = {
        0: (across[0], up[1], x1 - left, top - y0),
        90: (up[0], across[0], y1 - bottom, x1 - left),
        180: (across[1], up[0], right - x0, y1 - bottom),
        270: (up[1], across[1], top - y0, right - x0),
    }[page.get_rotation() % 360]
    boxes = np.stack(turned, axis=1).astype(np.float32)
    boxes[(boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])] = np.nan
    return boxes
