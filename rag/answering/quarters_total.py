"""Stretches of a year of which a filing prints the quarters only: a second half is its last two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer, quotes_of, ranked_facts
from rag.answering.operands import work_out
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.ranking import FIGURE_KINDS
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, quarters_of
from rag.filings.lexicon import line_items
from rag.filings.passage import Fact


def answer_by_quarters(material: Material) -> Draft | None:
    """The sum of the quarters for each flow and issuer; None where a cell is missing or the stretch is printed."""
    query = material.query
    period = next((p for p in query.stated_periods if quarters_of(p)), "")
    flows = [key for key in query.line_items if line_items()[key].nature == "flow"]
    if not period or not flows or len(flows) < len(query.line_items) or query.kind not in FIGURE_KINDS:
        return None
    claims: list[Claim] = []
    for filings in filings_by_issuer(material):
        for key in flows:
            claim = _summed(material, key, period, filings)
            if claim is None:
                return None
            claims.append(claim)
    return Draft(tuple(claims)) if claims else None


def _summed(material: Material, key: str, period: str, filings: Sequence[Filing]) -> Claim | None:
    """The sum in the first filing that prints every quarter and not the stretch itself."""
    for filing in filings:
        if _fact(material, key, period, filing) is not None:
            return None
        found = [_fact(material, key, quarter, filing) for quarter in quarters_of(period)]
        facts = [fact for fact in found if fact is not None]
        quotes = [quote for quote in quotes_of(material, facts) if quote is not None]
        if len(facts) < len(found) or len(quotes) < len(facts) or len({fact.unit for fact in facts}) > 1:
            continue
        operands = [Operand(fact, quote) for fact, quote in zip(facts, quotes, strict=True)]
        worked = work_out("+".join(f"f{n}" for n in range(1, len(facts) + 1)), operands, facts[0].unit)
        if worked is None:
            continue
        told = with_short_form(format_decimal(worked.value), worked.value, worked.unit)
        parts = "，".join(f"{in_chinese(f.period)}{f.text}{f.unit}" for f in facts)
        name = f"{issuer_name(filing)}{in_chinese(period)}{clean_label(facts[0].label)}"
        return Claim(f"{name}合计{told}（{parts}）。", tuple(dict.fromkeys(quotes)), tuple(facts), worked)
    return None


def _fact(material: Material, key: str, period: str, filing: Filing) -> Fact | None:
    """The figure of just this period."""
    about = replace(material, query=replace(material.query, periods=(period,)))
    return next((fact for fact in ranked_facts(about, key, [filing]) if fact.period == period), None)
