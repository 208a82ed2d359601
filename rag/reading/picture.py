"""A page of a PDF as a picture, drawn in a child process under the limits of reading."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from rag.errors import FilingError
from rag.reading.picture_order import Picture, PictureOrder
from rag.reading.process import running
from rag.settings import LimitSettings

MOST_SECONDS = 30  # a page is drawn in a tenth of a second; one that takes this long was made to


def draw_page(path: Path, position: int, scale: float, limits: LimitSettings) -> bytes:
    """The page at a position (from 1) as PNG, in `scale` pixels a point.

    FilingError where the file is damaged or gone, has no such page, or took too much memory or time.
    """
    seconds = min(MOST_SECONDS, limits.read_seconds)
    order = PictureOrder(str(path), position, scale, limits.read_memory_mb, seconds)
    with running(_command(), seconds) as child:
        try:
            child.order(order)
            picture: Picture = child.answer()
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            _, late = child.end()
            why = f"画第 {position} 页超过 {seconds} 秒" if late else f"画第 {position} 页时程序异常退出"
            raise FilingError(f"{why}，这一页没有图像。文字和引用不受影响。") from error
    if picture.refusal:
        raise FilingError(picture.refusal)
    return picture.png


def _command() -> list[str]:
    return [sys.executable, "-m", "rag.reading.picture_child"]
