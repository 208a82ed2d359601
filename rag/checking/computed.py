"""Figures that stand in no quote because they were computed from such as do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.checking.claim import Arithmetic, Claim
from rag.checking.rounding import rounds_to
from rag.checking.said import Said
from rag.checking.when import same_time
from rag.filings.fiscal import end_date, is_period, whole_of
from rag.filings.lexicon import find_line_items
from rag.filings.text import squeeze
from rag.filings.unit import kind_of, unit_of

_SUM = re.compile(r"f1(?:\+f\d)+")
# What one figure is of the sum of it and others is said of its own period.
_SHARE = re.compile(r"f1/\(f1(?:\+f\d)+\)\*100")
_MORE = re.compile(r"(?:[多少高低]|相差|差额)(?:出|了|约|为)*$")


def is_computed(said: Said, claim: Claim) -> bool:
    """Whether a figure says what the claim's calculation came to, sign aside."""
    arithmetic = claim.arithmetic
    if arithmetic is None:
        return False
    known, asked = unit_of(said.amount.unit), unit_of(arithmetic.unit)
    if known is None or asked is None or known.kind != asked.kind:
        return said.amount.unit == arithmetic.unit
    value = abs(arithmetic.value) * asked.factor / known.factor
    return rounds_to(value, abs(said.amount.value), rough=True)


def is_difference(said: Said, arithmetic: Arithmetic) -> bool:
    """Whether a figure is told as a difference (多3次) in the unit of the result, which alone may hold it."""
    kinds = {kind_of(said.amount.unit), kind_of(arithmetic.unit)}
    return len(kinds) == 1 and bool(_MORE.search(said.lead))


def computed_problem(said: Said, filings: frozenset[str] | None, claim: Claim) -> str:
    """What speaks against a figure being the result of the claim's calculation; `filings` are its issuer's."""
    arithmetic = claim.arithmetic
    assert arithmetic is not None  # noqa: S101  # the caller has looked
    text = said.amount.text
    if kind_of(said.amount.unit) != kind_of(arithmetic.unit):
        return f"{text} 的单位与算式结果不同"
    if not said.open_sign and arithmetic.value != 0 and (said.signed < 0) != (arithmetic.value < 0):
        return f"{text} 的正负（增减）与算式结果相反"
    periods = _known(operand.fact.period for operand in arithmetic.operands)
    of = summed(arithmetic) or _share_period(arithmetic) or max(periods, key=_end, default="")
    if said.period and periods and not same_time(said.period, [of]):
        return f"{text} 不是所说期间的数"
    if not _same_subject(said, arithmetic):
        return f"{text} 是用另一个科目的数算的"
    own = {operand.fact.filing_id for operand in arithmetic.operands}
    if filings is not None and not own & filings:
        return f"{text} 不是所说公司的数"
    return ""


def _share_period(arithmetic: Arithmetic) -> str:
    """The period of the figure whose share of a sum is worked out; "" where something else is."""
    return arithmetic.operands[0].fact.period if _SHARE.fullmatch(arithmetic.expression) else ""


def summed(arithmetic: Arithmetic) -> str:
    """The stretch of a year whose quarters a calculation adds up; "" where it does something else."""
    plain = _SUM.fullmatch(arithmetic.expression) is not None
    return whole_of(operand.fact.period for operand in arithmetic.operands) if plain else ""


def _same_subject(said: Said, arithmetic: Arithmetic) -> bool:
    """Whether a change or difference of one line item is said of that item; other formulas have names of their own."""
    labels = {squeeze(operand.fact.label) for operand in arithmetic.operands}
    if not said.items or len(labels) != 1:
        return True
    label = labels.pop()
    items = {item.key for item in find_line_items(label)} | {
        o.fact.line_item for o in arithmetic.operands
    } - {""}
    return not items or bool(said.items & items) or any(squeeze(name) in label for name in said.names)


def _end(period: str) -> str:
    return end_date(period).isoformat() if is_period(period) else period


def _known(periods: Iterable[str]) -> list[str]:
    return [period for period in periods if period]
