"""Figures of units as facts that can be computed with: cells of a row, or figures said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.draft import Material
from rag.answering.operation import bounds
from rag.answering.relevance import Need
from rag.answering.units import Unit
from rag.checking.calculation import DECIMALS, calculate
from rag.checking.claim import Arithmetic, Operand, Quote
from rag.errors import UserError
from rag.filings.amount import Amount, find_amounts, kind_of
from rag.filings.passage import Fact, Passage
from rag.filings.text import squeeze, squeeze_map
from rag.filings.unit import unit_of
from rag.structure.facts import facts_of

_PARTED = re.compile(r"[，；;。]|,(?!\d)|\d")
_NEW, _ASKS_NEW = re.compile(r"新增|其中"), re.compile(r"新|其中")
_WHOLE, _SUMMED = re.compile(r"总量|总数|总共|一共|拥有|手里|累计"), re.compile(r"累计|合计|总|期末")
_ASIDE = re.compile(r"申请|计划|预计|尚未")
_JOINS = re.compile(r"[，、；和及与]|,(?!\d)")
# A figure right before what it counts is as good as one this far behind it; one behind 和 is the next thing's,
# and what was added only is far off.
BEFORE, JOINED, ADDED = 2, 20, 100
# A mention farther off than this says nothing of a figure.
FAR = 60


def work_out(
    expression: str, operands: Sequence[Operand], unit: str, formula: str = "", decimals: int = DECIMALS
) -> Arithmetic | None:
    """The calculation over f1, f2…, None where it cannot be: a division by zero, units that do not fit."""
    try:
        return calculate(expression, operands, unit, formula, decimals)
    except UserError:
        return None


def counted_in_shares(operand: Operand) -> Operand:
    """A share capital in money as the number of shares it stands for, at a par value of 1元."""
    fact = operand.fact
    if fact.line_item != "share_capital" or not fact.unit.endswith("元"):
        return operand
    return replace(operand, fact=replace(fact, unit=f"{fact.unit.removesuffix('元')}股"))


def difference_unit(fact: Fact) -> str:
    """The unit of a difference between two figures like this one: percentage points between two in percent."""
    return "个百分点" if fact.unit == "%" else fact.unit


def in_base_units(fact: Fact) -> Decimal:
    """The value of a figure in the base unit of its kind (元, 平方米); as printed where its unit is unknown."""
    unit = unit_of(fact.unit)
    return fact.value * (unit.factor if unit is not None else 1)


def row_operands(material: Material, unit: Unit) -> list[Operand]:
    """The figures of a row in printed order."""
    quote = Quote(unit.evidence, unit.start, unit.end)
    return [Operand(fact, quote) for fact in operands_of_quote(material, quote)]


def by_column(operands: Sequence[Operand], words: str) -> list[Operand]:
    """The figures of a row, those first whose column heads share most with the asker's words.

    总量 and the like name what is 累计; a head of what is only 申请 or 计划 needs that word.
    """

    def fits(operand: Operand) -> int:
        head = squeeze(operand.fact.column)
        shared = sum(words[i : i + 2] in head for i in range(len(words) - 1))
        whole = 2 if _WHOLE.search(words) and _SUMMED.search(head) else 0
        other = _ASIDE.search(head)
        return shared + whole - (3 if other and other[0] not in words else 0)

    return sorted(operands, key=fits, reverse=True)


def operands_of_quote(material: Material, quote: Quote) -> list[Fact]:
    """The facts of the row that a quote holds."""
    passage = material.evidence[quote.evidence].passage
    return [fact for fact in facts_of([passage]) if fact.row == (quote.start, quote.end)]


def sum_expression(count: int, first: int = 1) -> str:
    """`f1+f2+…`: the sum of so many operands, from the first on."""
    return "+".join(f"f{n}" for n in range(first, first + count))


def said_operands(passage: Passage, unit: Unit) -> list[Operand]:
    """Every figure with a unit that a sentence says, in order."""
    amounts = [a for a in find_amounts(passage.text[unit.start : unit.end]) if a.unit]
    quote = Quote(unit.evidence, unit.start, unit.end)
    return [Operand(_fact(passage, unit, amount, ""), quote) for amount in amounts]


def meant(material: Material, operands: Sequence[Operand], words: str) -> Operand | None:
    """Of figures of one kind in a sentence the one whose clause shares most with the asker's words, else the first."""

    def shared(operand: Operand) -> int:
        text = material.evidence[operand.quote.evidence].passage.text
        clause = squeeze(_PARTED.split(text[operand.quote.start : operand.fact.cell[0]])[-1])
        return sum(clause[i : i + 2] in words for i in range(len(clause) - 1))

    return max(operands, key=shared, default=None)


def said_operand(
    material: Material, unit: Unit, need: Need | None, units: Sequence[frozenset[str]]
) -> Operand | None:
    """The figure of a fitting unit that a sentence gives for a need, the likeliest one."""
    needs = [need] if need is not None else []
    return next(iter(said_operands_near(material, unit, needs, units, material.query.text)), None)


def said_operands_near(
    material: Material, unit: Unit, needs: Sequence[Need], units: Sequence[frozenset[str]], words: str = ""
) -> list[Operand]:
    """The figures of fitting units that a sentence gives, the likeliest for the needs first.

    That is the nearest behind mentions of them, or right before one (4次董事会); 上限 in the asker's `words`
    is what follows 不超过, and what is 新增 only where they say so.
    """
    passage = material.evidence[unit.evidence].passage
    text = passage.text[unit.start : unit.end]
    fitting = [a for a in find_amounts(text) if a.unit and (not units or any(a.unit in u for u in units))]
    places = [(need.weight, _places(text, need.words)) for need in needs]
    told = {amount: _bound(text, amount, words) for amount in fitting}
    fitting = [amount for amount in fitting if told[amount] is not None]
    ordered = sorted(fitting, key=lambda amount: _distance(text, amount, places, words))
    label = max(needs, key=lambda need: need.weight).words[0] if needs else ""
    quote = Quote(unit.evidence, unit.start, unit.end)
    facts = [_fact(passage, unit, amount, label) for amount in ordered]
    return [
        Operand(replace(fact, text=f"{told[amount] or ''}{fact.text}"), quote)
        for fact, amount in zip(facts, ordered, strict=True)
    ]


def _bound(text: str, amount: Amount, words: str) -> str | None:
    """What a figure is called as the bound that is asked for (不超过), "" where none is; None where it is no bound."""
    asked = [said for asked, said in bounds() if asked.search(words)]
    found = [match[0] for said in asked if (match := said.search(_clause(text, amount)))]
    return next(iter(found), None) if asked else ""


def _clause(text: str, amount: Amount) -> str:
    """What stands before a figure, back to the last stop, comma or figure."""
    return _PARTED.split(text[: amount.start])[-1]


def _distance(
    text: str, amount: Amount, places: Sequence[tuple[float, list[tuple[int, int]]]], words: str
) -> float:
    """How far a figure is from what it may be about, in characters weighted by need."""
    added = ADDED if _NEW.search(_clause(text, amount)) and not _ASKS_NEW.search(words) else 0
    return sum(weight * _gap(text, amount, spots) for weight, spots in places) + added


def _gap(text: str, amount: Amount, spots: Sequence[tuple[int, int]]) -> int:
    """Characters between a figure and the nearest mention of a need, FAR at most."""
    behind = [text[end : amount.start] for _, end in spots if end <= amount.start]
    ahead = [text[amount.end : start] for start, _ in spots if start >= amount.end]
    counted = kind_of(amount.unit).startswith("count")
    before = [len(gap) + BEFORE for gap in ahead if counted and not _PARTED.search(gap)]
    return min(*(len(gap) + JOINED * bool(_JOINS.search(gap)) for gap in behind), *before, FAR, FAR)


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where these words are mentioned in the text."""
    squeezed, origins = squeeze_map(text.lower())
    return [
        (origins[match.start()], origins[match.end() - 1] + 1)
        for word in words
        for match in re.finditer(re.escape(word), squeezed)
    ]


def _fact(passage: Passage, unit: Unit, amount: Amount, label: str) -> Fact:
    start = unit.start + amount.start
    return Fact(
        f"{passage.id}-s{start}",
        passage.filing_id,
        passage.id,
        label,
        "",
        "",
        passage.scope,
        passage.statement,
        "ratio" if amount.unit == "%" else "amount",
        amount.value,
        amount.unit,
        "",
        amount.text,
        (unit.start, unit.end),
        (start, unit.start + amount.end),
        passage.section,
    )
