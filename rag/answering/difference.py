"""Comparisons worked out: the change between two periods of a row, the gap between two issuers or items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from rag.answering.draft import Material
from rag.answering.operands import (
    by_column,
    difference_unit,
    row_operands,
    said_operand,
    said_operands,
    work_out,
)
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.relevance import Need, met
from rag.answering.units import Unit
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal, kind_of
from rag.filings.column_heads import is_change_of_share
from rag.filings.filing import Filing
from rag.filings.fiscal import end_date, in_chinese, is_period
from rag.filings.lexicon import line_items
from rag.filings.passage import Fact
from rag.filings.unit import counted_kind, unit_of
from rag.retrieval.question import Query

# The change is asked for as an amount, not as a percentage.
_BY_AMOUNT = re.compile(r"差(?:多少|额|几)|(?:增加|减少|多|少|变动)了?(?:多少|几)(?!%|个?点|成|个?百分)")
_ASKS_WHICH = re.compile(r"谁|哪[个家块项边]|还是|孰|更[高低多少大小]|(?:高|低|多|少|大|小)了?吗|扩大|收窄")
# A unit that meets a need this far says it, in its words or its heading.
SAID = 0.7
# What is compared is how fast each has grown.
_GROWTH = re.compile(r"增速|增长率|增幅|降幅|涨幅|跌幅|(?:增长|涨|降|跌)得|同比(?:谁|哪)")
_OF_TIME = ("年", "月", "日")
_VERBS = {False: {True: "高于", False: "低于"}, True: {True: "多于", False: "少于"}}
_PRIOR = re.compile(r"上年|上期|期初|年初|去年|20\d\d\s*年")
_BY = re.compile(r"[增减升降涨跌多少]")  # 较上年同期增加 leads to the change, 上年同期 to the comparative


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
    names = [_called(query, filing) for filing in filings]
    return gap_between(first, second, names, _apart(filings), matter=_matter(units[0], first, needs))


def _matter(unit: Unit, operand: Operand, needs: Sequence[Need]) -> str:
    """What two issuers are compared by: the label of a row, or the name asked for that the sentence says."""
    if operand.fact.column:
        change = "同比增减" if operand.fact.measure == "change" else ""
        return clean_label(operand.fact.label) + change
    said = [need for need in needs if (need.line_item or need.is_name) and met(unit, need) == 1.0]
    return max(said, key=lambda need: need.weight).words[0] if said else ""


def _called(query: Query, filing: Filing) -> str:
    """What the issuer of a filing is called: filings of one issuer may not all give its short name."""
    return next((side.issuer for side in query.sides if filing.id in side.filing_ids), issuer_name(filing))


def asks_which(query: Query) -> bool:
    """Whether it is asked which of several issuers has more of a line item, and of nothing narrower."""
    return bool(query.sides and query.line_items and not query.terms and _ASKS_WHICH.search(query.text))


def in_order(query: Query, claims: Sequence[Claim], compared: Claim | None) -> tuple[Claim, ...]:
    """The claims with the comparison before them where it is the direct answer, else behind them."""
    if compared is None:
        return tuple(claims)
    first = query.sides or _ASKS_WHICH.search(query.text)
    return (compared, *claims) if first else (*claims, compared)


def _apart(filings: Sequence[Filing]) -> tuple[str, ...]:
    """The periods of filings that are not of one period."""
    periods = [filing.period for filing in filings]
    return tuple(map(in_chinese, periods)) if all(periods) and len(set(periods)) > 1 else ()


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
        every = row_operands(material, unit)
        if _GROWTH.search(material.query.text):
            return next((o for o in every if _is_own_change(o, material)), None)
        amounts = [o for o in every if o.fact.measure not in ("change", "points")]
        return next(iter(by_column(amounts, material.query.text)), None)
    best = max(needs, key=lambda need: need.weight * met(unit, need), default=None)
    return said_operand(material, unit, best, material.query.expects)


def _is_own_change(operand: Operand, material: Material) -> bool:
    """Whether a figure is the printed change of the filing's own period in percent."""
    fact = operand.fact
    own = material.evidence[operand.quote.evidence].filing.period
    of_own = not fact.period or fact.period in (own, end_date(own).isoformat() if own else "")
    return fact.measure == "change" and fact.unit == "%" and of_own and not is_change_of_share(fact.column)


def _within(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The change from the earlier to the later period of a row, or between two items of one sentence."""
    if unit.row is None:
        return _between_items(material, unit, needs)
    operands = _of_one_scope(row_operands(material, unit), material.query)
    if any(
        o.fact.measure in ("change", "points") and not is_change_of_share(o.fact.column) for o in operands
    ):
        return None
    operands = [o for o in operands if not is_change_of_share(o.fact.column)]
    dated = sorted(
        (o for o in operands if o.fact.period), key=lambda o: end_date(o.fact.period), reverse=True
    )
    if len(dated) < 2 or not _comparable(dated[0].fact.period, dated[1].fact.period):
        return None
    return _change(dated[0], dated[1], bool(_BY_AMOUNT.search(material.query.text)))


def _of_one_scope(operands: Sequence[Operand], query: Query) -> Sequence[Operand]:
    """Of figures of the group beside those of the company, the ones whose scope is asked for."""
    scopes = {o.fact.scope for o in operands}
    wanted = "parent" if query.scope == "parent" else "consolidated"
    return [o for o in operands if o.fact.scope == wanted] if len(scopes) > 1 else operands


def _comparable(later: str, earlier: str) -> bool:
    """Whether two periods are different ones of the same length: a quarter is none of the year so far, a day of any."""
    if is_period(later) != is_period(earlier):
        return False
    if not is_period(later):
        return later != earlier
    quarters = {later[4:], earlier[4:]} <= {"Q1", "Q2S", "Q3S", "Q4S"}
    return later != earlier and (quarters or later[4:] == earlier[4:])


def _change(later: Operand, earlier: Operand, asks_amount: bool) -> Claim | None:
    """The change between two periods; a growth rate only where it means something."""
    when = f"{in_chinese(later.fact.period)}较{in_chinese(earlier.fact.period)}"
    counted = kind_of(later.fact.unit).startswith("count")
    by_amount = counted or asks_amount or later.fact.measure in ("ratio", "count", "per_share")
    turned = _turn(later.fact, earlier.fact)
    if by_amount or turned:
        worked = work_out("f1-f2", [later, earlier], difference_unit(later.fact))
        word = "增加" if later.fact.value >= earlier.fact.value else "减少"
        note = f"，{turned}，不计算增减幅度" if turned else ""
    else:
        loss = later.fact.value < 0
        expression = "(abs(f1)-abs(f2))/abs(f2)*100" if loss else "(f1-f2)/abs(f2)*100"
        worked = work_out(expression, [later, earlier], "%")
        word, note = _course(later.fact, earlier.fact), ""
    if worked is None:
        return None
    text = f"{when}{word}{format_decimal(abs(worked.value), 0 if counted else 2)}{worked.unit}{note}。"
    return Claim(text, (later.quote,), (later.fact, earlier.fact), worked)


def _turn(later: Fact, earlier: Fact) -> str:
    """Why a growth rate would say nothing: the base is zero or the sign has changed; "" where it does."""
    if earlier.value == 0:
        return "基数为零"
    if (earlier.value < 0) != (later.value < 0) and later.value != 0:
        return "由负转正" if earlier.value < 0 else "由正转负"
    return ""


def _course(later: Fact, earlier: Fact) -> str:
    """The word for a change in percent; of two negative figures the loss or outflow has widened or narrowed."""
    more = later.value >= earlier.value
    if later.value >= 0:
        return "增长" if more else "下降"
    item = line_items().get(later.line_item)
    named = "净流出" if item is not None and item.statement == "cash_flow" else "亏损"
    return f"{named}{'收窄' if more else '扩大'}"


def _between_items(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The gap between the figures of two line items or words named in one sentence."""
    named = [need for need in needs if need.line_item and met(unit, need) == 1.0][:2]
    if len(named) < 2:
        return _with_prior(material, unit)
    found = [said_operand(material, unit, need, material.query.expects) for need in named]
    if found[0] is None or found[1] is None or found[0].fact.cell == found[1].fact.cell:
        return None
    return gap_between(found[0], found[1], [need.words[0] for need in named])


def _with_prior(material: Material, unit: Unit) -> Claim | None:
    """The change between a figure and its comparative in one sentence: 44.29%（上年年末：41.67%）."""
    passage = material.evidence[unit.evidence].passage
    operands = [o for o in said_operands(passage, unit) if o.fact.unit not in _OF_TIME]
    for later, earlier in pairwise(operands):
        between = passage.text[later.fact.cell[1] : earlier.fact.cell[0]]
        if later.fact.unit == earlier.fact.unit and _PRIOR.search(between) and not _BY.search(between):
            worked = work_out("f1-f2", [later, earlier], difference_unit(later.fact))
            if worked is None:
                return None
            word = "上升" if worked.value >= 0 else "下降"
            return Claim(
                f"{word}{format_decimal(abs(worked.value))}{worked.unit}。",
                (later.quote,),
                (later.fact, earlier.fact),
                worked,
            )
    return None


def gap_between(
    first: Operand, second: Operand, names: Sequence[str], periods: Sequence[str] = (), *, matter: str = ""
) -> Claim | None:
    """Which of two figures is more and by how much, or that they are the same; the first named first.

    `periods` are given in words where they differ, and are said; `matter` is what both figures are of.
    """
    one, other = first.fact, second.fact
    if counted_kind(one.unit) != counted_kind(other.unit):
        return None
    facts, quotes = (one, other), (first.quote, second.quote)
    texts = [f"{fact.text}{fact.unit if fact.text[-1:].isdigit() else ''}" for fact in facts]
    expression, order = ("f1-f2", [first, second])
    worked = work_out(expression, order, difference_unit(one))
    if worked is None:
        return None
    told = [f"{name}{when}为{text}" for name, when, text in zip(names, periods, texts, strict=False)]
    if worked.value == 0:
        same = f"（{told[0]}，{told[1]}，期间不同）" if told else f"，均为{texts[0]}"
        return Claim(f"{names[0]}与{names[1]}相同{same}。", quotes, facts)
    if worked.value < 0:
        worked = work_out(expression, [second, first], difference_unit(one))
    counted = not (one.unit == "%" or kind_of(one.unit).startswith("money"))
    verb = _VERBS[counted][one.value * _factor(one) > other.value * _factor(other)]
    if worked is None:
        return None
    gap = format_decimal(worked.value, None if one.unit == "%" else _places(order))
    if first.quote == second.quote and not one.column:
        # 分别提升14.93%和6.03%: the sentence itself is said beside.
        text = f"{names[0]}{verb}{names[1]}，相差{gap}{worked.unit}。"
    elif told:
        text = (
            f"{names[0]}{matter}{verb}{names[1]}，相差{gap}{worked.unit}（{told[0]}，{told[1]}，期间不同）。"
        )
    else:
        text = f"{names[0]}{matter}为{texts[0]}，{verb}{names[1]}的{texts[1]}，相差{gap}{worked.unit}。"
    return Claim(text, quotes, facts, worked)


def _factor(fact: Fact) -> Decimal:
    """What turns the figure into base units of its kind."""
    unit = unit_of(fact.unit)
    return unit.factor if unit is not None else Decimal(1)


def _places(operands: Sequence[Operand]) -> int:
    """The decimals of the more finely printed operand."""
    return max(max(0, -int(o.fact.value.as_tuple().exponent)) for o in operands)
