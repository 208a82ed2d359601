"""Pinyin initials of a name, as stock terminals take them: 首信工软 is SXGR."""

from __future__ import annotations

from bisect import bisect_right
from itertools import product

# GB 2312 orders its common characters by pinyin: the first code of each initial.
_STARTS = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"),
    (0xB9FE, "H"), (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"),
    (0xC5BE, "P"), (0xC6DA, "Q"), (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"),
    (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
_END = 0xD7F9
_CODES = [code for code, _ in _STARTS]
# Second readings that company names use: 银行, 厦门, 西藏, 重庆, 长江, 乐山, 朝阳.
_ALSO = {
    "行": "H",
    "厦": "X",
    "藏": "Z",
    "重": "CZ",
    "长": "CZ",
    "乐": "LY",
    "朝": "CZ",
    "都": "D",
    "单": "DS",
}
SHORTEST = 3
# Characters of one sound are at most about so many places apart.
_NEAR = 14


def initials(name: str) -> frozenset[str]:
    """Every way to write a name by its initials; none where it is short or a character's reading is not known."""
    letters = [_of(sign) for sign in name.upper()]
    if len(name) < SHORTEST or not all(letters):
        return frozenset()
    return frozenset("".join(way) for way in product(*letters))


def beside_in_sound(one: str, other: str) -> bool:
    """Whether two common characters begin with one letter and stand side by side in the order of their pinyin."""
    places = [_place(sign) for sign in (one, other)]
    near = None not in places and abs((places[0] or 0) - (places[1] or 0)) <= _NEAR
    return near and bool(set(_of(one)) & set(_of(other)))


def _place(sign: str) -> int | None:
    """The place of a common character in the order of pinyin; None of any other."""
    if not _of(sign) or sign.isascii():
        return None
    row, cell = sign.encode("gb2312")
    return (row - 0xA1) * 94 + cell - 0xA1


def _of(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isalnum() else ""
    try:
        code = int.from_bytes(sign.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _CODES[0] <= code <= _END:
        return ""
    first = _STARTS[bisect_right(_CODES, code) - 1][1]
    return "".join(dict.fromkeys(first + _ALSO.get(sign, "")))
