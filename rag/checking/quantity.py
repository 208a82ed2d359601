"""Quantities that carry their dimension through a calculation, so that 元 is never added to %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rag.errors import UserError
from rag.filings.unit import counted_kind, unit_of

Dimension = tuple[tuple[str, int], ...]
_PARTS = {
    "per_share": (("money_cny", 1), ("share", -1)),
    "price:人": (("count:人", -1), ("money_cny", 1)),
    "price:平方米": (("area", -1), ("money_cny", 1)),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the base units of its dimension; `percent` while it is counted in %, not as a fraction."""

    value: Decimal
    dimension: Dimension = ()
    percent: bool = False

    def __add__(self, other: Quantity) -> Quantity:
        self._agrees(other, "相加")
        return Quantity(self.value + other.value, self.dimension, self.percent)

    def __sub__(self, other: Quantity) -> Quantity:
        self._agrees(other, "相减")
        return Quantity(self.value - other.value, self.dimension, self.percent)

    def __mul__(self, other: Quantity) -> Quantity:
        a, b = self.fraction(), other.fraction()
        return Quantity(a.value * b.value, _combined(a.dimension, b.dimension, 1))

    def __truediv__(self, other: Quantity) -> Quantity:
        a, b = self.fraction(), other.fraction()
        if b.value == 0:
            raise UserError("算式的分母为零，无法计算；请换一个基数。")
        return Quantity(a.value / b.value, _combined(a.dimension, b.dimension, -1))

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.dimension, self.percent)

    def __abs__(self) -> Quantity:
        return Quantity(abs(self.value), self.dimension, self.percent)

    def root(self, degree: Decimal) -> Quantity:
        """The root of a positive bare number, of a degree from 2 to 10; UserError for anything else."""
        plain = self.fraction()
        if plain.dimension or plain.value <= 0 or degree not in range(2, 11):
            raise UserError("只能对正的比值开 2 到 10 次方根；请核对算式。")
        return Quantity(plain.value ** (1 / degree))

    def fraction(self) -> Quantity:
        """The same quantity with % counted as a fraction."""
        return Quantity(self.value / 100, self.dimension) if self.percent else self

    def _agrees(self, other: Quantity, verb: str) -> None:
        if (self.dimension, self.percent) != (other.dimension, other.percent):
            raise UserError(f"算式把单位不同的数{verb}，无法计算；请先换成同一单位。")


def quantity(value: Decimal, unit: str) -> Quantity:
    """The quantity of a printed figure; an unknown unit is a dimension of its own."""
    known = unit_of(unit)
    if known is None:
        return Quantity(value, ((f"unit:{unit}", 1),))
    if known.kind in ("ratio", "points"):
        return Quantity(value * known.factor, (), percent=True)
    if known.kind in ("number", "multiple"):
        return Quantity(value)
    return Quantity(value * known.factor, dimension_of(unit))


def dimension_of(unit: str) -> Dimension:
    """The dimension that a unit measures in."""
    known = unit_of(unit)
    if known is None:
        return ((f"unit:{unit}", 1),)
    if known.kind in ("ratio", "points", "number", "multiple"):
        return ()
    return _PARTS.get(known.kind, ((counted_kind(unit), 1),))


def _combined(a: Dimension, b: Dimension, sign: int) -> Dimension:
    powers = dict(a)
    for base, power in b:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))
