"""Short verbatim quotes around a figure: what gold evidence may hold of a page."""

from __future__ import annotations

import re
from decimal import Decimal

from eval.scoring.wording import squeezed

QUOTE_CHARS = 60  # the most that gold may copy of a filing
_BEFORE = 40  # of them before the figure, where its label stands


def quote_around(text: str, figure: str) -> str | None:
    """At most 60 characters, white space left out, around the figure's first occurrence; None if it has none.

    A figure that is part of a longer one is no occurrence.
    """
    pattern = r"\s*".join(map(re.escape, "".join(figure.split())))
    found = re.search(rf"(?<![\d,.]){pattern}(?![\d,]|\.\d)", text) if pattern else None
    if found is None:
        return None
    plain = squeezed(text)
    if len(plain) <= QUOTE_CHARS:
        return plain
    start, end = len(squeezed(text[: found.start()])), len(squeezed(text[: found.end()]))
    first = _whole(plain, max(start - _BEFORE, 0))
    return plain[first : first + QUOTE_CHARS] if end - first <= QUOTE_CHARS else None


def printed_forms(value: Decimal) -> tuple[str, ...]:
    """How a figure may be printed: with separators, without, and a loss in brackets."""
    forms = (f"{value:,f}", f"{value:f}")
    bracketed = (f"({abs(value):,f})",) if value < 0 else ()
    return tuple(dict.fromkeys((*forms, *bracketed)))


def _whole(text: str, start: int) -> int:
    """The place moved on to where no figure is cut in two."""
    while 0 < start < len(text) and re.match(r"[\d.,]", text[start]) and re.match(r"[\d.,]", text[start - 1]):
        start += 1
    return start
