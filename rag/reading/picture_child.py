"""The child process that draws one page: an order comes in, a picture or a refusal goes out."""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from rag.reading.exchange import receive, send
from rag.reading.picture_order import Picture, PictureOrder
from rag.reading.process import bind

# Sixteen million pixels are an A4 page at five and a half pixels a point, finer than any screen.
_MOST_PIXELS = 16_000_000


def main() -> None:
    """Draws the page that the order on standard input names and answers on standard output."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever the renderer prints must not reach the answer
        order: PictureOrder = receive(sys.stdin.buffer)
        bind(order.memory_mb, order.seconds)
        send(out, _answer(order))


def _answer(order: PictureOrder) -> Picture:
    try:
        with closing(pypdfium2.PdfDocument(order.path)) as document:
            if not 1 <= order.position <= len(document):
                return Picture(refusal=f"这份公告没有第 {order.position} 页。")
            with closing(document[order.position - 1]) as page:
                return Picture(_png(_drawn(page, order.scale)))
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        return Picture(refusal=f"第 {order.position} 页画不出来（{error}）。文字和引用不受影响。")
    except MemoryError:
        return Picture(refusal=f"第 {order.position} 页太大，画不出来。文字和引用不受影响。")


def _drawn(page: Any, scale: float) -> Any:
    width, height = page.get_size()
    fitting = (_MOST_PIXELS / max(1.0, width * height)) ** 0.5
    return page.render(scale=min(scale, fitting), rev_byteorder=True).to_numpy()[:, :, :3]


def _png(pixels: Any) -> bytes:
    """The pixels as PNG; a page without colour takes one channel, a third of the bytes."""
    grey = bool(
        np.array_equal(pixels[:, :, 0], pixels[:, :, 1]) and np.array_equal(pixels[:, :, 1], pixels[:, :, 2])
    )
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, 0] if grey else pixels))
    with io.BytesIO() as out:
        image.save(out, "PNG", compress_level=6)
        return out.getvalue()


if __name__ == "__main__":
    main()
