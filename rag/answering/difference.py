"""Comparisons worked out: the change between two periods of a row, the gap between two issuers or items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answering.draft import Material
from rag.answering.operands import difference_unit, row_operands, said_operand, said_operands, work_out
from rag.answering.phrase import issuer_name
from rag.answering.relevance import Need, met
from rag.answering.units import Unit
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal, kind_of
from rag.filings.fiscal import end_date, in_chinese

# The change is asked for as an amount, not as a percentage.
_BY_AMOUNT = re.compile(r"差(?:多少|额|几)|(?:增加|减少|多|少|变动)了?(?:多少|几)(?!%|个?点|成|个?百分)")
# A unit that meets a need this far says it, in its words or its heading.
SAID = 0.7
_PRIOR = re.compile(r"上年|上期|期初|年初|去年")


def compare(material: Material, units: Sequence[Unit], needs: Sequence[Need]) -> Claim | None:
    """The comparison the question asks for over the units said, or None where two like figures are not there."""
    query = material.query
    if not units or not (query.kind in ("compare", "calc") or query.asks_change):
        return None
    if len(units) == 1:
        return _within(material, units[0], needs)
    if not _same_matter(units[0], units[1], needs):
        return None
    first = _operand(material, units[0], needs)
    second = _operand(material, units[1], needs)
    filings = [material.evidence[unit.evidence].filing for unit in units[:2]]
    # Two filings of one issuer may call it by different names.
    if first is None or second is None or filings[0].issuer.name == filings[1].issuer.name:
        return None
    return _gap(first, second, [issuer_name(filing) for filing in filings])


def _same_matter(one: Unit, other: Unit, needs: Sequence[Need]) -> bool:
    """Whether two units do not each name something that the other does not: 三费 is no 财务费用."""
    if one.line_item and other.line_item:
        return one.line_item == other.line_item
    named = [need for need in needs if need.line_item or need.is_name]
    says = [{n.words for n in named if met(unit, n) >= SAID} for unit in (one, other)]
    return bool(says[0] & says[1]) or not all(says)


def _operand(material: Material, unit: Unit, needs: Sequence[Need]) -> Operand | None:
    """The figure of a unit that the comparison is about."""
    if unit.row is not None:
        return next((o for o in row_operands(material, unit) if o.fact.measure != "change"), None)
    best = max(needs, key=lambda need: need.weight * met(unit, need), default=None)
    return said_operand(material, unit, best, material.query.expects)


def _within(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The change from the earlier to the later period of a row, or between two items of one sentence."""
    if unit.row is None:
        return _between_items(material, unit, needs)
    operands = row_operands(material, unit)
    if any(o.fact.measure in ("change", "points") for o in operands):
        return None
    dated = sorted(
        (o for o in operands if o.fact.period), key=lambda o: end_date(o.fact.period), reverse=True
    )
    if len(dated) < 2 or dated[0].fact.period == dated[1].fact.period:
        return None
    return _change(dated[0], dated[1], bool(_BY_AMOUNT.search(material.query.text)))


def _change(later: Operand, earlier: Operand, asks_amount: bool) -> Claim | None:
    when = f"{in_chinese(later.fact.period)}较{in_chinese(earlier.fact.period)}"
    counted = kind_of(later.fact.unit).startswith("count")
    if counted or asks_amount or later.fact.measure in ("ratio", "count"):
        worked = work_out("f1-f2", [later, earlier], difference_unit(later.fact))
        word = "增加" if later.fact.value >= earlier.fact.value else "减少"
    else:
        worked = work_out("(f1-f2)/abs(f2)*100", [later, earlier], "%")
        word = "增长" if later.fact.value >= earlier.fact.value else "下降"
    if worked is None:
        return None
    text = f"{when}{word}{format_decimal(abs(worked.value), 0 if counted else 2)}{worked.unit}。"
    return Claim(text, (later.quote,), (later.fact, earlier.fact), worked)


def _between_items(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The gap between the figures of two line items or words named in one sentence."""
    named = [need for need in needs if need.line_item and met(unit, need) == 1.0][:2]
    if len(named) < 2:
        return _with_prior(material, unit)
    found = [said_operand(material, unit, need, material.query.expects) for need in named]
    if found[0] is None or found[1] is None or found[0].fact.cell == found[1].fact.cell:
        return None
    return _gap(found[0], found[1], [need.words[0] for need in named])


def _with_prior(material: Material, unit: Unit) -> Claim | None:
    """The change between a figure and its comparative in one sentence: 44.29%（上年年末：41.67%）."""
    passage = material.evidence[unit.evidence].passage
    operands = said_operands(passage, unit)
    for later, earlier in pairwise(operands):
        between = passage.text[later.fact.cell[1] : earlier.fact.cell[0]]
        if later.fact.unit == earlier.fact.unit and _PRIOR.search(between):
            worked = work_out("f1-f2", [later, earlier], difference_unit(later.fact))
            if worked is None:
                return None
            word = "上升" if worked.value >= 0 else "下降"
            return Claim(
                f"变动为{word}{format_decimal(abs(worked.value))}{worked.unit}。",
                (later.quote,),
                (later.fact, earlier.fact),
                worked,
            )
    return None


def _gap(first: Operand, second: Operand, names: Sequence[str]) -> Claim | None:
    """How much more the greater figure is, in words."""
    if kind_of(first.fact.unit) != kind_of(second.fact.unit):
        return None
    ratio = first.fact.unit == "%"
    ahead = first.fact.value >= second.fact.value
    order = [first, second] if ahead else [second, first]
    named = list(names) if ahead else list(reversed(names))
    if first.fact.value == second.fact.value:
        return None
    worked = work_out("f1-f2", order, difference_unit(first.fact))
    if worked is None or worked.value <= 0:
        return None
    gap = format_decimal(worked.value, None if ratio else _places(order))
    text = f"{named[0]}比{named[1]}{'高' if ratio else '多'}{gap}{worked.unit}。"
    return Claim(text, (order[0].quote, order[1].quote), (order[0].fact, order[1].fact), worked)


def _places(operands: Sequence[Operand]) -> int:
    """The decimals of the more finely printed operand."""
    return max(max(0, -int(o.fact.value.as_tuple().exponent)) for o in operands)
