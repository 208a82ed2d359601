"""The small numerals that number headings."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def numeral_value(text: str) -> int:
    """The value of a heading's numeral: arabic, or Chinese up to ninety-nine; 0 where it is neither."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return max(_DIGITS.find(text), 0) if len(text) == 1 else 0
    high = _DIGITS.find(tens) if tens else 1
    low = _DIGITS.find(ones) if ones else 0
    return high * 10 + low if high > 0 and low >= 0 else 0
