"""Figures of units as facts that can be computed with: cells of a row, or figures said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Material
from rag.answering.relevance import Need
from rag.answering.units import Unit
from rag.checking.calculation import calculate
from rag.checking.claim import Arithmetic, Operand, Quote
from rag.errors import UserError
from rag.filings.amount import Amount, find_amounts
from rag.filings.passage import Fact, Passage
from rag.filings.text import squeeze_map
from rag.structure.facts import facts_of


def work_out(expression: str, operands: Sequence[Operand], unit: str) -> Arithmetic | None:
    """The calculation over f1, f2…, None where it cannot be: a division by zero, units that do not fit."""
    try:
        return calculate(expression, operands, unit)
    except UserError:
        return None


def difference_unit(fact: Fact) -> str:
    """The unit of a difference between two figures like this one: percentage points between two in percent."""
    return "个百分点" if fact.unit == "%" else fact.unit


def row_operands(material: Material, unit: Unit) -> list[Operand]:
    """The figures of a row in printed order."""
    quote = Quote(unit.evidence, unit.start, unit.end)
    return [Operand(fact, quote) for fact in operands_of_quote(material, quote)]


def operands_of_quote(material: Material, quote: Quote) -> list[Fact]:
    """The facts of the row that a quote holds."""
    passage = material.evidence[quote.evidence].passage
    return [fact for fact in facts_of([passage]) if fact.row == (quote.start, quote.end)]


def said_operands(passage: Passage, unit: Unit) -> list[Operand]:
    """Every figure with a unit that a sentence says, in order."""
    amounts = [a for a in find_amounts(passage.text[unit.start : unit.end]) if a.unit]
    quote = Quote(unit.evidence, unit.start, unit.end)
    return [Operand(_fact(passage, unit, amount, ""), quote) for amount in amounts]


def said_operand(
    material: Material, unit: Unit, need: Need | None, units: Sequence[frozenset[str]]
) -> Operand | None:
    """The figure of a fitting unit that a sentence gives for a need: the nearest after a mention of it."""
    passage = material.evidence[unit.evidence].passage
    text = passage.text[unit.start : unit.end]
    fitting = [a for a in find_amounts(text) if a.unit and (not units or any(a.unit in u for u in units))]
    if not fitting:
        return None
    ends = _ends(text, need.words) if need is not None else []
    amount = min(
        fitting, key=lambda a: min((a.start - end for end in ends if end <= a.start), default=len(text))
    )
    fact = _fact(passage, unit, amount, need.words[0] if need is not None else "")
    return Operand(fact, Quote(unit.evidence, unit.start, unit.end))


def _ends(text: str, words: Sequence[str]) -> list[int]:
    """Where mentions of these words end in the text."""
    squeezed, origins = squeeze_map(text.lower())
    return [
        origins[match.end() - 1] + 1 for word in words for match in re.finditer(re.escape(word), squeezed)
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
