"""The three shapes in which text filings are met in the wild, made from one layout."""

import re
from collections.abc import Iterable
from itertools import groupby

from samples.making.typeset import Layout, Page, Run

_HALF_WIDTH = str.maketrans({"：": ":", "（": "(", "）": ")", "；": ";", "，": ",", "？": "?", "！": "!"})
_BEFORE = re.compile(r"(?<=[一-鿿])(?=[0-9])")
_BOTH = re.compile(r"(?<=[一-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[一-鿿])")


def spaced(text: str, manner: str) -> str:
    """The text with blanks between Chinese and figures as the manner wants: both, before, none."""
    pattern = {"both": _BOTH, "before": _BEFORE}.get(manner)
    return pattern.sub(" ", text) if pattern else text


def _read_across(page: Page) -> Iterable[str]:
    """The lines of a page from top to bottom, cells of one height joined: what a plain extractor sees."""
    runs = sorted(page.runs, key=lambda run: (round(run.y, 1), run.x))
    for _, line in groupby(runs, key=lambda run: round(run.y, 1)):
        yield " ".join(run.text for run in line)


def _read_by_cell(page: Page) -> Iterable[tuple[str, bool]]:
    """The lines of a page in drawing order with whether a paragraph ends; single-line cells are joined."""
    runs = page.runs
    position = 0
    while position < len(runs):
        line: list[Run] = [runs[position]]
        while (
            position + 1 < len(runs)
            and runs[position + 1].y == line[-1].y
            and runs[position + 1].x > line[-1].x
        ):
            position += 1
            line.append(runs[position])
        position += 1
        yield " ".join(run.text for run in line), line[-1].ends


def one_line(layout: Layout, head: str) -> str:
    """The filing as ONE line: line breaks are blanks, `N / M` ends a page, the running head opens the next."""
    total = len(layout.pages)
    parts: list[str] = []
    for number, page in enumerate(layout.pages, 1):
        parts += [head, *_read_across(page), f"{number} / {total}"]
    return " ".join(parts).translate(_HALF_WIDTH)


def blank_lines(layout: Layout) -> str:
    """The filing with an empty line after each line and three at a page break; no markers at all."""
    pages = ["\n\n".join(_read_across(page)) for page in layout.pages]
    return "\n" + "\n\n\n\n".join(pages) + "\n "


def few_markers(layout: Layout, kept: frozenset[int]) -> str:
    """The filing with ` N / M ` opening the kept pages and a mere blank opening the others."""
    total = len(layout.pages)
    text = ""
    for number, page in enumerate(layout.pages, 1):
        if number in kept:
            text += ("\n\n\n" if text else "") + f"\n {number} / {total} \n \n\n"
        else:
            text += "\n "
        lines = [line + (" " if ends else "") for line, ends in _read_by_cell(page)]
        text += "\n\n".join(lines)
    return text + "\n "
