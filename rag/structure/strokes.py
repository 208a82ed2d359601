"""Strokes between a row's figures: empty cells of its columns, or cells that would hold words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.structure.cells import Core
from rag.structure.columns import Head, columns_of
from rag.structure.tokens import Token

_STROKES = ("/", "不适用")  # a dash may be a figure of nought


def without_strokes(tokens: Sequence[Token], core: Core, head: Head) -> Core:
    """The core without the strokes that stand for words (`/`, `不适用`), unless they are cells of its columns.

    Strokes between figures keep their places where those before and behind stand for words.
    """
    strokes = [tokens[cell[0]].text in _STROKES for cell in core.cells]
    if core.placed or not any(strokes) or all(strokes) or columns_of(head, len(core.cells)):
        return core
    first, last = strokes.index(False), len(strokes) - strokes[::-1].index(False)
    for some in (core.cells[first:last], core.cells[first:], core.cells[:last]):
        if len(some) < len(core.cells) and columns_of(head, len(some)):
            return replace(core, cells=some)
    return replace(core, cells=tuple(c for c, stroke in zip(core.cells, strokes, strict=True) if not stroke))
