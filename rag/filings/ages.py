"""Ages of balances as words give them: 1年以内, 1至2年, 三年以上."""

from __future__ import annotations

import re

from rag.filings.text import squeeze

# Years from and to, the second not included.
Span = tuple[int, int]
UNBOUND = 99
_YEARS = {word: number for number, word in enumerate("一二三四五六七八九", 1)}
_Y = r"([1-9一二三四五六七八九])"
_SPAN = re.compile(rf"{_Y}年?(?:至|到|-|－|—|～|~){_Y}年")
_BOUND = re.compile(rf"{_Y}年(以上|以内)")


def span_of(words: str) -> Span | None:
    """The last ages that words name, in years from and to; a row's label may begin with those it is a part of."""
    found = [(m.start(), (_year(m[1]), _year(m[2]))) for m in _SPAN.finditer(squeeze(words))]
    for match in _BOUND.finditer(squeeze(words)):
        year = _year(match[1])
        found.append((match.start(), (year, UNBOUND) if match[2] == "以上" else (0, year)))
    return max(found)[1] if found else None


def _year(word: str) -> int:
    return _YEARS.get(word) or int(word)
