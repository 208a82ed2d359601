"""Arithmetic that a question spells out or leaves open: over figures it names, or over those of one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from rag.answering.aged_share import aged_share, ageing_query, asks_aged_share
from rag.answering.ageing import aged
from rag.answering.derived import derived
from rag.answering.draft import Draft, Material
from rag.answering.exceeding import told_excess
from rag.answering.figure_search import (
    FACT_SCORE,
    TOTALS,
    FigureFinder,
    Found,
    Gather,
    Weigh,
    bare,
    name_of,
    side_of,
)
from rag.answering.operands import (
    difference_unit,
    in_base_units,
    meant,
    row_operands,
    said_operands,
    work_out,
)
from rag.answering.operation import Operation, Rate, chain_of, meant_instead, operations, rates
from rag.answering.pair_compare import compare_two
from rag.answering.pairs import best_pair, in_one
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.ranking import Scored, rank_units
from rag.answering.rounding_asked import decimals_asked, unit_asked
from rag.answering.units import Unit, held_units, row_unit, units_of
from rag.checking.claim import Arithmetic, Claim, Operand
from rag.filings.ages import span_of
from rag.filings.amount import format_decimal
from rag.filings.fiscal import in_chinese, is_period, same_time
from rag.filings.lexicon import find_line_items
from rag.filings.passage import Fact
from rag.filings.period import find_periods, resolve
from rag.filings.text import squeeze
from rag.retrieval.question import Query

# An operand's unit must score this much, as in any answer.
ENOUGH = 1.0
# Sentences and rows looked at for figures that stand side by side.
MOST_UNITS = 6
# What a sentence that tells of a part of the company names.
_PART = re.compile(r"区域|地区|大区|城市|[省市]|子公司|分公司")
_ASKS_SHARE = re.compile(r"占")
_SAYS_SHARE = re.compile(r"占|比[例重]|百分之")
_MARGIN = re.compile(r"毛利率|净利率|利润率|增减|变动")
_MONEY = frozenset({"元", "万元", "亿元"})


class Calculator:
    """Finds the figures of an operation, each as if it were asked for by itself."""

    def __init__(self, gather: Gather, weigh: Weigh, about: Callable[[Query, str], Query]) -> None:
        """`about` makes the query for one figure's words out of the whole question's."""
        self._gather = gather
        self._weigh = weigh
        self.finder = FigureFinder(gather, weigh, about)

    def compare_two(self, query: Query) -> Draft | None:
        """Two things named in the question set side by side; None where one of them is not found."""
        return compare_two(query, self.finder, self._weigh)

    @staticmethod
    def named_ratio(query: Query) -> str:
        """A ratio that the question asks for by its own name (成新率), which no other figure stands in for; else ""."""
        named = (o.name for o in operations() if o.first and o.pattern.search(query.text))
        return next((name for name in named if name in query.text), "")

    def told_excess(self, query: Query) -> Draft | None:
        """Whether one figure is more than another, where that is asked; None where one is not found."""
        return told_excess(query, self.finder)

    def answer(self, query: Query) -> Draft | None:
        """The operation worked out, with the material its operands stand in; None where one is not found."""
        if query.kind == "text":
            return self._share(query)
        if query.kind == "number":
            return self._aged(query) or self._chain(query) or self._part(query) or self._share(query)
        ways = (self._aged, self._rate, self._derived, self._chain, self._operation)
        for way in ways if query.kind == "calc" else (self._chain, self._operation):
            draft = way(query)
            if draft is not None:
                return draft
        return None

    def aged_share(self, query: Query) -> Draft | None:
        """The share of some ages in an ageing table's total; None where none is asked for or no table holds it."""
        return aged_share(self._gather(ageing_query(query)), query) if asks_aged_share(query) else None

    def _aged(self, query: Query) -> Draft | None:
        """The sum of the rows of a table by age."""
        if span_of(query.text) is None or not query.line_items:
            return None
        material = self._gather(query)
        needs = self._weigh(query)
        return aged(material, rank_units(units_of(material.evidence), needs, query, material.evidence))

    def _ranked(self, material: Material) -> Iterator[Scored]:
        """The units that speak of the question best."""
        needs = self._weigh(material.query)
        ranked = rank_units(units_of(material.evidence), needs, material.query, material.evidence)
        return (scored for scored in ranked[:MOST_UNITS] if scored.score >= ENOUGH)

    def _rate(self, query: Query) -> Draft | None:
        """A rate over the best sentence that gives both of its figures, those nearest to the asker's words."""
        rate = next((r for r in rates() if r.pattern.search(query.text)), None)
        if rate is None:
            return None
        material = self._gather(query)
        found: list[list[Operand]] = []
        for scored in self._ranked(material):
            part = rate.whole and any(word not in query.text for word in _PART.findall(scored.unit.text))
            if scored.unit.row is not None or part:
                continue
            operands = said_operands(material.evidence[scored.unit.evidence].passage, scored.unit)
            over = meant(material, [o for o in operands if o.fact.unit in rate.over], query.text)
            under = meant(material, [o for o in operands if o.fact.unit in rate.under], query.text)
            if over is not None and under is not None:
                found.append([over, under])
        if rate.whole:
            # A sentence on one region tells the same of less.
            found.sort(key=lambda pair: -in_base_units(pair[1].fact))
        return _rated(rate, material, found[0]) if found else None

    def _derived(self, query: Query, most: int = MOST_UNITS) -> Draft | None:
        """What the figures of one sentence or row come to, in the way that the question asks for."""
        material = self._gather(query)
        for scored in islice(self._ranked(material), most):
            row = scored.unit.row is not None
            passage = material.evidence[scored.unit.evidence].passage
            operands = row_operands(material, scored.unit) if row else said_operands(passage, scored.unit)
            claim = derived(query, material, operands, in_row=row)
            if claim is not None:
                return Draft((claim,), material=material)
        return None

    def _part(self, query: Query) -> Draft | None:
        """An amount that the sentence which answers gives only as a share."""
        return self._derived(query, 1) if query.expects and _MONEY & query.expects[0] else None

    def _share(self, query: Query) -> Draft | None:
        """A share that nothing prints, over its two figures."""
        if not _ASKS_SHARE.search(query.text) or not any("%" in units for units in query.expects):
            return None
        material = self._gather(query)
        best = next(self._ranked(material), None)
        return self._operation(query) if best is None or not _holds_share(material, best.unit) else None

    def _chain(self, query: Query) -> Draft | None:
        """Three figures or more, joined by words for plus, minus, times and over."""
        chain = chain_of(query.text)
        if chain is None or query.sides:
            return None
        found: list[Found] = []
        for words in chain.words:
            taken = {one.fact.id for one in found}
            fresh = (one for one in self.finder.find(query, words) if one.fact.id not in taken)
            best = next(fresh, None)
            if best is None:
                return None
            found.append(_called(best, words))
        material, operands = in_one(query, found)
        unit = chain.unit or _own_unit(chain.expression, operands[0].fact)
        return _told(query, material, operands, (chain.expression, unit, chain.says))

    def _operation(self, query: Query) -> Draft | None:
        for operation in operations():
            match = operation.pattern.search(query.text)
            if match is None:
                continue
            groups = match.groupdict()
            first, second = operation.first or groups["a"], operation.second or groups["b"]
            if query.sides and side_of(query, first) in (None, side_of(query, second)):
                return None
            if _is_time(second):
                continue  # 比年初减少多少 sets one figure against its own of another time
            return self._of_two(operation, query, (first, second, groups.get("m") or groups.get("n") or ""))
        return None

    def _of_two(self, operation: Operation, query: Query, words: tuple[str, str, str]) -> Draft | None:
        """The operation over the best two figures for its words; `m` is a measure that both share."""
        first, second, measure = words
        if bare(first) == bare(second):
            return None
        said, second = second, _meant(first, second) if "/" in operation.expression else second
        firsts = self.finder.find(query, first + measure, within=second if operation.whole else "")
        shared = first if operation.whole and not find_line_items(second) else ""
        seconds = self.finder.find(query, second + measure, within=shared, column=_column(firsts))
        if operation.whole and operation.second:
            # The whole is the statement's own figure, no part's in a table that breaks it down.
            seconds = [found for found in seconds if found.score >= FACT_SCORE]
        elif operation.whole:
            seconds = [*_totals(firsts, second), *seconds]
        seconds = [found for found in seconds if _says(found, operation.says_second)]
        pair = best_pair(firsts, seconds, alike=bool(operation.first or not operation.second))
        if pair is None or (operation.unit == "%" and pair[0].fact.unit == "%"):
            return None
        if operation.whole and _is_one_figure(*pair):
            return None  # no share of itself is asked for
        if said != second and not (_is_of_time(pair[0], pair[1].fact.period) and pair[1].fact.column):
            return None
        pair = (_called(pair[0], first), _called(pair[1], second))
        material, operands = in_one(query, pair)
        unit = operation.unit or _own_unit(operation.expression, operands[0].fact)
        part = operation.first or operation.whole
        if part and in_base_units(operands[0].fact) > in_base_units(operands[1].fact):
            return None  # what is left or a part of a value is no more than it
        return _told(query, material, operands, (operation.expression, unit, operation.says))


def _is_one_figure(one: Found, other: Found) -> bool:
    """Whether two figures found are the same one, said in one place or in two of a filing."""
    return (one.fact.filing_id, one.fact.value) == (other.fact.filing_id, other.fact.value)


def _holds_share(material: Material, unit: Unit) -> bool:
    """Whether a unit gives a share: said as one, or in a row under a head that is no margin and no change."""
    if "%" not in held_units(unit):
        return False
    if unit.row is None:
        return _SAYS_SHARE.search(unit.text) is not None
    columns = material.evidence[unit.evidence].passage.columns
    heads = [columns[cell.column] for cell in unit.row.cells if cell.column >= 0 and cell.unit == "%"]
    margins = [column for column in heads if column.measure == "change" or _MARGIN.search(column.head)]
    return not heads or len(margins) < len(heads)


def _is_time(words: str) -> bool:
    """Whether words name nothing but a time: 上年, 年初, 2023年末, 去年同期."""
    left = bare(squeeze(words))
    for mention in reversed(find_periods(left)):
        left = left[: mention.start] + left[mention.end :]
    return not left.strip("的同期末底数还要，,")


def _is_of_time(found: Found, period: str) -> bool:
    """Whether a figure is of a period: its cell's, or the one its sentence tells, else that of a whole year's filing.

    What is paid out in half a year is of the year before, so that a sentence must say of which.
    """
    piece = found.material.evidence[found.operand.quote.evidence]
    if found.fact.column:
        return same_time(found.fact.period, period)
    own, said = piece.filing.period, piece.passage.text[found.operand.quote.start : found.fact.cell[0]]
    told = {time for mention in find_periods(said) if is_period(time := resolve(mention, own) or "")}
    return any(same_time(time, period) for time in told or {own if own.endswith("FY") else ""})


def _says(found: Found, words: str) -> bool:
    """Whether a figure's row, column or heading says what an operation takes; true where it asks for no words."""
    fact = found.fact
    return not words or bool(
        re.search(words, squeeze("".join((fact.label, fact.column, *fact.section[-1:]))))
    )


def _meant(first: str, second: str) -> str:
    """The words of the second figure of a ratio, those for what is meant by it where they say less (分红÷净利润)."""
    for words, key, said in meant_instead():
        items = find_line_items(second)
        if words.search(first) and items and items[-1].key == key:
            return second[: items[-1].start] + said
    return second


def _own_unit(expression: str, fact: Fact) -> str:
    """The unit of a sum or difference of figures like this one."""
    return difference_unit(fact) if "-" in expression else fact.unit


def _column(found: Sequence[Found]) -> str:
    """The column of the likeliest figure."""
    return found[0].fact.column if found else ""


def _totals(firsts: Sequence[Found], whole: str) -> Iterator[Found]:
    """The total rows of tables that are about the whole, in the columns of the figures found for the part."""
    items = squeeze(name_of(whole))
    for found in firsts:
        index = found.operand.quote.evidence
        passage = found.material.evidence[index].passage
        about = squeeze("".join((*passage.section[-2:], passage.context)))
        for row in passage.rows if items and items in about else ():
            if squeeze(row.label) not in TOTALS:
                continue
            for operand in row_operands(found.material, row_unit(index, passage, row)):
                if operand.fact.column == found.fact.column and found.fact.column:
                    yield Found(found.material, operand, FACT_SCORE + found.score)


def _called(found: Found, words: str) -> Found:
    """A total under the name of what it is the total of."""
    if squeeze(found.fact.label) not in TOTALS:
        return found
    return replace(found, operand=replace(found.operand, fact=replace(found.fact, label=bare(words))))


def _rated(rate: Rate, material: Material, operands: Sequence[Operand]) -> Draft | None:
    worked = work_out("f1/f2", operands, rate.unit)
    if worked is None:
        return None
    over, under = (operand.fact.text for operand in operands)
    text = f"{rate.says}{format_decimal(worked.value)}{worked.unit}（{over}÷{under}）。"
    return Draft(
        (Claim(text, (operands[0].quote,), tuple(o.fact for o in operands), worked),), material=material
    )


def _told(
    query: Query, material: Material, operands: Sequence[Operand], way: tuple[str, str, str]
) -> Draft | None:
    """The claim that names every figure and what they come to; `way` is expression, unit and lead."""
    expression, unit, says = way
    worked = work_out(
        expression, operands, unit_asked(query.text, unit), decimals=decimals_asked(query.text, unit)
    )
    if worked is None:
        return None
    text = f"{_named_all(material, operands)}，{says}{_result(worked)}。"
    claim = Claim(text, tuple(o.quote for o in operands), tuple(o.fact for o in operands), worked)
    return Draft((claim,), material=material)


def _result(worked: Arithmetic) -> str:
    return with_short_form(format_decimal(worked.value), worked.value, worked.unit)


def _named_all(material: Material, operands: Sequence[Operand]) -> str:
    """Every figure with its issuer, period, scope and label, of which the later ones repeat nothing."""
    apart = {o.fact.scope for o in operands} == {"parent", "consolidated"}
    told: list[str] = []
    before: tuple[str, ...] = ("", "", "")
    for operand in operands:
        own = _named(material, operand, apart)
        told.append("".join(word for word, last in zip(own, (*before, ""), strict=True) if word != last))
        before = own[:3]
    return "，".join(told)


def _named(material: Material, operand: Operand, apart: bool) -> tuple[str, str, str, str]:
    """A figure's issuer, period, scope, and label with the figure; 合并 is said where both scopes are."""
    fact = operand.fact
    issuer = issuer_name(material.evidence[operand.quote.evidence].filing)
    when = in_chinese(fact.period) if fact.period else ""
    scope = "母公司" if fact.scope == "parent" else "合并" if apart else ""
    label = f"{clean_label(fact.label)}为" if fact.label else ""
    return issuer, when, scope, f"{label}{fact.text}{_unit_left(fact)}"


def _unit_left(fact: Fact) -> str:
    """The unit that a cell's text leaves to its column; a sentence's figure brings its own."""
    return fact.unit if fact.text[-1:].isdigit() else ""
