"""The near misses of a figure: the other scope, the column before restatement, the item that looks alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import quotes_of, ranked_facts
from rag.answering.operands import operands_of_quote
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, same_time
from rag.filings.lexicon import line_items, near_misses
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.retrieval.question import Query

# Near misses shown beside one figure.
MOST_SHOWN = 3
# The usual reading, said in the answer where the other one is shown beside it.
USUAL = "（合并口径）"
_RESTATED = ("调整后", "调整前")

Read = Callable[[Query, Sequence[str]], Material]


def with_alternatives(draft: Draft, material: Material, read: Read) -> Draft:
    """The draft with the near misses of its one figure; as it is where it tells more, or none is printed.

    `read` gives the cells of line items over the query's filings, with the passages these stand in.
    """
    fact = _only_figure(draft, material.query)
    if fact is None:
        return draft
    own = draft.material or material
    beside = read(material.query, (fact.line_item, *near_misses(fact.line_item)))
    filing = next((p.filing for p in beside.evidence if p.filing.id == fact.filing_id), None)
    shown = list(_shown(beside, fact, filing)) if filing is not None else []
    if not shown:
        return draft
    merged = replace(own, evidence=(*own.evidence, *beside.evidence))
    moved = [(label, _moved(claim, len(own.evidence))) for label, claim in shown[:MOST_SHOWN]]
    passed = tuple((label, claim) for label, claim in moved if check(claim, merged.evidence).passed)
    scoped = any(label == "母公司口径" for label, _ in passed)
    claims = (_with_reading(draft.claims[0], merged), *draft.claims[1:]) if scoped else draft.claims
    return replace(draft, claims=claims, alternatives=passed, material=merged)


def _only_figure(draft: Draft, query: Query) -> Fact | None:
    """The fact that answers a question for one figure of one issuer; None where the draft tells something else."""
    alone = query.kind == "number" and len(query.line_items) == 1 and not query.sides and not query.terms
    facts = draft.claims[0].facts if draft.claims and draft.refusal is None else ()
    return facts[0] if alone and len(facts) == 1 and draft.claims[0].arithmetic is None else None


def _shown(beside: Material, fact: Fact, filing: Filing) -> Iterator[tuple[str, Claim]]:
    """Each near miss with its label: the other scope, the other column of a restated figure, a like item."""
    query = replace(beside.query, periods=(fact.period,) if fact.period else beside.query.periods)
    parent = fact.scope == "parent"
    other = replace(beside, query=replace(query, scope=None if parent else "parent"))
    yield from _first(other, fact.line_item, filing, "合并口径" if parent else "母公司口径", fact)
    yield from _restated(replace(beside, query=query), fact, filing)
    for key in filter(lambda key: _is_a_reading(key, fact.line_item), near_misses(fact.line_item)):
        yield from _first(replace(beside, query=query), key, filing, line_items()[key].name, fact)


def _is_a_reading(key: str, asked: str) -> bool:
    """Whether who says one item may mean the other: 研发投入 and 研发费用, 净利润 and what of it is 归母."""
    one, other = line_items()[key], line_items()[asked]
    alike = one.name[:2] == other.name[:2] or one.name[-3:] == other.name[-3:]
    return alike and one.nature == other.nature


def _first(
    material: Material, key: str, filing: Filing, label: str, fact: Fact
) -> Iterator[tuple[str, Claim]]:
    """The first cell of an item for the same time, where it says another figure."""
    for found in ranked_facts(material, key, [filing]):
        if found.statement != "other" and same_time(found.period, fact.period) and found.value != fact.value:
            claim = _claim(material, found, filing)
            if claim is not None:
                yield label, claim
            return


def _restated(material: Material, fact: Fact, filing: Filing) -> Iterator[tuple[str, Claim]]:
    """The same row's figure after, or before, restatement."""
    quotes = quotes_of(material, [fact])
    for other in operands_of_quote(material, quotes[0]) if quotes[0] is not None else ():
        word = next((word for word in _RESTATED if word in squeeze(other.column)), "")
        if word and word not in squeeze(fact.column) and same_time(other.period, fact.period):
            claim = _claim(material, other, filing)
            if claim is not None:
                yield word, claim


def _claim(material: Material, fact: Fact, filing: Filing) -> Claim | None:
    quotes = quotes_of(material, [fact])
    if quotes[0] is None:
        return None
    scope = "母公司" if fact.scope == "parent" else ""
    when = in_chinese(fact.period) if fact.period else ""
    figure = with_short_form(fact.text, fact.value, fact.unit)
    text = f"{issuer_name(filing)}{scope}{when}{clean_label(fact.label)}为{figure}。"
    return Claim(text, (quotes[0],), (fact,))


def _moved(claim: Claim, by: int) -> Claim:
    """The claim with its quotes pointing that much further into the evidence."""
    return replace(claim, quotes=tuple(Quote(q.evidence + by, q.start, q.end) for q in claim.quotes))


def _with_reading(claim: Claim, material: Material) -> Claim:
    """The claim with the reading it takes said behind the issuer's name."""
    name = issuer_name(material.evidence[claim.quotes[0].evidence].filing)
    said = replace(claim, text=claim.text.replace(name, name + USUAL, 1))
    return said if check(said, material.evidence).passed else claim
