"""Finds the figures that a few words of a question may name: cells of tables, figures said in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from rag.answering.asked_columns import named_columns
from rag.answering.draft import Material
from rag.answering.fact_answer import filings_of, quotes_of, ranked_facts
from rag.answering.operands import by_column, row_operands, said_operands_near
from rag.answering.phrase import clean_label, named
from rag.answering.ranking import rank_units
from rag.answering.relevance import Need, met
from rag.answering.units import Unit, units_of
from rag.checking.claim import Operand
from rag.filings.amount import find_amounts
from rag.filings.column_heads import measured
from rag.filings.fiscal import is_period, same_time
from rag.filings.lexicon import find_line_items, line_item_of, line_items
from rag.filings.passage import Column, Fact
from rag.filings.period import find_periods
from rag.filings.text import squeeze
from rag.filings.unit import same_value
from rag.retrieval.question import Query, Side, Term
from rag.retrieval.wording import scope_of

_ASKING = re.compile(
    r"^(?:帮我|请|粗?算(?:一)?下|粗?算|测算|按照?|用|那|把|和|与|其中)+|(?:是|的|了|给|算算?|分别|各自?|这?[两三]块)+$"
)
# An operand's unit must score this much, as in any answer.
ENOUGH = 1.0
# Units looked at for one operand.
MOST_UNITS = 8
# A unit must also speak of this share of the operand's words: another item's row is no operand.
NAMED = 0.5
# One of the names beside the line item must stand in its words or its heading.
SAID = 0.7
# Its label may be this many times as long as those words.
MOST_LONGER = 4
# A fact of the very line item asked for goes before anything that search finds.
FACT_SCORE = 10.0
# Each further figure of a unit is that much less likely the one meant.
STEP = 0.15
# One of another time than asked for, or than the filing's own, less likely still.
OTHER_TIME = 0.4
# What stands around the words named (研发费用 in 研发费用里人工) weighs less than these.
AROUND_WEIGHT = 0.6
# 159人: the asker gives the figure itself.
_GIVEN = re.compile(r"这?[\d,.]+[^\d,.]{0,4}")
_MONEY_WORDS = re.compile(r"的?(?:钱|款项?|金额|资金)$")
_COMPANIES = re.compile(r"[控参]股公司|子公司|联营企业|合营企业|被投资单位")
_PERCENT = frozenset({"%", "％"})
TOTALS = frozenset({"合计", "总计", "小计", "总额", "合计数"})
_MONEY = frozenset({"元", "万元", "亿元", "百万元", "千元", "美元", "港元"})

Gather = Callable[[Query], Material]
Weigh = Callable[[Query], tuple[Need, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the material it stands in; `score` compares figures found for the same words, higher is better."""

    material: Material
    operand: Operand
    score: float

    @property
    def fact(self) -> Fact:
        """The figure as a fact."""
        return self.operand.fact


class FigureFinder:
    """Looks for a figure as if its words were asked for by themselves."""

    def __init__(self, gather: Gather, weigh: Weigh, about: Callable[[Query, str], Query]) -> None:
        """`about` makes the query for one figure's words out of the whole question's."""
        self._gather = gather
        self._weigh = weigh
        self._about = about

    def find(self, query: Query, words: str, within: str = "", column: str = "") -> list[Found]:
        """The figures these words may name, best first; `within` are words for what the figure is a part of."""
        asked = of_side(query, words)
        if _GIVEN.fullmatch(bare(words)):
            return list(self._literal(asked, words))
        about = self._about(asked, bare(words))
        if not about.line_items and not about.terms:
            if query.line_item_words and (query.sides or scope_of(words)):
                # 甲的研发费用是乙的几倍, 合并与母公司净利润差多少: the item is named once.
                about = replace(self._about(asked, query.line_item_words[0][1]), scope=about.scope)
            else:
                return []
        if any("个百分点" in units and "%" not in units for units in query.expects):
            about = replace(about, expects=(_PERCENT,))
        elif _MONEY_WORDS.search(bare(words)):
            about = replace(about, expects=(_MONEY,))
        about = replace(about, terms=(*about.terms, *self._around(asked, within, about)))
        material = self._gather(about)
        if not within and _is_torn(material):
            return []
        found = [*_facts(material), *self._in_units(material, words, column)]
        rates = {key for key in query.line_items if line_items()[key].nature == "ratio"}
        if rates and not set(about.line_items) - rates:
            found = [one for one in found if _is_rate(one.fact, rates)]
        return sorted(found, key=lambda f: -f.score)

    def _around(self, query: Query, within: str, about: Query) -> Iterator[Term]:
        """The words for the whole as terms of little weight."""
        if within:
            whole = self._about(query, bare(within))
            for _, word in whole.line_item_words:
                yield Term(word, AROUND_WEIGHT, False)
            for term in whole.terms:
                if term.text not in {t.text for t in about.terms}:
                    yield replace(term, weight=AROUND_WEIGHT * term.weight, is_name=False)

    def _in_units(self, material: Material, words: str, column: str) -> Iterator[Found]:
        needs = self._weigh(material.query)
        ranked = rank_units(units_of(material.evidence), needs, material.query, material.evidence)
        for scored in ranked[:MOST_UNITS]:
            if scored.score >= ENOUGH and scored.coverage >= NAMED and _is_named(scored.unit, needs):
                for n, operand in enumerate(_read(material, scored.unit, needs, words, column)):
                    off = OTHER_TIME * _is_of_other_time(material, operand)
                    yield Found(material, operand, scored.score - STEP * n - off)

    def _literal(self, query: Query, words: str) -> Iterator[Found]:
        """A figure that the question itself gives (159人), where the evidence says it too."""
        given = find_amounts(words)
        if not given:
            return
        material = self._gather(query)
        needs = self._weigh(query)
        for scored in rank_units(units_of(material.evidence), needs, query, material.evidence):
            if scored.unit.row is None:
                for operand in said_operands_near(material, scored.unit, (), ()):
                    unit = given[0].unit or operand.fact.unit
                    if same_value(operand.fact.value, operand.fact.unit, given[0].value, unit):
                        yield Found(material, operand, scored.score)


def _is_rate(fact: Fact, keys: Set[str]) -> bool:
    """Whether a figure may be of one of these ratios: a share in another column of their rows is none."""
    named = {fact.line_item, line_item_of(measured(fact.column)) if fact.column else None}
    return fact.unit in _PERCENT and (not fact.column or bool(named & keys))


def bare(words: str) -> str:
    """The words without those for asking around them."""
    return _ASKING.sub("", words)


def name_of(words: str) -> str:
    """The line item that the asker's words name, else the words."""
    named = find_line_items(words)
    return named[-1].text if named else bare(words)


def side_of(query: Query, words: str) -> Side | None:
    """The issuer that these words stand beside, where the question names several."""
    return next((side for side in query.sides if words in side.words), None)


def of_side(query: Query, words: str) -> Query:
    """The query in the filings of the issuer that these words stand beside."""
    side = side_of(query, words)
    return replace(query, filing_ids=side.filing_ids, sides=()) if side is not None else query


def _facts(material: Material) -> Iterator[Found]:
    """The cell of the line item, where nothing else is named: the first of each filing."""
    query = material.query
    for filing in filings_of(material) if query.line_items and not query.terms else ():
        facts = ranked_facts(material, query.line_items[0], [filing])[:1]
        for fact, quote in zip(facts, quotes_of(material, facts), strict=True):
            if quote is not None:
                yield Found(material, Operand(fact, quote), FACT_SCORE)


def _is_torn(material: Material) -> bool:
    """Whether notes alone tell a line item and tell different figures of it by its very name: none is the one meant."""
    query = material.query
    narrower = any(term.is_name for term in query.terms)
    if len(query.line_items) != 1 or narrower or line_items()[query.line_items[0]].statement != "note":
        return False
    for filing in filings_of(material):
        facts = ranked_facts(material, query.line_items[0], [filing])
        flows = [fact for fact in facts if is_period(fact.period) and fact.measure == "amount"]
        if flows and flows[0].statement == "other" and len({fact.value for fact in flows}) > 1:
            return True
    return False


def _read(
    material: Material, unit: Unit, needs: Sequence[Need], words: str, column: str
) -> Iterator[Operand]:
    """The figures of a unit that may be meant, the likeliest first."""
    if unit.row is not None:
        yield from _cells(material, unit, words, column)
        return
    met_needs = [need for need in needs if met(unit, need)]
    for said in said_operands_near(material, unit, met_needs, material.query.expects, words):
        named = any(term.is_name for term in material.query.terms)
        label = _without_subject(material.query, bare(words)) if named else name_of(words)
        yield Operand(replace(said.fact, label=label), said.quote)


def _without_subject(query: Query, words: str) -> str:
    """The words without the company and the time that open them, which are told before."""
    left = words
    for issuer in query.issuers:
        left = left.removeprefix(issuer)
    first = next(iter(find_periods(left)), None)
    left = left[first.end :] if first is not None and first.start == 0 else left
    return left.strip("的末") or words


def _cells(material: Material, unit: Unit, words: str, column: str) -> list[Operand]:
    """The cells of a row: the column that the words name, that of the other operand, the period asked for."""
    query = material.query
    amounts = [o for o in row_operands(material, unit) if o.fact.measure not in ("change", "points")]
    if query.expects:
        fitting = [o for o in amounts if any(o.fact.unit in units for units in query.expects)]
        amounts = fitting or [o for o in amounts if not o.fact.unit]
    if amounts and not _is_labelled(amounts[0].fact.label, words):
        return []
    if amounts and _is_other_company(material, unit, words):
        return []
    label = "".join(o.fact.label for o in amounts[:1])
    keys = {m.key for m in find_line_items(words) if m.text not in label} - {unit.line_item}
    kinds = tuple(dict.fromkeys(measured(o.fact.column) for o in amounts))
    named = named_columns(kinds, words) if len(kinds) > 1 else ()
    found = named or any(line_item_of(o.fact.column) in keys for o in amounts)
    if keys and not found and not unit.line_item and any(o.fact.column for o in amounts):
        return []
    asked = query.periods or (material.evidence[unit.evidence].filing.period,)

    def fits(operand: Operand) -> tuple[bool, bool, bool]:
        fact = operand.fact
        kind = measured(fact.column)
        item = line_item_of(fact.column) in keys
        return item, kind in named, bool(column) and fact.column == column

    left = squeeze(words).replace(squeeze(clean_label(label)), "")
    dated = sorted(amounts, key=lambda o: any(same_time(o.fact.period, p) for p in asked), reverse=True)
    ordered = sorted(by_column(dated, left), key=fits, reverse=True)
    return [_named_by_column(material, unit, operand) for operand in ordered] if len(kinds) > 1 else ordered


def _is_other_company(material: Material, unit: Unit, words: str) -> bool:
    """Whether a row of a table of companies is of one that the words do not name: 海外子公司 is none of them."""
    piece = material.evidence[unit.evidence]
    passage = piece.passage
    if unit.row is None or not _COMPANIES.search(squeeze("".join(passage.section[-2:]))):
        return False
    name, asked = squeeze(clean_label(unit.row.label)).lower(), squeeze(words).lower()
    shared = {issuer[i : i + 2] for issuer in piece.filing.issuer.names for i in range(len(issuer) - 1)}
    own = {name[i : i + 2] for i in range(len(name) - 1)} - shared
    return name not in TOTALS and bool(own) and not any(pair in asked for pair in own)


def _named_by_column(material: Material, unit: Unit, operand: Operand) -> Operand:
    """A figure under its row's name with what its column measures; a total keeps the name that tells it for one."""
    fact = operand.fact
    if unit.row is None or squeeze(fact.label) in TOTALS:
        return operand
    passage = material.evidence[unit.evidence].passage
    return replace(operand, fact=replace(fact, label=named(unit.row, passage, [Column(fact.column)])))


def _is_of_other_time(material: Material, operand: Operand) -> bool:
    """Whether a figure is known to be of none of the periods asked for."""
    own = material.evidence[operand.quote.evidence].filing.period
    asked = material.query.periods or (own,)
    return bool(operand.fact.period) and not any(same_time(operand.fact.period, p) for p in asked)


def _is_named(unit: Unit, needs: Sequence[Need]) -> bool:
    """Whether a unit says one of the names that stand beside the line item: 国外 of 国外收入."""
    named = [need for need in needs if need.is_name and not need.line_item]
    return not named or any(met(unit, need) >= SAID for need in named)


def _is_labelled(label: str, words: str) -> bool:
    """Whether a row's label is about as long as what is asked for: 销售 is no cell text that begins with 销售.

    A company's row is named by its name only, not by what its other cells say.
    """
    name, asked = squeeze(clean_label(label)), squeeze(bare(words))
    if name.endswith("公司") and not any(name[i : i + 2] in asked for i in range(len(name) - 3)):
        return False
    return len(name) <= MOST_LONGER * len(asked)
