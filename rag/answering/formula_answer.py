"""Ratios that the filing does not print are computed by the fixed formulas over its facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer, quotes_of, ranked_facts
from rag.answering.operands import work_out
from rag.answering.phrase import issuer_name
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese
from rag.filings.formula import Formula, find_formulas
from rag.filings.passage import Fact

_KEY = re.compile(r"[a-z_][a-z_0-9]*")


def answer_by_formula(material: Material) -> Draft | None:
    """Every formula the question names, worked out for each issuer; None where the operands of all are missing."""
    claims: list[Claim] = []
    for formula in find_formulas(material.query.text):
        if "average(" in formula.expression or "previous(" in formula.expression:
            continue
        found = [_first_claim(material, formula, filings) for filings in filings_by_issuer(material)]
        made = [claim for claim in found if claim is not None]
        asked = max(1, len(material.query.issuers))
        claims += made[:asked] if len(made) >= asked else []
    return Draft(tuple(claims)) if claims else None


def _first_claim(material: Material, formula: Formula, filings: Sequence[Filing]) -> Claim | None:
    """The claim over the first of one issuer's filings that holds every operand."""
    return next((claim for f in filings if (claim := _claim(material, formula, f)) is not None), None)


def _claim(material: Material, formula: Formula, filing: Filing) -> Claim | None:
    facts: list[Fact] = []
    for key in formula.operands:
        found = ranked_facts(material, key, [filing])
        if not found:
            return None
        facts.append(found[0])
    quotes = quotes_of(material, facts)
    if any(quote is None for quote in quotes):
        return None
    operands = [Operand(fact, quote) for fact, quote in zip(facts, quotes, strict=True) if quote is not None]
    names = {key: f"f{n}" for n, key in enumerate(formula.operands, 1)}
    expression = _KEY.sub(lambda m: names[m.group()], formula.expression)
    worked = work_out(expression, operands, formula.unit)
    if worked is None:
        return None
    result = f"{format_decimal(worked.value)}{formula.unit}"
    period = facts[0].period or filing.period
    when = in_chinese(period) if period else ""
    text = f"{issuer_name(filing)}{when}{formula.name}为{result}（{worked.formula}）。"
    return Claim(text, tuple(o.quote for o in operands), tuple(facts), worked)


def filings_of(material: Material) -> Sequence[Filing]:
    """The filings of the evidence, in rank order."""
    return tuple({piece.filing.id: piece.filing for piece in material.evidence}.values())
