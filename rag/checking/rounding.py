"""Whether a printed figure is an exact one, rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounds_to(exact: Decimal, printed: Decimal, rough: bool = False) -> bool:
    """Whether a value, rounded to the decimals that are printed, is the printed one.

    A figure may be said coarser than its source, never finer; with one significant digit only (4亿元 for
    3.81亿元) the sentence must say 约 or the like.
    """
    if exact == printed:
        return True
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if printed == 0 or exact.quantize(step, rounding=ROUND_HALF_UP) != printed:
        return False
    return rough or len(printed.as_tuple().digits) >= 2
