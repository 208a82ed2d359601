"""The compound yearly growth of a flow between two years that a filing prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer
from rag.answering.operands import work_out
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.quarters_total import flows_of, operands_at
from rag.checking.claim import Claim
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, year_of
from rag.retrieval.question import Query

_ASKED = re.compile(r"复合(?:年均?)?(?:增长率?|增速)|年均(?:复合)?(?:增长|增速)|CAGR", re.IGNORECASE)
# Said beside the flow and the growth; another word names a product or a market.
_OWN = re.compile(r"[年均复合增长率速三两近前最这到至率]+|cagr", re.IGNORECASE)
_YEARS = re.compile(r"[近前最这]([两二三四五3-5])年|([两二三四五3-5])年(?:间|来|的?年?复合|年均)")
_NUMBER = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def answer_by_compound_growth(material: Material) -> Draft | None:
    """The growth rate for each flow and issuer; None where a year is missing, or has no profit to grow from."""
    query = material.query
    flows = flows_of(query)
    narrower = any(not _OWN.fullmatch(term.text) for term in query.terms)
    if not flows or narrower or not _ASKED.search(query.text):
        return None
    claims = [
        claim
        for filings in filings_by_issuer(material)
        for key in flows
        if (claim := _grown(material, key, filings)) is not None
    ]
    return Draft(tuple(claims)) if claims else None


def _grown(material: Material, key: str, filings: Sequence[Filing]) -> Claim | None:
    """The rate over the first filing that prints both years."""
    for filing in filings:
        first, last = _span(material.query, filing)
        years = year_of(last) - year_of(first) if first else 0
        operands = operands_at(material, key, [last, first], filing) if years > 1 else []
        if not operands or any(operand.fact.value <= 0 for operand in operands):
            continue
        now, base = (operand.fact for operand in operands)
        names = [f"{clean_label(fact.label)}（{in_chinese(fact.period)}）" for fact in (now, base)]
        formula = f"({names[0]} ÷ {names[1]}) 的{years}次方根 − 1"
        worked = work_out(f"root(f1/f2,{years})-1", operands, "%", formula)
        if worked is None:
            continue
        parts = "，".join(f"{in_chinese(fact.period)}{fact.text}{fact.unit}" for fact in (base, now))
        text = (
            f"{issuer_name(filing)}{in_chinese(first)}至{in_chinese(last)}{clean_label(now.label)}"
            f"年均复合增长率为{format_decimal(worked.value)}%（{parts}）。"
        )
        return Claim(text, tuple(dict.fromkeys(o.quote for o in operands)), (now, base), worked)
    return None


def _span(query: Query, filing: Filing) -> tuple[str, str]:
    """The first and the last year meant; "" where the question leaves them open."""
    years = sorted(period for period in query.periods if period.endswith("FY"))
    if len(years) > 1:
        return years[0], years[-1]
    last = years[0] if years else filing.period
    said = _YEARS.search(query.text)
    if said is None or not last.endswith("FY"):
        return "", last
    word = said[1] or said[2]
    return f"{year_of(last) - (_NUMBER.get(word) or int(word)) + 1}FY", last
