"""Exact places of passage text on pages.

A passage's text keeps the non-white-space code points of its spans in order, so a range of it is placed by
counting those characters; no map is stored.
"""

from __future__ import annotations

from collections.abc import Mapping

from rag.filings.page import Span
from rag.filings.passage import Passage


def locate(passage: Passage, start: int, end: int, pages: Mapping[int, str]) -> tuple[Span, ...]:
    """The spans, one a page, where `passage.text[start:end]` stands; `pages` maps position to page text.

    Empty where the range holds no visible character.
    """
    before = _visible(passage.text[:start])
    wanted = _visible(passage.text[start:end])
    found: list[Span] = []
    for span in passage.spans:
        if wanted <= 0:
            break
        piece = pages[span.page][span.start : span.end]
        positions = [span.start + i for i, char in enumerate(piece) if not char.isspace()]
        if before >= len(positions):
            before -= len(positions)
            continue
        taken = positions[before : before + wanted]
        before = 0
        wanted -= len(taken)
        found.append(Span(span.page, taken[0], taken[-1] + 1))
    return tuple(_joined(found))


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].page == span.page:
            joined[-1] = Span(span.page, joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
