"""What a filing says of itself, with the place that says it; and its first pages as lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.filings.page import Page

# The card of the company stands before page 12 in every filing met; a web page holds all in one.
_FIRST_PAGES = 15
_FIRST_SIGNS = 60_000
_FLAT_LINES = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """A value read on a page; `manner` says how, where that makes it less than certain."""

    value: str
    page: int
    manner: str = ""

    @property
    def evidence(self) -> str:
        """The statement as the catalogue card shows it."""
        return f"p.{self.page}: {self.value}" + (f"（{self.manner}）" if self.manner else "")


def first_pages(pages: Sequence[Page]) -> list[Page]:
    """The pages that say who and when; of a filing in one page, its beginning."""
    kept: list[Page] = []
    room = _FIRST_SIGNS
    for page in pages[:_FIRST_PAGES]:
        if room <= 0:
            break
        kept.append(page if len(page.text) <= room else Page(page.position, page.text[:room]))
        room -= len(page.text)
    return kept


def lines_of(page: Page) -> list[str]:
    """A page's lines, or its words where line breaks became spaces."""
    lines, words = [line for line in page.text.splitlines() if line.strip()], page.text.split()
    letter_spaced = sum(len(word) == 1 for word in words) * 2 > len(words)
    return lines if len(lines) > _FLAT_LINES or letter_spaced else words


def head_of(page: Page, lines: int) -> str:
    """The first lines of a page in half width, words parted by one space."""
    text = page.text.strip().splitlines()
    found = [line for line in text if line.strip()][:lines]
    return " ".join(unicodedata.normalize("NFKC", "\n".join(found)).split())[: lines * 80]


def plain(page: Page) -> str:
    """A page's text in half width, every line closed up, words parted by one space."""
    return "\n".join(" ".join(unicodedata.normalize("NFKC", line).split()) for line in page.text.splitlines())


def first(found: Iterator[Statement]) -> Statement | None:
    """The first statement, if there is one."""
    return next(found, None)
