"""Ratios that the filing does not print are computed by the fixed formulas over its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer, quotes_of, ranked_facts
from rag.answering.operands import counted_in_shares, work_out
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.rounding_asked import decimals_asked, unit_asked
from rag.checking.check import check
from rag.checking.claim import Arithmetic, Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import (
    days_of,
    end_date,
    in_chinese,
    is_period,
    previous_year,
    previous_year_end,
)
from rag.filings.formula import Formula, find_formulas, formulas
from rag.filings.lexicon import line_items
from rag.filings.passage import Fact
from rag.retrieval.question import Query

_PART = re.compile(r"(average|previous|optional)\(([a-z_][a-z_0-9]*)\)|([a-z_][a-z_0-9]*)")
_AVERAGED = "按平均余额计算"
# What is left of an optional item that the filing does not print.
_NOTHING = re.compile(r"0 \+ | \+ 0(?!\d)")
_PER_SHARE = "元/股"
PAIR = 2
_SHARE = r"(?:比[例重]|占比|百分|多少|几|[?？]|$)"
_SUMMED = r"(?:的?(?:合计|总额|之和|总和|加起来|一共|共))?"
_WHEN = r"(?:当期|同期|全部|年末|期末)?"
_OF_SHARES = re.compile(r"[占比例重率百分的合计总额之和一共]+")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A formula with its operands for one period; `expression` is over f1, f2…"""

    operands: tuple[Operand, ...]
    expression: str
    period: str


def answer_by_formula(material: Material) -> Draft | None:
    """Every formula the question names, worked out for each issuer; None where the operands of all are missing."""
    claims: list[Claim] = []
    for formula in formulas_of(material.query):
        found = [_of_issuer(material, formula, filings) for filings in filings_by_issuer(material)]
        made = [several for several in found if several]
        asked = max(1, len(material.query.issuers))
        if len(made) < asked:
            continue
        claims += _set_side_by_side(material, formula, made) if asked == PAIR else []
        claims += [claim for several in made[:asked] for claim in several]
    return Draft(tuple(claims)) if claims else None


def formulas_of(query: Query) -> tuple[Formula, ...]:
    """The formulas that a question names, else the share of one line item in another that it spells out."""
    named = find_formulas(query.text)
    spelt = None if named else spelt_share(query)
    return (spelt,) if spelt is not None else named


def spelt_share(query: Query) -> Formula | None:
    """The share of line items in another (存货占总资产的比例) and nothing narrower; a known formula where one is that.

    甲、乙合计占丙 is the share of their sum.
    """
    items, words = query.line_items, [word for _, word in query.line_item_words]
    natures = {line_items()[key].nature for key in items}
    if len(items) < 2 or len(words) != len(items) or natures - {"flow", "balance"}:
        return None
    parts = r"(?:、|,|，|和|与|及|加上?)".join(map(re.escape, words[:-1]))
    total = "" if len(items) == 2 else _SUMMED
    said = re.search(rf"{parts}{total}占(?:了)?{_WHEN}{re.escape(words[-1])}(?:的)?{_SHARE}", query.text)
    if said is None or any(term.is_name and not _OF_SHARES.fullmatch(term.text) for term in query.terms):
        return None
    names = [line_items()[key].name for key in items]
    top = items[0] if len(items) == 2 else f"({' + '.join(items[:-1])})"
    expression = f"{top} / {items[-1]}"
    known = next((formula for formula in formulas().values() if formula.expression == expression), None)
    name = f"{'、'.join(names[:-1])}{'合计' if len(items) > 2 else ''}占{names[-1]}的比例"
    return known or Formula("", name, (), expression, items, "%", "")


def _of_issuer(material: Material, formula: Formula, filings: Sequence[Filing]) -> list[Claim]:
    """The claims over the first of one issuer's filings that holds every operand."""
    for filing in filings:
        now = _sum(material, formula, filing, _base(material, filing))
        if now is not None:
            return list(_claims(material, formula, filing, now))
    return []


def _set_side_by_side(material: Material, formula: Formula, made: Sequence[Sequence[Claim]]) -> list[Claim]:
    """Which of two issuers' ratios is more, and by how much."""
    one, other = (claims[0] for claims in made[:PAIR])
    if one.arithmetic is None or other.arithmetic is None:
        return []
    more = one.arithmetic.value >= other.arithmetic.value
    high, low = (one.arithmetic, other.arithmetic) if more else (other.arithmetic, one.arithmetic)
    unit = "个百分点" if formula.unit == "%" else formula.unit
    operands = (*high.operands, *low.operands)
    worked = work_out(f"({high.expression})-({_shifted(low.expression, len(high.operands))})", operands, unit)
    if worked is None or worked.value == 0:
        return []
    names = [issuer_name(material.evidence[claim.quotes[0].evidence].filing) for claim in (one, other)]
    apart = "（期间不同）" if _ends(high.operands) != _ends(low.operands) else ""
    gap = f"{format_decimal(worked.value)}{worked.unit}"
    text = f"{names[0]}{formula.name}{'高于' if more else '低于'}{names[1]}，相差{gap}{apart}。"
    return [_claim(text, operands, worked)]


def _ends(operands: Sequence[Operand]) -> str:
    """The day on which the last of these figures' periods ends."""
    return max((end_date(o.fact.period).isoformat() for o in operands if o.fact.period), default="")


def _shifted(expression: str, by: int) -> str:
    """An expression over f1, f2… as one over the operands that follow so many others."""
    return re.sub(r"f(\d+)", lambda match: f"f{int(match[1]) + by}", expression)


def _claims(material: Material, formula: Formula, filing: Filing, now: _Sum) -> Iterator[Claim]:
    """The ratio; where its course is asked for also the one before and the change between them."""
    told = _told(material, formula, filing, now)
    if told is None:
        return
    yield told
    several = len(material.query.periods) > 1 and not material.query.sides
    if not material.query.asks_change and not several:
        return
    before = _sum(material, formula, filing, _before(formula, now.period))
    earlier = _told(material, formula, filing, before) if before else None
    if before is not None and earlier is not None:
        yield earlier
        change = _change(formula, now, before)
        if change is not None:
            yield change


def _base(material: Material, filing: Filing) -> str:
    """The period asked for, the filing's own where it is that or none is asked."""
    asked = material.query.periods
    own = {filing.period, end_date(filing.period).isoformat()} if filing.period else set()
    # Of a year that is not over the filing has its part.
    part = bool(own) and asked[:1] == (f"{filing.period[:4]}FY",)
    return filing.period if not asked or own & set(asked) or part else asked[0]


def _before(formula: Formula, period: str) -> str:
    """What a period is compared with: the year before, for balances alone the end of the year before."""
    balances = all(line_items()[key].nature == "balance" for key in formula.operands)
    return previous_year_end(period) if balances else previous_year(period)


def _sum(material: Material, formula: Formula, filing: Filing, period: str) -> _Sum | None:
    """The operands of a formula for a period, None where one is not there."""
    if not period or ("days" in formula.expression and not is_period(period)):
        return None
    filling = _Filling(material, formula, filing, period)
    expression = _NOTHING.sub("", _PART.sub(filling.part, formula.expression))
    if not filling.operands or filling.missing:
        return None
    return _Sum(tuple(filling.operands), expression, period)


class _Filling:
    """Puts f1, f2… for the keys of a formula, and finds their cells on the way."""

    def __init__(self, material: Material, formula: Formula, filing: Filing, period: str) -> None:
        self._material = material
        self._per_share = formula.unit == _PER_SHARE
        self._filing = filing
        self._period = period
        self.operands: list[Operand] = []
        self.missing = False

    def part(self, match: re.Match[str]) -> str:
        """One key, or a function of one, as it is computed."""
        function, key = match[1], match[2] or match[3]
        if key == "days":
            return str(days_of(self._period))
        if function == "average":
            return f"(({self._one(key, previous_year_end(self._period))}+{self._one(key, self._period)})/2)"
        if function == "optional" and _operand(self._material, key, self._filing, self._period) is None:
            return "0"
        return self._one(key, previous_year(self._period) if function == "previous" else self._period)

    def _one(self, key: str, period: str) -> str:
        operand = _operand(self._material, key, self._filing, period)
        if operand is None:
            self.missing = True
            return "0"
        operand = counted_in_shares(operand) if self._per_share else operand
        if operand not in self.operands:
            self.operands.append(operand)
        return f"f{self.operands.index(operand) + 1}"


def _operand(material: Material, key: str, filing: Filing, period: str) -> Operand | None:
    """The cell of a line item for a period; a flow of the filing's own for its last day."""
    balance = line_items()[key].nature == "balance"
    if balance:
        period = end_date(period).isoformat()
    elif not is_period(period):
        period = filing.period if filing.period and end_date(filing.period).isoformat() == period else ""
    about = replace(material, query=replace(material.query, periods=(period,)))
    dated = [fact for fact in ranked_facts(about, key, [filing]) if fact.period or period == filing.period]
    for fact, quote in zip(dated[:1], quotes_of(about, dated[:1]), strict=True):
        return Operand(fact, quote) if quote is not None else None
    return None


def _told(material: Material, formula: Formula, filing: Filing, found: _Sum) -> Claim | None:
    worked = work_out(
        found.expression,
        found.operands,
        unit_asked(material.query.text, formula.unit),
        decimals=decimals_asked(material.query.text),
    )
    if worked is None:
        return None
    scope = "母公司" if material.query.scope == "parent" else ""
    result = with_short_form(format_decimal(worked.value), worked.value, worked.unit)
    balances = all(line_items()[key].nature == "balance" for key in formula.operands)
    when = in_chinese(end_date(found.period).isoformat() if balances else found.period)
    said = f"{issuer_name(filing)}{scope}{when}{formula.name}为{result}（{_as_said(worked)}"
    operands = "，".join(_operand_text(operand.fact) for operand in found.operands)
    claim = _claim(f"{said}；{operands}）。", found.operands, worked)
    # A figure of another period than the one said would not pass the check; the citations show it.
    return claim if check(claim, material.evidence).passed else _claim(f"{said}）。", found.operands, worked)


def _as_said(worked: Arithmetic) -> str:
    """The formula in words; one with numbers of its own is told by what it takes, the calculation shows it whole."""
    return _AVERAGED if re.search(r"(?<![f\d])\d", worked.expression) else worked.formula


def _operand_text(fact: Fact) -> str:
    return f"{clean_label(fact.label)}{fact.text}{fact.unit if fact.text[-1:].isdigit() else ''}"


def _change(formula: Formula, now: _Sum, before: _Sum) -> Claim | None:
    """By how much the ratio has changed, over the operands of both periods."""
    earlier = _shifted(before.expression, len(now.operands))
    operands = (*now.operands, *before.operands)
    unit = "个百分点" if formula.unit == "%" else formula.unit
    worked = work_out(f"({now.expression})-({earlier})", operands, unit)
    if worked is None:
        return None
    word = ("上升" if formula.unit == "%" else "增加") if worked.value >= 0 else "下降"
    when = f"{in_chinese(now.period)}较{in_chinese(before.period)}"
    return _claim(f"{when}{word}{format_decimal(abs(worked.value))}{worked.unit}。", operands, worked)


def _claim(text: str, operands: Sequence[Operand], worked: Arithmetic) -> Claim:
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    return Claim(text, quotes, tuple(operand.fact for operand in operands), worked)
