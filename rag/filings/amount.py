"""Figures in filing text: where they stand, what they are worth, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rag.filings.numeral import NUMERAL_SIGNS, read_numeral
from rag.filings.unit import SCALES, convert, format_decimal, in_words, kind_of, same_value, unit_of, units

__all__ = [
    "Amount",
    "convert",
    "find_amounts",
    "format_decimal",
    "in_words",
    "kind_of",
    "parse_amount",
    "same_value",
]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a text: value in the printed `unit` (canonical, empty when none is printed), and its place.

    `start` and `end` are code points of the searched text, half-open; `text` is that slice, sign and unit
    included, modifiers (约, 近, 超过) not.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    text: str


# Full-width digits, letters and signs become half-width one for one, so that offsets stay.  The full-width
# comma stays as it is: it parts figures, and does not group their digits.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {0x3000: 0x20}
_MINUS = "-−–—﹣"
# Digits in groups, a wrap after a comma allowed where another group proves that the figure goes on.
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+,\s\d{3}(?:,\d{3})*(?:\.\d+)?|\d{1,3},\s\d{3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?:,\d{3})+\.\s\d{2}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
)
_DIGIT_FIGURE = re.compile(
    rf"(?<![\dA-Za-z_.])(?<!\d,)(?P<open>\(\s?)?(?P<sign>(?<![{_MINUS}])[{_MINUS}+])?"
    rf"(?P<number>{_DIGITS})(?!\d|,\d|\.\d)(?P<close>\s?\))?"
)
_NUMERAL_FIGURE = re.compile(
    rf"百分之(?P<percent>[{NUMERAL_SIGNS}]+)"
    rf"|(?<![{NUMERAL_SIGNS}])(?P<number>[一二三四五六七八九两十壹贰叁肆伍陆柒捌玖][{NUMERAL_SIGNS}]*)"
)
_MIXED = re.compile(r"\s*亿\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[百千]?万)\s*")
_SCALE = re.compile(r"[百千]?\s*[万亿](?:\s*亿)?")
_MORE = r"\s*(?:[余多来几]\s*)?"
# A figure after these is a number of a thing and no quantity: 第3项, 七、1, No.5, 〔2024〕15.
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\s]*|[一二三四五六七八九十]、|[〔\[]|No\.?\s*|(?:编号|代码)[:：]?\s*)$"
)
_DATED = re.compile(r"\s*[-—–~至到]?\s*\d{0,4}\s*(?:年|月|日|号|时|季度|/\s*\d)|\s*[-—–/]\s*\d|[/、]")
_BEFORE_CELL = ("", " ", "\t", "\n", "|", ":", "=", "≈")
_AFTER_CELL = ("", " ", "\t", "\n", "|", ";", "。")
# 负债合计3亿元/总资产12亿元: one figure over another, no price per something.
_DIVIDED = re.compile(r"\s*/\s*[一-鿿]{2,16}[-(]?\d")
_STOCK_CODE = re.compile(r"(?:00[0-3]|30[01]|60[0135]|68[89]|8\d\d|4[03]\d|920|900|200)\d{3}$")

# `12,252.20(单位:万元 币种:人民币)`: the exchanges' forms put the unit in an aside.
_ASIDE = re.compile(r"\s*\(单位:")
_ASIDE_END = re.compile(r"[^)\d]{0,12}\)")


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every figure of a running text or a table row, in order, with its unit where one is printed.

    A figure without a unit counts when it has a thousands separator or decimals, or stands alone like a
    table cell.  Dates, note references, ordinals, codes and announcement and section numbers do not.
    """
    folded = text.translate(_FOLD)
    found = list(_digit_amounts(text, folded))
    taken = [(amount.start, amount.end) for amount in found]
    for amount in _numeral_amounts(text, folded):
        if all(amount.end <= start or amount.start >= end for start, end in taken):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _digit_amounts(text: str, folded: str) -> Iterator[Amount]:
    """Figures written in digits."""
    last_end = -1
    position = 0
    while match := _DIGIT_FIGURE.search(folded, position):
        position = match.end()
        amount = _digit_amount(text, folded, match, last_end)
        if amount:
            yield amount
            last_end = position = amount.end


def _digit_amount(text: str, folded: str, match: re.Match[str], last_end: int) -> Amount | None:
    """The amount of one run of digits; None where it is a date, a number of a thing, or part of one."""
    bracketed = bool(match["open"] and match["close"])
    end = match.end() if bracketed else match.end("number")
    value = Decimal("".join(match["number"].split()).replace(",", ""))
    unit, end, mixed = _unit_after(folded, end)
    if unit and match["number"].count(",") and "." in match["number"] and kind_of(unit) == f"count:{unit}":
        unit, end = None, match.end("number")  # 11,770.35 种: the next column's word, no kind of thing
    value += mixed
    start = match.start() if bracketed else match.start("sign") if match["sign"] else match.start("number")
    # A dash right behind a figure is a range (10%-20%), no minus.
    if match["sign"] and not bracketed and last_end == start:
        start = match.start("number")
    elif match["sign"] and match["sign"] != "+":
        value = -value
    if not _is_quantity(folded, match, unit, end):
        return None
    # Statements print negative figures in brackets; `(1)`, a list number, is no quantity.
    value = -value if bracketed and not match["sign"] else value
    return Amount(value, unit or "", start, end, text[start:end])


def _unit_after(folded: str, position: int) -> tuple[str | None, int, Decimal]:
    """The unit after a figure (None if none), where it ends, and what a second part (3亿8千万) adds to it."""
    mixed = _MIXED.match(folded, position)
    if mixed:
        part = Decimal(mixed["number"].replace(",", "")) * SCALES[mixed["scale"]] / SCALES["亿"]
        unit, end = _unit_at(folded, mixed.end())
        if unit is not None:
            return "亿" + unit, end, part
    unit, end = _unit_at(folded, position)
    if unit is None and (aside := _ASIDE.match(folded, position)):
        unit, end = _unit_at(folded, aside.end())
        closing = _ASIDE_END.match(folded, end) if unit is not None else None
        return (unit, closing.end(), Decimal(0)) if closing else (None, position, Decimal(0))
    return unit, end, Decimal(0)


def _unit_at(folded: str, position: int) -> tuple[str | None, int]:
    """The longest unit that stands at a position, white space aside; (None, position) if none does."""
    match = _unit_pattern().match(folded, position)
    if not match:
        return None, position
    written = "".join(match["unit"].split())
    unit = units().get(written)
    following = folded[match.end() : match.end() + 3].lstrip()[:1]
    goes_on = following and following in unit.not_before if unit is not None else ""
    if unit is not None and (not goes_on or _DIVIDED.match(folded, match.end())):
        return unit.name, match.end()
    return _scale_at(folded, match.start("unit"), position)


def _scale_at(folded: str, start: int, position: int) -> tuple[str | None, int]:
    """The scale alone where the word after it only looked like a unit (3万人员: 3万)."""
    match = _SCALE.match(folded, start)
    return ("".join(match[0].split()), match.end()) if match else (None, position)


@cache
def _unit_pattern() -> re.Pattern[str]:
    """Every unit of the vocabulary, longest first, white space allowed between its characters."""
    scales = sorted(SCALES, key=len, reverse=True)
    bases = {written for written in units() if written and written not in SCALES}
    plain = [
        base for base in bases if not any(base.startswith(s) and base[len(s) :] in bases for s in scales)
    ]
    spaced = [r"\s*".join(map(re.escape, base)) for base in sorted(plain, key=len, reverse=True)]
    scaled = "|".join(r"\s*".join(scale) for scale in scales)
    return re.compile(rf"{_MORE}(?P<unit>(?:(?:{scaled})\s*)?(?:{'|'.join(spaced)})|[万亿]|万\s*亿)")


def _is_quantity(folded: str, match: re.Match[str], unit: str | None, end: int) -> bool:
    """Whether a run of digits is a figure and no date, ordinal, code or number of a section."""
    before = folded[max(0, match.start("number") - 8) : match.start("number")]
    if _NUMBERED.search(before):
        return False
    number = match["number"]
    if match["open"] and match["close"] and number.isdigit():
        return len(number) > 2 and not _is_year(number)
    if unit is not None:
        return not (
            unit == "年" and (_is_year(number) or re.match(r"\s*\d{1,2}\s*月", folded[end : end + 6]))
        )
    if _DATED.match(folded, end):
        return False
    return _is_cell(folded, match) if number.isdigit() else _is_formatted(folded, match)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _is_formatted(folded: str, match: re.Match[str]) -> bool:
    """Whether a figure with separators or decimals is no section number (a line begins with `2.1 治理`)."""
    line = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start()]
    heading = not line.strip() and re.match(r"\d{1,2}\.\d{1,2}$", match["number"])
    return not (heading and re.match(r"\s*[一-鿿]", folded[match.end("number") :]))


def _is_cell(folded: str, match: re.Match[str]) -> bool:
    """Whether plain digits stand alone like a table cell and are no year, stock code or list number."""
    number, start, end = match["number"], match.start(), match.end("number")
    alone = folded[start - 1 : start] in _BEFORE_CELL and folded[end : end + 1] in _AFTER_CELL
    dated = re.search(r"[年月日/—–-]\s*$", folded[max(0, start - 3) : start])
    return alone and not _is_year(number) and not dated and not _STOCK_CODE.match(number) and len(number) < 13


def _numeral_amounts(text: str, folded: str) -> Iterator[Amount]:
    """Figures written in Chinese numerals; they count only with a unit."""
    for match in _NUMERAL_FIGURE.finditer(folded):
        before = folded[max(0, match.start() - 4) : match.start()]
        if _NUMBERED.search(before) or before.endswith(("数", "几", "前", "第")):
            continue
        if match["percent"]:
            value, unit, end = read_numeral(match["percent"]), "%", match.end()
        else:
            value, unit, end = _numeral_with_unit(folded, match)
        if value is not None:
            yield Amount(value, unit, match.start(), end, text[match.start() : end])


def _numeral_with_unit(folded: str, match: re.Match[str]) -> tuple[Decimal | None, str, int]:
    """Value, unit and end of a numeral; its 万 or 亿 belong to the value (三亿八千万元 is 380000000 元)."""
    number = match["number"]
    value = read_numeral(number)
    name, end = _unit_at(folded, match.end())
    unit = unit_of(name) if name else None
    placed = any(sign in "十百千万亿" for sign in number)
    if unit is None:
        return (value if placed and number[-1] in "万亿" else None), "", match.end()
    if not placed and (number == "一" or not unit.numerals):
        return None, "", end
    return value, unit.name, end


_CELL = re.compile(
    rf"(?P<open>\()?(?P<sign>[{_MINUS}+])?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<unit>[^\d()]*)(?P<close>\))?(?P<late>[^\d()]*)$"
)
_FALLS = ("减少", "下降", "降低", "下滑", "下跌", "回落", "收窄", "降")
_RISES = ("增加", "增长", "上升", "提高", "提升", "上涨", "升", "增")


def parse_amount(text: str) -> Decimal | None:
    """The value of one table cell in its own unit; None for `-`, `不适用`, empty, or words.

    `(1,234)` and 减少0.38个百分点 are negative.
    """
    folded = "".join(text.translate(_FOLD).replace("，", ",").split())
    falls = folded.startswith(_FALLS)
    for word in (*_FALLS, *_RISES):
        folded = folded.removeprefix(word)
    match = _CELL.match(folded)
    if not match or not _is_known_unit((match["unit"] or "") + match["late"]):
        return None
    value = Decimal(match["number"].replace(",", ""))
    negative = falls or bool(match["open"] and match["close"]) or (match["sign"] or "+") != "+"
    return -value if negative else value


def _is_known_unit(written: str) -> bool:
    return not written or unit_of(written) is not None
