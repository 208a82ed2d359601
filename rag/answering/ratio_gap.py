"""A ratio of two issuers set side by side: which is more and by how many points, each as printed or worked out."""

from __future__ import annotations

import re

from rag.answering.difference import gap_between
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of, quotes_of, ranked_facts
from rag.answering.formula_answer import PAIR, answer_by_formula, formulas_of
from rag.answering.phrase import issuer_name
from rag.checking.claim import Operand
from rag.filings.fiscal import in_chinese
from rag.filings.formula import Formula
from rag.filings.lexicon import line_items
from rag.retrieval.question import Query, Side

# Words of such a question that name no part of an issuer.
_OWN = re.compile(r"[占比例率重高低多少大小差谁更的个点百分哪家和与集中强弱年底末]+")


def compare_ratios(material: Material) -> Draft | None:
    """The gap between two issuers in the one ratio asked for, then each; None where a side has none."""
    query = material.query
    formulas = formulas_of(query)
    if len(query.sides) != PAIR or len(formulas) != 1 or query.asks_change or _is_narrower(query):
        return None
    return _of_printed(material, formulas[0]) or answer_by_formula(material)


def _is_narrower(query: Query) -> bool:
    return any(term.is_name and not _OWN.fullmatch(term.text) for term in query.terms)


def _of_printed(material: Material, formula: Formula) -> Draft | None:
    """The gap between the ratios that tables of both issuers print; None where one of them prints none."""
    found = [_printed(material, formula, side) for side in material.query.sides]
    both = [operand for operand in found if operand is not None]
    if len(both) < PAIR:
        return None
    filings = [material.evidence[operand.quote.evidence].filing for operand in both]
    periods = tuple(in_chinese(o.fact.period or f.period) for o, f in zip(both, filings, strict=True))
    apart = periods if len(set(periods)) > 1 else ()
    gap = gap_between(both[0], both[1], list(map(issuer_name, filings)), apart, matter=formula.name)
    return Draft((gap,)) if gap is not None else None


def _printed(material: Material, formula: Formula, side: Side) -> Operand | None:
    """The ratio where a table of the issuer prints it."""
    own = [filing for filing in filings_of(material) if filing.id in side.filing_ids]
    facts = ranked_facts(material, formula.key, own)[:1] if formula.key in line_items() else []
    quotes = quotes_of(material, facts)
    return next((Operand(f, q) for f, q in zip(facts, quotes, strict=True) if q is not None), None)
