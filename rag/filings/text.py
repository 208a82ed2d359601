"""Text with white space and width differences taken out, and the way back to the original.

Filings wrap lines inside words and figures, letter-space headings and mix half and full width; two
pieces of text are compared squeezed, and quoted as they stand.
"""

from __future__ import annotations

import unicodedata

# Signs without width that PDF text layers and web pages leave between characters.
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class _Squeezed(dict[int, str]):
    """What each code point becomes; filled as text is met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))
        kept = "".join(sign for sign in folded if not sign.isspace() and sign not in _WIDTHLESS)
        self[code] = kept
        return kept


_SQUEEZED = _Squeezed()


def squeeze(text: str) -> str:
    """The text in NFKC, one code point at a time, without white space and widthless signs."""
    return text.translate(_SQUEEZED)


def squeeze_map(text: str) -> tuple[str, list[int]]:
    """The squeezed text, and for each of its code points the index of the original one.

    One original sign may become several (`㎡` is `m2`): each of them points to it.
    """
    pieces: list[str] = []
    origins: list[int] = []
    for index, sign in enumerate(text):
        piece = _SQUEEZED[ord(sign)]
        pieces.append(piece)
        origins.extend([index] * len(piece))
    return "".join(pieces), origins


def is_cjk(sign: str) -> bool:
    """Whether one character is a Chinese character, those of the extensions included."""
    code = ord(sign)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF or sign == "〇"
