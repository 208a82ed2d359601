"""Arithmetic that a question spells out: a share, a quotient, a difference or a sum of two named figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import quotes_of, ranked_facts
from rag.answering.formula_answer import filings_of
from rag.answering.operands import difference_unit, row_operands, said_operand, said_operands, work_out
from rag.answering.operation import Operation, Rate, operations, rates
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.ranking import rank_units, same_time
from rag.answering.relevance import Need, met
from rag.answering.units import Unit, units_of
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal, kind_of
from rag.filings.fiscal import in_chinese
from rag.filings.lexicon import find_line_items, line_item_of
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.retrieval.question import Query, Side
from rag.retrieval.wording import scope_of

_ASKING = re.compile(r"^(?:帮我|请|粗?算(?:一)?下|粗?算|测算|按|用|那|把)+|(?:是|的|了|给|算算?)+$")
# An operand's unit must score this much, as in any answer.
ENOUGH = 1.0
# Sentences looked at for a rate.
RATE_UNITS = 6
# It must also speak of this share of the operand's words: another item's row is no operand.
NAMED = 0.5
# Its label may be this many times as long as those words.
MOST_LONGER = 4

_IDENTITY = attrgetter("line_item", "label", "period", "scope", "column")

Gather = Callable[[Query], Material]
Weigh = Callable[[Query], tuple[Need, ...]]


class Calculator:
    """Finds the two figures of an operation, each as if it were asked for by itself."""

    def __init__(self, gather: Gather, weigh: Weigh, about: Callable[[Query, str], Query]) -> None:
        """`about` makes the query for one figure's words out of the whole question's."""
        self._gather = gather
        self._weigh = weigh
        self._about = about

    def answer(self, query: Query) -> Draft | None:
        """The operation worked out, with the material its operands stand in; None where one is not found."""
        for rate in rates():
            if rate.pattern.search(query.text):
                return self._rate(rate, query)
        for operation in operations():
            match = operation.pattern.search(query.text)
            if match is None:
                continue
            if query.sides and _side_of(query, match["a"]) in (None, _side_of(query, match["b"])):
                return None
            first = self._operand(query, match["a"])
            second = self._operand(query, match["b"], first[1].fact.column if first else "")
            if first is None or second is None or not _are_two(first[1].fact, second[1].fact):
                return None
            return _worked(operation, query, first, second)
        return None

    def _rate(self, rate: Rate, query: Query) -> Draft | None:
        """The rate over the best sentence that gives both of its figures."""
        material = self._gather(query)
        needs = self._weigh(query)
        for scored in rank_units(units_of(material.evidence), needs, query, material.evidence)[:RATE_UNITS]:
            if scored.unit.row is not None or scored.score < ENOUGH:
                continue
            operands = said_operands(material.evidence[scored.unit.evidence].passage, scored.unit)
            over = next((o for o in operands if o.fact.unit in rate.over), None)
            under = next((o for o in operands if o.fact.unit in rate.under), None)
            if over is not None and under is not None:
                return _rated(rate, material, [over, under])
        return None

    def _operand(self, query: Query, words: str, column: str = "") -> tuple[Material, Operand] | None:
        """The figure that these words name, in that column where the row has it, with its evidence."""
        asked = _of_side(query, words)
        about = self._about(asked, _ASKING.sub("", words))
        bare = not about.line_items and not about.terms
        if bare and query.line_item_words and (query.sides or scope_of(words)):
            # 甲的研发费用是乙的几倍, 合并与母公司净利润差多少: the item is named once.
            about = replace(self._about(asked, query.line_item_words[0][1]), scope=about.scope)
        if not about.line_items and not about.terms:
            return None
        material = self._gather(about)
        for filing in filings_of(material) if about.line_items and not about.terms else ():
            facts = ranked_facts(material, about.line_items[0], [filing])[:1]
            for fact, quote in zip(facts, quotes_of(material, facts), strict=True):
                if quote is not None:
                    return material, Operand(fact, quote)
        needs = self._weigh(about)
        for scored in rank_units(units_of(material.evidence), needs, about, material.evidence)[:3]:
            enough = scored.score >= ENOUGH and scored.coverage >= NAMED
            operand = _read(material, scored.unit, needs, words, column) if enough else None
            if operand is not None:
                return material, operand
        return None


def _read(material: Material, unit: Unit, needs: Sequence[Need], words: str, column: str) -> Operand | None:
    """The figure of a unit for the period asked, else its first amount; a sentence's goes by the asker's words."""
    query = material.query
    if unit.row is None:
        best = max(needs, key=lambda need: need.weight * met(unit, need), default=None)
        found = said_operand(material, unit, best, query.expects)
        return Operand(replace(found.fact, label=_label(words)), found.quote) if found else None
    amounts = [o for o in row_operands(material, unit) if o.fact.measure not in ("change", "points")]
    if amounts and not _is_labelled(amounts[0].fact.label, words):
        return None
    label = "".join(o.fact.label for o in amounts[:1])
    keys = {m.key for m in find_line_items(words) if m.text not in label} - {unit.line_item}
    named = [o for o in amounts if line_item_of(o.fact.column) in keys] if keys else []
    beside = [o for o in amounts if column and o.fact.column == column]
    if named or beside:
        return (named or beside)[0]
    if keys and any(o.fact.column for o in amounts) and not unit.line_item:
        return None
    asked = query.periods or (material.evidence[unit.evidence].filing.period,)
    return next((o for o in amounts if any(same_time(o.fact.period, p) for p in asked)), None) or next(
        iter(amounts), None
    )


def _label(words: str) -> str:
    """What to call a sentence's figure: the item that the asker's words name, else the words."""
    named = find_line_items(words)
    return named[-1].text if named else _ASKING.sub("", words)


def _is_labelled(label: str, words: str) -> bool:
    """Whether a row's label is about as long as what is asked for: 销售 is no cell text that begins with 销售."""
    return len(squeeze(clean_label(label))) <= MOST_LONGER * len(squeeze(_ASKING.sub("", words)))


def _side_of(query: Query, words: str) -> Side | None:
    """The issuer that these words stand beside, where the question names several."""
    return next((side for side in query.sides if words in side.words), None)


def _of_side(query: Query, words: str) -> Query:
    """The query in the filings of the issuer that these words stand beside."""
    side = _side_of(query, words)
    return replace(query, filing_ids=side.filing_ids, sides=()) if side is not None else query


def _are_two(one: Fact, other: Fact) -> bool:
    """Whether two figures are of a kind and not one and the same, printed in two places."""
    same = one.id == other.id or _IDENTITY(one) == _IDENTITY(other)
    return not same and kind_of(one.unit) == kind_of(other.unit)


def _rated(rate: Rate, material: Material, operands: Sequence[Operand]) -> Draft | None:
    worked = work_out("f1/f2", operands, rate.unit)
    if worked is None:
        return None
    over, under = (operand.fact.text for operand in operands)
    text = f"{rate.says}{format_decimal(worked.value)}{worked.unit}（{over}÷{under}）。"
    return Draft(
        (Claim(text, (operands[0].quote,), tuple(o.fact for o in operands), worked),), material=material
    )


def _unit_left(fact: Fact) -> str:
    """The unit that a cell's text leaves to its column; a sentence's figure brings its own."""
    return fact.unit if fact.text[-1:].isdigit() else ""


def _worked(
    operation: Operation, query: Query, first: tuple[Material, Operand], second: tuple[Material, Operand]
) -> Draft | None:
    """The claim over both operands' evidence laid together."""
    material = Material(query, (*first[0].evidence, *second[0].evidence), (*first[0].facts, *second[0].facts))
    moved = replace(second[1].quote, evidence=second[1].quote.evidence + len(first[0].evidence))
    operands = [first[1], Operand(second[1].fact, moved)]
    worked = work_out(operation.expression, operands, operation.unit or difference_unit(operands[0].fact))
    if worked is None:
        return None
    apart = {o.fact.scope for o in operands} == {"parent", "consolidated"}
    one, other = (_named(material, operand, apart) for operand in operands)
    rest = "".join(word for before, word in zip(one, other, strict=True) if word != before)
    text = f"{''.join(one)}，{rest}，{operation.says}{format_decimal(worked.value)}{worked.unit}。"
    claim = Claim(text, tuple(o.quote for o in operands), tuple(o.fact for o in operands), worked)
    return Draft((claim,), material=material)


def _named(material: Material, operand: Operand, apart: bool) -> tuple[str, str, str, str]:
    """A figure's issuer, period, scope, and label with the figure; 合并 is said where both scopes are."""
    fact = operand.fact
    issuer = issuer_name(material.evidence[operand.quote.evidence].filing)
    when = in_chinese(fact.period) if fact.period else ""
    scope = "母公司" if fact.scope == "parent" else "合并" if apart else ""
    return issuer, when, scope, f"{clean_label(fact.label)}为{fact.text}{_unit_left(fact)}"
