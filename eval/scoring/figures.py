"""Figures in running text, and whether one of them is a gold value in another unit or rounding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.scoring.wording import MARKER

_MULTIPLES = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000),
    "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8), "万亿": Decimal(10**12),
}  # fmt: skip
# What is counted -> kind; figures of different kinds are never the same figure.
_KINDS = {
    "元": "yuan", "美元": "dollar", "港元": "hk dollar", "港币": "hk dollar", "欧元": "euro", "日元": "yen",
    "股": "share", "%": "percent", "‰": "percent", "个百分点": "percent", "百分点": "percent", "个点": "percent",
    "平方米": "area", "公里": "length", "升": "volume",
    "kwh": "energy", "mwh": "energy", "gwh": "energy",
}  # fmt: skip
_SCALES = {"‰": Decimal("0.1"), "mwh": Decimal(1000), "gwh": Decimal(10**6)}
_COUNTERS = "户人名项件次家款个条位倍年月日天种类场笔台套页吨辆张所批期岁"
# Words that tell that a figure is below zero or has become less.
_LESS = ("亏", "减", "降", "负", "下滑", "少", "低", "跌", "收窄", "流出", "回落", "缩")

# How far from a figure such a word may stand, in signs.
_BEFORE, _AFTER = 30, 8

_UNIT = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<number>-?\d+(?:\.\d+)?)(?P<multiple>百万|千万|万亿|百(?!分点)|[千万亿])?(?P<unit>{_UNIT}|[{_COUNTERS}])?"
)
_BRACKETED = re.compile(r"\((\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+)\)")  # a loss; (1) is a number of a list
_RELATIVE = Decimal("0.0005")  # two figures this near are one figure, rounded
_HALF = Decimal("0.50001")  # half a unit in the last place, with room for a half itself
_COUNT = "count"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as a text prints it: `size` in the kind's base unit, without its sign; kind "" is unknown."""

    size: Decimal
    negative: bool
    kind: str
    factor: Decimal
    decimals: int
    text: str
    start: int


def one_line(text: str) -> str:
    """The text as figures are read from it: one width, no white space, figures parted by a space stay two."""
    text = MARKER.sub("|", unicodedata.normalize("NFKC", text))
    text = _BRACKETED.sub(r"-\1", text)
    text = re.sub(r"(?<=[\d)%])\s+(?=[-(]?\d)", ";", text)
    text = re.sub(r"\s+", "", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub("[−–—]", "-", text))


def figures_in(text: str) -> Iterator[Printed]:
    """The figures of a text that `one_line` has prepared."""
    for match in _FIGURE.finditer(text):
        number, multiple, unit = match["number"], match["multiple"] or "", match["unit"] or ""
        factor = _MULTIPLES[multiple] * _SCALES.get(unit, Decimal(1))
        decimals = len(number.partition(".")[2])
        negative = number.startswith("-") and not re.search(r"\d$", text[: match.start()])
        size = abs(Decimal(number)) * factor
        yield Printed(size, negative, _kind(unit), factor, decimals, match[0], match.start())


def gold_figure(value: Decimal, unit: str) -> Printed:
    """A gold value as a figure."""
    number = f"{abs(value):f}"
    parsed = next(figures_in(one_line(number + unit)))
    return Printed(parsed.size, value < 0, parsed.kind, parsed.factor, parsed.decimals, number + unit, 0)


def holds_value(text: str, value: Decimal, unit: str) -> bool:
    """Whether a text says the value: in any unit of the same kind, as rounded; what is lost reads as lost."""
    line = one_line(text)
    gold = gold_figure(value, unit)
    if gold.negative and not reads_as_less(line):
        return False
    return any(same_figure(said, gold) for said in figures_in(line))


def reads_as_less(line: str) -> bool:
    """Whether a text prepared by `one_line` has a minus before a figure or a word of loss or fall."""
    return any(word in line for word in _LESS) or any(figure.negative for figure in figures_in(line))


def reads_as_loss(line: str, gold: Printed) -> bool | None:
    """Whether a prepared text says a gold loss with a minus or beside a word of loss; None: not its size at all."""
    said = [figure for figure in figures_in(line) if same_figure(figure, gold)]
    if not said:
        return None
    return any(figure.negative or _is_beside_less(line, figure) for figure in said)


def _is_beside_less(line: str, figure: Printed) -> bool:
    near = line[max(0, figure.start - _BEFORE) : figure.start + len(figure.text) + _AFTER]
    return any(word in near for word in _LESS)


def same_figure(said: Printed, gold: Printed) -> bool:
    """Whether a figure said is the gold figure, both without sign."""
    if said.kind and gold.kind and said.kind != gold.kind:
        return False
    return abs(said.size - gold.size) <= _tolerance(said, gold)


def _tolerance(said: Printed, gold: Printed) -> Decimal:
    near = gold.size * _RELATIVE
    if said.factor != gold.factor:
        last_place = Decimal(1).scaleb(-max(said.decimals, 1)) * said.factor
        return max(near, _HALF * last_place)
    if gold.kind == _COUNT and not gold.decimals:
        return Decimal(0)  # whole things, years among them, are counted exactly
    if said.decimals >= 2 and gold.size < 1000 * gold.factor:
        return max(near, Decimal("0.0050001") * gold.factor)
    return near


def holds_any(figure: Printed, quotes: Sequence[Printed]) -> bool:
    """Whether one of the figures of quotes is this figure; a table's figures name no unit, so any will do."""
    return any(
        same_figure(figure, quoted) or (not quoted.kind and _same_digits(figure, quoted)) for quoted in quotes
    )


def _same_digits(figure: Printed, quoted: Printed) -> bool:
    scales = (quoted.size * multiple for multiple in _MULTIPLES.values())
    slack = max(figure.size * _RELATIVE, _HALF * Decimal(1).scaleb(-max(figure.decimals, 1)) * figure.factor)
    return any(abs(scaled - figure.size) <= slack for scaled in scales)


def _kind(unit: str) -> str:
    return _KINDS.get(unit, _COUNT if unit else "")
