"""A page for the eye: its picture, its lines, and where on it a quote or a word stands."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.errors import UserError
from rag.filings.lines import printed_lines
from rag.filings.page import Page, Span
from rag.filings.text import squeeze, squeeze_map
from rag.reading.picture import draw_page
from rag.settings import LimitSettings
from rag.store.index import FilingIndex
from rag.store.pictures import PictureCache

# Pixels a point that pictures are drawn in: few enough that two screens share one, close enough to be sharp.
SCALES = (1.0, 1.5, 2.0, 3.0, 4.0)
# Drawings at a time: a third would only take the processor from the first two.
_AT_ONCE = 2
_AROUND = 24  # characters shown before and after a place found

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A printed line: the half-open range of the page's text, and its rectangle in points from the top left."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageMark:
    """A range of one page's text and the rectangles that paint it, one a line; none where a page has no boxes.

    `page_chars` is how much text the page has; `moved` says that the quote stands elsewhere than where it was
    looked for.
    """

    span: Span
    boxes: tuple[Box, ...]
    page_chars: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A place where words were found, with the text around it."""

    mark: PageMark
    before: str
    text: str
    after: str


class Viewer:
    """Looks at pages of the index; safe to use from several threads."""

    def __init__(self, index: FilingIndex, limits: LimitSettings, pictures: PictureCache) -> None:
        self._index = index
        self._limits = limits
        self._pictures = pictures
        self._turn = threading.Semaphore(_AT_ONCE)

    def image(self, filing_id: str, position: int, scale: float) -> bytes:
        """The page as PNG in the nearest of `SCALES` that is not coarser.

        UserError where there is no such page or it has no picture (text filings), FilingError where it
        cannot be drawn.
        """
        fine = next((one for one in SCALES if one >= scale), SCALES[-1])
        page = self._index.page(filing_id, position, boxes=False)
        if page is None or not page.width:
            raise UserError(f"这份公告没有第 {position} 页的图像。")
        kept = self._pictures.get(filing_id, position, fine)
        if kept is not None:
            return kept
        with self._turn:
            return self._pictures.get(filing_id, position, fine) or self._drawn(filing_id, position, fine)

    def pages(self, filing_id: str) -> tuple[Page, ...]:
        """All pages in order, without boxes."""
        return self._index.pages(filing_id)

    def lines(self, page: Page) -> tuple[PageLine, ...]:
        """The printed lines of a page in the order of its text; none where the page has no boxes."""
        if page.boxes is None:
            return ()
        return tuple(PageLine(start, end, _box(box)) for start, end, box in printed_lines(page.boxes))

    def mark(self, filing_id: str, span: Span, quote: str = "") -> PageMark | None:
        """Where to paint a range of a page, or the quote that stood there; None where it cannot be placed.

        A filing that was read anew may have the quote elsewhere: it is looked for on the page, then on the
        nearest others.  White space does not count.
        """
        page = self._index.page(filing_id, span.page)
        if page is not None and 0 <= span.start < span.end <= len(page.text):
            there = page.text[span.start : span.end]
            if not quote or squeeze(there) == squeeze(quote):
                return marked(page, span.start, span.end)
        wanted = _folded(quote)
        holding = self._holding(filing_id, wanted)
        if not holding:
            return None
        nearest = min(holding, key=lambda position: abs(position - span.page))
        found = next(_places(self._index.page(filing_id, nearest), wanted))
        return replace(found, moved=True)

    def find(self, filing_id: str, words: str, most: int = 200) -> tuple[Found, ...]:
        """Where a filing says the words, in its order; white space, width and capitals do not count."""
        wanted = _folded(words)
        found: list[Found] = []
        for position in self._holding(filing_id, wanted):
            page = self._index.page(filing_id, position)
            found += (_around(page.text, mark) for mark in _places(page, wanted)) if page else ()
            if len(found) >= most:
                break
        return tuple(found[:most])

    def forget(self, filing_id: str) -> None:
        """Drops what is kept of a filing's pages."""
        self._pictures.forget(filing_id)

    def _drawn(self, filing_id: str, position: int, scale: float) -> bytes:
        picture = draw_page(self._index.original_path(filing_id), position, scale, self._limits)
        self._pictures.put(filing_id, position, scale, picture)
        return picture

    def _holding(self, filing_id: str, wanted: str) -> list[int]:
        """The positions of the pages that say the folded words."""
        pages = self._index.pages(filing_id) if wanted else ()
        return [page.position for page in pages if wanted in _folded(page.text)]


def marked(page: Page, start: int, end: int) -> PageMark:
    """The range of a page with the rectangles that paint it."""
    boxes = () if page.boxes is None else printed_lines(page.boxes[start:end])
    return PageMark(Span(page.position, start, end), tuple(_box(box) for _, _, box in boxes), len(page.text))


def _folded(text: str) -> str:
    """The text squeezed, capitals made small where that keeps its length."""
    plain = squeeze(text)
    small = plain.casefold()
    return small if len(small) == len(plain) else plain


def _places(page: Page | None, wanted: str) -> Iterator[PageMark]:
    """Each place of folded words on a page."""
    if page is None:
        return
    folded, (_, origins) = _folded(page.text), squeeze_map(page.text)
    at = folded.find(wanted)
    while at >= 0:
        yield marked(page, origins[at], origins[at + len(wanted) - 1] + 1)
        at = folded.find(wanted, at + len(wanted))


def _around(text: str, mark: PageMark) -> Found:
    start, end = mark.span.start, mark.span.end
    before = " ".join(text[max(0, start - _AROUND) : start].split())
    return Found(mark, before, text[start:end], " ".join(text[end : end + _AROUND].split()))


def _box(box: object) -> Box:
    x0, y0, x1, y1 = (round(float(value), 2) for value in box)  # type: ignore[attr-defined]
    return x0, y0, x1, y1
