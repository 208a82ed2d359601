"""The total of line items that a question names one by one, and its change on the year before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer, quotes_of, ranked_facts
from rag.answering.formula_answer import spelt_share
from rag.answering.operands import sum_expression, work_out
from rag.answering.phrase import issuer_name, with_short_form
from rag.checking.claim import Arithmetic, Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, previous_year
from rag.filings.lexicon import line_items
from rag.filings.wording import synonyms
from rag.retrieval.question import Query

_TOTAL = re.compile(r"合计|加起来|一共|总共|总和|之和|共计|相加|加总|加一起")


def answer_total(material: Material) -> Draft | None:
    """The total for each issuer whose filings print every item; None where no total is asked or none is found."""
    query = material.query
    if len(query.line_items) < 2 or not _asks_total(query) or _is_narrower(query):
        return None
    found = [_of_issuer(material, filings) for filings in filings_by_issuer(material)]
    claims = [claim for claims in found for claim in claims]
    return Draft(tuple(claims)) if claims else None


def _asks_total(query: Query) -> bool:
    """Whether a total is asked for, and not its share of another item; 负债合计 is the name of a line item."""
    if spelt_share(query) is not None:
        return False
    text = query.text
    for _, word in query.line_item_words:
        text = text.replace(word, " ")
    return bool(_TOTAL.search(text))


def _is_narrower(query: Query) -> bool:
    """Whether something else is named, a product or a customer, whose share of the items is meant."""
    names = [term.text for term in query.terms if term.is_name]
    return any(not _TOTAL.search(name) and not synonyms(name) for name in names)


def _of_issuer(material: Material, filings: Sequence[Filing]) -> list[Claim]:
    """The total in the first filing that holds every item, with the year before where a change is asked for."""
    for filing in filings:
        asked = material.query.periods
        period = filing.period if filing.period in asked or not asked else asked[0]
        operands = _operands(material, filing, period)
        if operands is None:
            continue
        before = _operands(material, filing, previous_year(period)) if material.query.asks_change else None
        claims = [_total(filing, items) for items in (operands, before) if items]
        return [c for c in (*claims, _change(operands, before) if before else None) if c is not None]
    return []


def _operands(material: Material, filing: Filing, period: str) -> list[Operand] | None:
    """The cell of every item for one period, None where one is missing or they are not alike."""
    about = replace(material, query=replace(material.query, periods=(period,)))
    facts = [
        fact
        for key in material.query.line_items
        for fact in [f for f in ranked_facts(about, key, [filing]) if f.period][:1]
    ]
    quotes = quotes_of(about, facts)
    operands = [Operand(fact, quote) for fact, quote in zip(facts, quotes, strict=True) if quote is not None]
    alike = len({(o.fact.unit, o.fact.period) for o in operands}) == 1
    whole = alike and len(operands) == len(material.query.line_items)
    return operands if whole and operands[0].fact.unit else None


def _total(filing: Filing, operands: Sequence[Operand]) -> Claim | None:
    worked = work_out(sum_expression(len(operands)), operands, operands[0].fact.unit)
    if worked is None:
        return None
    names = "、".join(line_items()[o.fact.line_item].name for o in operands)
    scope = "母公司" if operands[0].fact.scope == "parent" else ""
    when, told = in_chinese(operands[0].fact.period), _told(worked.value, worked.unit)
    return _claim(f"{issuer_name(filing)}{scope}{when}{names}合计{told}。", operands, worked)


def _change(operands: Sequence[Operand], before: Sequence[Operand]) -> Claim | None:
    count = len(operands)
    later = sum_expression(count)
    earlier = sum_expression(count, count + 1)
    worked = work_out(f"{later}-({earlier})", [*operands, *before], operands[0].fact.unit)
    if worked is None:
        return None
    word = "增加" if worked.value >= 0 else "减少"
    when = f"{in_chinese(operands[0].fact.period)}较{in_chinese(before[0].fact.period)}"
    return _claim(f"{when}合计{word}{_told(abs(worked.value), worked.unit)}。", [*operands, *before], worked)


def _claim(text: str, operands: Sequence[Operand], worked: Arithmetic) -> Claim:
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    return Claim(text, quotes, tuple(operand.fact for operand in operands), worked)


def _told(value: Decimal, unit: str) -> str:
    return with_short_form(format_decimal(value), value, unit)
