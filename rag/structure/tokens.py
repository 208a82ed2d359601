"""Pages as a run of white-space separated tokens, each with its exact place.

Tokens are the common ground of line-oriented text, PDF text and text whose line breaks became spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.filings.page import Page, Span

# A run of visible characters, cut after each sentence; the mark of a footnote (注 1) is one.
_TOKEN = re.compile(r"(?<!\S)注[ \u3000]?\d{1,2}(?!\S)|[^\s。]*。[”’」』）)]?|[^\s。]+")
# A line this much shorter than the usual line, without a closing mark, ends a paragraph.
SHORT_LINE = 0.75


@dataclass(frozen=True, slots=True)
class Token:
    """A run of visible characters; `starts_line` is true at a line's first token (unknown in flattened text).

    At a line's last token `ends_paragraph` tells that the line is short for its page, `ends_short` that it is
    short for the filing too: in a narrow column only the last line of a paragraph is the former, all are the latter.
    """

    page: int
    start: int
    end: int
    text: str
    starts_line: bool
    ends_paragraph: bool = False
    ends_short: bool = False


def tokens_of(pages: Iterable[Page]) -> list[Token]:
    """All tokens in reading order."""
    by_page = [(page, _lines(page)) for page in pages]
    usual = _usual_width([end - start for _, lines in by_page for start, end in lines])
    found: list[Token] = []
    for page, lines in by_page:
        found.extend(_page_tokens(page, lines, usual))
    return found


def _lines(page: Page) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\f\v]+", page.text) if m.group().strip()]


def _page_tokens(page: Page, lines: Sequence[tuple[int, int]], usual_of_all: int) -> list[Token]:
    usual = _usual_width([end - start for start, end in lines])
    tokens: list[Token] = []
    for start, end in lines:
        places = [m.span() for m in _TOKEN.finditer(page.text, start, end)]
        ends = len(lines) > 1 and (end - start) < SHORT_LINE * usual
        short = len(lines) > 1 and (end - start) < SHORT_LINE * max(usual, usual_of_all)
        for i, (a, b) in enumerate(places):
            last = i == len(places) - 1
            tokens.append(Token(page.position, a, b, page.text[a:b], i == 0, last and ends, last and short))
    return tokens


def _usual_width(widths: Sequence[int]) -> int:
    if not widths:
        return 0
    return sorted(widths)[int(len(widths) * 0.8)]


def spans_of(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The fewest spans that cover these tokens in order; tokens must be consecutive in their filing."""
    spans: list[Span] = []
    for token in tokens:
        if spans and spans[-1].page == token.page and token.start >= spans[-1].end:
            spans[-1] = Span(token.page, spans[-1].start, token.end)
        else:
            spans.append(Span(token.page, token.start, token.end))
    return tuple(spans)


_ASCII = re.compile(r"[\x21-\x7e]")
_WORD = re.compile(r"[A-Za-z0-9]")


def glue(left: str, right: str) -> str:
    """What stands between two tokens of one paragraph once its wraps are mended: nothing or a space."""
    if not left or not right:
        return ""
    if _WORD.match(left[-1]) and _WORD.match(right[0]):
        return " "
    if _ASCII.match(left[-1]) and _ASCII.match(right[0]) and (left[-1] in ",.:;)%" and _WORD.match(right[0])):
        return " "
    return ""
