"""Running heads, feet and page numbers: what most pages repeat at one end is taken off their text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from rag.filings.page import Page
from rag.filings.tick_box import BOX_SIGNS
from rag.reading.page_marks import squeeze

_COMMON = 0.4  # share of the pages that must repeat a line; the notes may have a head of their own
_LEAST_PAGES = 3
_LEAST_CHARS = 4  # without white space: shorter openings repeat by chance
_DEPTH = 3  # lines looked at from either end of a page
_LONGEST = 60  # characters of a running head
_DIGITS = re.compile(r"\d+")
# Tick boxes end many pages, the heads of tables open many, sentences may repeat; they all say something.
_NOT_FURNITURE = re.compile(rf"[{BOX_SIGNS}]|适用|单位|项目|余额|发生额|[。；，]")
_NUMBER = re.compile(
    r"(?:第|[-—–－]|[Pp]age)?[ \t]*(\d{1,4})[ \t]*(?:页|[-—–－])?"
    r"(?:[ \t,，]*(?:/|of|[共总])[ \t]*\d{1,4}[ \t]*页?)?"
)
# Numbering may restart after an attachment: every distance between printed and real number that holds on
# this part of the pages is believed.
_NUMBERED = 0.1


@dataclass(frozen=True, slots=True)
class _Furniture:
    heads: frozenset[str]
    feet: frozenset[str]
    opening: str
    distances: frozenset[int]


def without_furniture(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages without shared heads, feet and numbers; a number taken off becomes the page's label."""
    found = _Furniture(
        heads=_repeated(pages, 1),
        feet=_repeated(pages, -1),
        opening=_shared_opening([page.text for page in pages]),
        distances=_distances(pages),
    )
    return tuple(_strip(page, found) for page in pages)


def mask(line: str) -> str:
    """`line` without white space, each number as one #: what stays the same from page to page."""
    return _DIGITS.sub("#", squeeze(line))


def _repeated(pages: tuple[Page, ...], step: int) -> frozenset[str]:
    seen = Counter(key for page in pages for key in {mask(line) for line in _end_lines(page.text, step)})
    least = max(_LEAST_PAGES, _COMMON * len(pages))
    return frozenset(key for key, count in seen.items() if count >= least and _may_repeat(key))


def _may_repeat(key: str) -> bool:
    letters = key.replace("#", "")
    return _LEAST_CHARS <= len(letters) <= _LONGEST and not _NOT_FURNITURE.search(key)


def _end_lines(text: str, step: int) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[:_DEPTH] if step > 0 else lines[-_DEPTH:]


def _distances(pages: tuple[Page, ...]) -> frozenset[int]:
    """How far printed page numbers lie from the positions of their pages."""
    seen: Counter[int] = Counter()
    for page in pages:
        ends = {*_end_lines(page.text, 1), *_end_lines(page.text, -1)}
        numbers = {number for line in ends if (number := _number(line)) is not None}
        seen.update(number - page.position for number in numbers)
    least = max(min(len(pages), _LEAST_PAGES), _NUMBERED * len(pages), 2)
    return frozenset(distance for distance, count in seen.items() if count >= least)


def _number(line: str) -> int | None:
    match = _NUMBER.fullmatch(line.strip())
    return int(match[1]) if match else None


def _strip(page: Page, found: _Furniture) -> Page:
    spans = [match.span() for match in re.finditer(r"[^\n]*[^\s][^\n]*", page.text)]
    label = page.label
    while spans and (taken := _taken(page, spans[0], found.heads, found.distances)) is not None:
        spans.pop(0)
        label = label or taken or None
    while spans and (taken := _taken(page, spans[-1], found.feet, found.distances)) is not None:
        spans.pop()
        label = label or taken or None
    start, end = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    start += _opening_length(page.text[start:end], found.opening)
    return cut_page(replace(page, label=label), start, end)


def _taken(
    page: Page, span: tuple[int, int], repeated: frozenset[str], distances: frozenset[int]
) -> str | None:
    """The page number on a line of furniture, empty where it bears none; None where the line is text."""
    line = page.text[span[0] : span[1]]
    number = _number(line)
    if number is not None and number - page.position in distances:
        return str(number)
    return "" if mask(line) in repeated else None


def cut_page(page: Page, start: int, end: int) -> Page:
    """The page with the text from `start` to `end`, white space at its ends left off, and the boxes of it."""
    kept = page.text[start:end]
    start += len(kept) - len(kept.lstrip())
    end = start + len(kept.strip())
    boxes = None if page.boxes is None else page.boxes[start:end]
    return replace(page, text=page.text[start:end], boxes=boxes)


def _shared_opening(texts: list[str]) -> str:
    """The longest opening, without white space, that two in five of texts in one line have in common."""
    starts = [squeeze(text[: 2 * _LONGEST])[:_LONGEST] for text in texts if "\n" not in text.strip()]
    least = max(_LEAST_PAGES, _COMMON * len(texts))
    for length in range(_LONGEST, _LEAST_CHARS - 1, -1):
        common = Counter(start[:length] for start in starts if len(start) >= length).most_common(1)
        if common and common[0][1] >= least:
            return common[0][0] if _may_repeat(mask(common[0][0])) else ""
    return ""


def _opening_length(text: str, opening: str) -> int:
    if not opening or not squeeze(text[: 2 * _LONGEST]).startswith(opening):
        return 0
    match = re.match(r"\s*" + r"\s*".join(map(re.escape, opening)), text)
    return match.end() if match else 0
