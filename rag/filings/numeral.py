"""Chinese numerals read as numbers, and numbers written as Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

NUMERAL_SIGNS = "".join(dict.fromkeys([*_DIGITS, *_PLACES, *_MYRIADS, "点"]))


def read_numeral(text: str) -> Decimal | None:
    """The value of a Chinese numeral such as `三亿八千万`, `二〇二四`, `十二点五`; None if it is none."""
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(sign not in _DIGITS for sign in fraction):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in fraction)}")


def _whole(text: str) -> int | None:
    """The value of a numeral without 点."""
    if not text or any(sign not in _DIGITS and sign not in _PLACES and sign not in _MYRIADS for sign in text):
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _placed(text)


def _placed(text: str) -> int | None:
    """The value of a numeral with places: 万 and 亿 multiply all before them that is smaller."""
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or (1 if section == 0 else 0)) * _PLACES[sign]
            digit = 0
        else:
            myriad, before = _MYRIADS[sign], section + digit
            if total and total < myriad:
                total, before = (total + before) * myriad, 0
            if before == 0 and total == 0:
                return None
            total, section, digit = total + before * myriad, 0, 0
    return total + section + digit


def write_numeral(number: int) -> str:
    """The numeral of a whole number from 0 to below 10^12, as headings write it: 十二, 一百零五."""
    if not 0 <= number < 10**12:
        raise ValueError(f"no numeral is written for {number}")
    written = _below(number, ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")))
    return written.removeprefix("一") if 10 <= number < 20 else written


def _below(number: int, places: tuple[tuple[int, str], ...]) -> str:
    """The numeral of `number` over the given places, with 零 where a place is skipped."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    (place, sign), *rest = places
    head, tail = divmod(number, place)
    if head == 0:
        return _below(number, tuple(rest))
    written = _below(head, tuple(rest)) + sign
    if tail == 0:
        return written
    return written + ("零" if tail < place // 10 else "") + _below(tail, tuple(rest))
