"""Other passages of an issuer's filings that print another figure for the very same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.answer import Refusal
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of, quotes_of, ranked_facts
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.standing import standing
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, same_time
from rag.filings.passage import Fact
from rag.filings.unit import same_value

# Statements that show one item once; in a statement of changes in equity it stands once for each column.
_STATEMENTS = frozenset({"key_indicators", "balance_sheet", "income_statement", "cash_flow"})
_PARTIAL = re.compile(r"调整前|变动")
CONFLICTING = "来源不一致：两份公告对同一数据的披露不同，无法判定以哪一份为准，两处原文如下。"


def with_dissent(draft: Draft | None, material: Material) -> Draft | None:
    """The draft with the other figure told beside and a warning; a refusal where neither source ranks higher."""
    fact = _single(draft) if draft is not None else None
    if draft is None or fact is None or draft.material is not None:
        return draft
    filings = {filing.id: filing for filing in filings_of(material)}
    own = filings.get(fact.filing_id)
    for other in _others(material, fact, list(filings.values())) if own is not None else ():
        filing = filings[other.filing_id]
        claim = _claim(material, other, filing)
        if claim is None or not check(claim, material.evidence).passed:
            continue
        assert own is not None  # noqa: S101  # the loop has none otherwise
        return _told(draft, fact, claim, (own, filing))
    return draft


def _told(draft: Draft, fact: Fact, claim: Claim, filings: tuple[Filing, Filing]) -> Draft:
    own, filing = filings
    if filing.id != own.id and standing(own, fact.period) == standing(filing, fact.period):
        refusal = Refusal("conflicting", CONFLICTING)
        return Draft((*draft.claims, claim), refusal=refusal, warnings=draft.warnings)
    where = "另一处" if filing.id == own.id else f"《{filing.title}》"
    warning = f"{where}披露的{clean_label(fact.label)}与所答的数不一致，两处原文都已列出。"
    return Draft((*draft.claims, claim), warnings=(*draft.warnings, warning))


def _single(draft: Draft) -> Fact | None:
    """The fact of an answer that tells one figure; None where it tells more or refuses."""
    facts = draft.claims[0].facts if draft.claims and draft.refusal is None else ()
    alone = len(draft.claims) == 1 and len(facts) == 1 and draft.claims[0].arithmetic is None
    return facts[0] if alone and facts[0].statement in _STATEMENTS else None


def _others(material: Material, fact: Fact, filings: Sequence[Filing]) -> list[Fact]:
    """The statements' cells of the same item, time, scope and kind that say another value, best source first."""
    same = [filing for filing in filings if _is_same_issuer(filing, fact, filings)]
    found = [
        other
        for other in ranked_facts(material, fact.line_item, same)
        if other.statement in _STATEMENTS
        and (other.filing_id != fact.filing_id or other.statement != fact.statement)
        and other.measure == fact.measure
        and (other.scope == "parent") == (fact.scope == "parent")
        and fact.period
        and same_time(other.period, fact.period)
        and not same_value(other.value, other.unit, fact.value, fact.unit)
        and not _PARTIAL.search(other.column)
    ]
    ids = {filing.id: filing for filing in same}
    return sorted(found, key=lambda other: standing(ids[other.filing_id], fact.period), reverse=True)


def _is_same_issuer(filing: Filing, fact: Fact, filings: Sequence[Filing]) -> bool:
    own = next(f for f in filings if f.id == fact.filing_id)
    return filing.id == own.id or bool(filing.issuer.name and filing.issuer.name == own.issuer.name)


def _claim(material: Material, fact: Fact, filing: Filing) -> Claim | None:
    quotes = quotes_of(material, [fact])
    if quotes[0] is None:
        return None
    scope = "母公司" if fact.scope == "parent" else ""
    figure = with_short_form(fact.text, fact.value, fact.unit)
    text = (
        f"但{issuer_name(filing)}《{filing.title}》另一处{scope}{in_chinese(fact.period)}"
        f"{clean_label(fact.label)}为{figure}。"
    )
    return Claim(text, (quotes[0],), (fact,))
