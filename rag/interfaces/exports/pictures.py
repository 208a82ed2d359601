"""Pictures of cited pages with the passages painted, for exports."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from rag import FilingError, UserError
from rag.interfaces.exports.content import Cited

Draw = Callable[[str, int, float], bytes]
SCALE = 1.5  # pixels a point: sharp enough in print, small enough to mail
MOST_PAGES = 12
_PAINT = (255, 214, 0, 90)


class Pictures:
    """Draws cited pages; `draw` gives a page of a filing as PNG in a scale, as `Assistant.page_image` does."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def of(self, citations: Sequence[Cited]) -> Iterator[tuple[str, bytes]]:
        """Caption and PNG of each cited page that has a picture, the cited passages painted; the first ones only."""
        pages: dict[tuple[str, int], list[Cited]] = {}
        for cited in citations:
            if cited.page is not None and cited.rects:
                pages.setdefault((cited.filing_id, cited.page), []).append(cited)
        for (filing_id, page), own in list(pages.items())[:MOST_PAGES]:
            # A text filing has no pictures, a damaged one none any more: the text stands without.
            with suppress(UserError, FilingError):
                picture = self._draw(filing_id, page, SCALE)
                numbers = "、".join(f"[{cited.number}]" for cited in own)
                yield f"{own[0].source} {own[0].page_words}：引文 {numbers}", _painted(picture, own, page)


def _painted(picture: bytes, citations: Sequence[Cited], page: int) -> bytes:
    """The picture with the rectangles of the citations on this page painted over."""
    from PIL import Image, ImageDraw

    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for cited in citations:
        for position, x0, y0, x1, y1 in cited.rects:
            if position == page:
                pen.rectangle([x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE], fill=_PAINT)
    out = io.BytesIO()
    Image.alpha_composite(image, layer).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
