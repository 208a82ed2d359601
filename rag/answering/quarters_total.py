"""Stretches of a year of which a filing prints the quarters only: a second half is its last two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer, quotes_of, ranked_facts
from rag.answering.operands import sum_expression, work_out
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.ranking import FIGURE_KINDS
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, is_quarter, quarters_of, whole_of
from rag.filings.lexicon import line_items
from rag.filings.passage import Fact
from rag.retrieval.question import Query

_TOTAL = re.compile(r"合计|加起来|一共|总共|总和|之和|共计|相加|加总|加一起|总计|累计")
# What the tables of quarters print of the profit is the owners' share of it.
_PRINTED_AS = {"net_profit": "net_profit_attributable"}


def answer_by_quarters(material: Material) -> Draft | None:
    """The sum of the quarters for each flow and issuer; None where a cell is missing or the stretch is printed."""
    query = material.query
    quarters, period = _stretch(query)
    flows = flows_of(query)
    if not quarters or not flows or not (query.kind in FIGURE_KINDS or _only_total(query)):
        return None
    claims: list[Claim] = []
    for filings in filings_by_issuer(material):
        for key in flows:
            claim = _summed(material, key, (quarters, period), filings)
            if claim is None:
                return None
            claims.append(claim)
    return Draft(tuple(claims)) if claims else None


def keys_of_quarters(query: Query) -> list[str]:
    """The line items whose quarters filings print instead of those that a question about quarters names."""
    return [_PRINTED_AS[key] for key in query.line_items if asks_quarters(query) and key in _PRINTED_AS]


def asks_quarters(query: Query) -> bool:
    """Whether a question is about quarters, or about a stretch that they make up."""
    return "季" in query.text or any(quarters_of(period) for period in query.periods)


def flows_of(query: Query) -> list[str]:
    """The flows that a question names; none where it names anything else too."""
    flows = [key for key in query.line_items if line_items()[key].nature == "flow"]
    return flows if len(flows) == len(query.line_items) else []


def _stretch(query: Query) -> tuple[tuple[str, ...], str]:
    """The quarters asked for together and the stretch that they make up; none where no such stretch is asked."""
    period = next((p for p in query.stated_periods if quarters_of(p)), "")
    if period:
        return quarters_of(period), period
    named = tuple(sorted(query.periods))
    apart = len(named) > 1 and len({p[:4] for p in named}) == 1 and all(map(is_quarter, named))
    if not apart or not _TOTAL.search(query.text):
        return (), ""
    return named, whole_of(named)


def _only_total(query: Query) -> bool:
    """Whether a question says nothing of its own but that a total is asked for."""
    return all(_TOTAL.search(term.text) for term in query.terms)


def _summed(
    material: Material, key: str, asked: tuple[tuple[str, ...], str], filings: Sequence[Filing]
) -> Claim | None:
    """The sum in the first filing that prints every quarter and not the stretch itself."""
    quarters, period = asked
    for filing in filings:
        if period and _fact(material, key, period, filing) is not None:
            return None
        operands = operands_at(material, key, quarters, filing)
        worked = (
            work_out(sum_expression(len(operands)), operands, operands[0].fact.unit) if operands else None
        )
        if worked is None:
            continue
        facts = [operand.fact for operand in operands]
        told = with_short_form(format_decimal(worked.value), worked.value, worked.unit)
        parts = "，".join(f"{in_chinese(f.period)}{f.text}{f.unit}" for f in facts)
        when = in_chinese(period) if period else "、".join(in_chinese(f.period) for f in facts)
        name = f"{issuer_name(filing)}{when}{clean_label(facts[0].label)}"
        quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
        return Claim(f"{name}合计{told}（{parts}）。", quotes, tuple(facts), worked)
    return None


def operands_at(material: Material, key: str, periods: Sequence[str], filing: Filing) -> list[Operand]:
    """The figures of a flow for each of these periods, in one unit; none where one is missing."""
    found = [_fact(material, key, period, filing) for period in periods]
    facts = [fact for fact in found if fact is not None]
    if len(facts) < len(found) and key in _PRINTED_AS:
        return operands_at(material, _PRINTED_AS[key], periods, filing)
    quotes = [quote for quote in quotes_of(material, facts) if quote is not None]
    if len(quotes) < len(found) or len({fact.unit for fact in facts}) > 1:
        return []
    return [Operand(fact, quote) for fact, quote in zip(facts, quotes, strict=True)]


def _fact(material: Material, key: str, period: str, filing: Filing) -> Fact | None:
    """The figure of just this period."""
    about = replace(material, query=replace(material.query, periods=(period,)))
    return next((fact for fact in ranked_facts(about, key, [filing]) if fact.period == period), None)
