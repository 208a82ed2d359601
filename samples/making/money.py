"""Amounts of the invented accounts: made to the cent, printed as filings print them."""

from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """The value rounded half up, as accountants round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def amount(rough: object, key: str) -> Decimal:
    """An amount in yuan: a text is exact yuan, a number is ten thousands of yuan given cents of its own.

    The cents come from a hash of the key and the number, so that a rebuilt filing is the same to the byte.
    """
    if isinstance(rough, str):
        return Decimal(rough)
    base = Decimal(str(rough)) * TEN_THOUSAND
    if base == 0:
        return Decimal("0.00")
    digits = int(sha256(f"{key}|{rough}".encode()).hexdigest()[:12], 16) % 999_983 + 1
    odd = Decimal(digits) / 100
    return rounded(base + (odd if base > 0 else -odd))


def yuan(value: Decimal) -> str:
    """The amount as `380,792,216.26`; nothing for zero is decided by the caller."""
    return f"{rounded(value):,}"


def ten_thousands(value: Decimal) -> str:
    """The amount in 万元, two decimals."""
    return f"{rounded(value / TEN_THOUSAND):,}"


def hundred_millions(value: Decimal) -> str:
    """The amount in 亿元, two decimals."""
    return f"{rounded(value / HUNDRED_MILLION):,}"


def change(current: Decimal, prior: Decimal) -> str:
    """The change in percent without its sign for percent; 不适用 where the base is not positive."""
    if prior <= 0:
        return "不适用"
    return f"{rounded((current - prior) / prior * 100):,}"


def profit_change(current: Decimal, prior: Decimal) -> str:
    """The change of a profit: 不适用 as soon as either period is a loss."""
    return "不适用" if current <= 0 else change(current, prior)


def share(part: Decimal, whole: Decimal) -> str:
    """What part is of the whole, in percent, two decimals."""
    return f"{rounded(part / whole * 100):,}"


def points(current: Decimal, prior: Decimal) -> str:
    """The change of a ratio in percentage points, in words."""
    difference = rounded(current) - rounded(prior)
    word = "增加" if difference >= 0 else "减少"
    return f"{word}{abs(difference)}个百分点"
