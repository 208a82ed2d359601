"""Units of figures: what kind they measure, how they convert, when two figures are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from rag.errors import UserError
from rag.filings.vocabulary import Entry, entries, flag_of, text_of, texts_of

_FILE = "units.toml"
SCALES: Mapping[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(10**3),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
}
# Said in other classifiers, the number of persons or things stays the same.
_CLASSIFIERS = ("人名位席", "家户", "个项件款种类份条套")
# Kinds whose long figures are read better in 万 or 亿.
_SHORTENED = ("money_", "share", "count:")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical name, the kind it measures, and how many base units of that kind it is.

    `not_before` holds characters that make another word of it (股东 is no 股); `numerals` is false where
    a lone Chinese digit before it is no figure (三元材料).
    """

    name: str
    kind: str
    factor: Decimal
    not_before: str = ""
    numerals: bool = True


@cache
def units() -> Mapping[str, Unit]:
    """Every written form of a unit, scaled ones (万元, 亿股) included, with what it measures."""
    known: dict[str, Unit] = {}
    for entry in entries(_FILE, "unit"):
        unit = _unit(entry)
        for written in (unit.name, *texts_of(entry, "aliases", _FILE)):
            known.setdefault(written, unit)
            if flag_of(entry, "scaled", False):
                _add_scaled(known, written, unit)
    return known


def _unit(entry: Entry) -> Unit:
    name = text_of(entry, "name", _FILE)
    try:
        factor = Decimal(text_of(entry, "factor", _FILE))
    except InvalidOperation as cause:
        raise UserError(f"词表 {_FILE} 的“{name}”的 factor 不是数；请写成带引号的数。") from cause
    return Unit(
        name,
        text_of(entry, "kind", _FILE),
        factor,
        text_of(entry, "not_before", _FILE, ""),
        flag_of(entry, "numerals", True),
    )


def _add_scaled(known: dict[str, Unit], written: str, unit: Unit) -> None:
    for scale, factor in SCALES.items():
        scaled = Unit(scale + unit.name, unit.kind, factor * unit.factor, unit.not_before, unit.numerals)
        known.setdefault(scale + written, scaled)


def unit_of(written: str) -> Unit | None:
    """The unit of a written form (`万元`, `％`, `人民币元`); None if it is not in the vocabulary."""
    return units().get("".join(written.split()).replace("％", "%"))


def kind_of(written: str) -> str:
    """The kind that a unit measures (`money_cny`, `ratio`, `points`, `count:家`); empty if unknown."""
    unit = unit_of(written)
    return unit.kind if unit else ""


def counted_kind(written: str) -> str:
    """The kind that a unit measures, one for the classifiers that count the same: 人名位席, 家户, 项件个款."""
    kind = kind_of(written)
    return next((f"count:{group[0]}" for group in _CLASSIFIERS if kind.removeprefix("count:") in group), kind)


def convert(value: Decimal, unit_from: str, unit_to: str) -> Decimal | None:
    """The value in another unit of the same kind; None where the kinds differ or a unit is unknown."""
    source, target = unit_of(unit_from), unit_of(unit_to)
    if source is None or target is None or source.kind != target.kind:
        return None
    return value * source.factor / target.factor


def same_value(a: Decimal, unit_a: str, b: Decimal, unit_b: str) -> bool:
    """Whether two printed figures say the same value.

    Their units must be of one kind (two unknown units: the same word).  The figure whose last printed
    decimal weighs more is the coarser one; the finer one must lie within half of that last decimal,
    so 38,079.22万元 equals 380,792,216.26元 and 3.81亿元, but not 38,079.23万元.  A coarser figure
    of zero equals only zero: 0.00亿元 says nothing about 300元.
    """
    factors = _factors(unit_a, unit_b)
    if factors is None:
        return False
    first, second = a * factors[0], b * factors[1]
    step = max(_last_place(a) * factors[0], _last_place(b) * factors[1])
    if (first == 0) != (second == 0):
        return False
    return abs(first - second) * 2 <= step if first != second else True


def _factors(unit_a: str, unit_b: str) -> tuple[Decimal, Decimal] | None:
    first, second = unit_of(unit_a), unit_of(unit_b)
    if first is None or second is None:
        return (Decimal(1), Decimal(1)) if unit_a == unit_b else None
    return (first.factor, second.factor) if first.kind == second.kind else None


def _last_place(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def format_decimal(value: Decimal, places: int | None = None) -> str:
    """The value with thousands separators and its own decimals, or rounded half up to `places`."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{value:,f}"


def in_words(value: Decimal, unit: str) -> str | None:
    """The figure in 亿 or 万 with at most two decimals (`约3.81亿元`); None where that is no shorter.

    `约` stands before it only where rounding changed the value.
    """
    known = unit_of(unit)
    if known is None or not known.kind.startswith(_SHORTENED):
        return None
    base = known.name.lstrip("十百千万亿")
    for scale in ("亿", "万"):
        longer = unit_of(scale + base)
        if longer and abs(value) * known.factor >= longer.factor > known.factor:
            return _shortened(value * known.factor / longer.factor, longer.name)
    return None


def _shortened(value: Decimal, unit: str) -> str:
    rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if rounded != value:
        return f"约{rounded:,f}{unit}"
    return f"{format_decimal(rounded).rstrip('0').rstrip('.')}{unit}"
