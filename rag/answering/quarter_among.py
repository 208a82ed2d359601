"""The four quarters of a year: each of them, which has the most or the least of a flow, what share one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_by_issuer
from rag.answering.operands import work_out
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.quarters_total import flows_of, operands_at
from rag.checking.claim import Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, is_quarter
from rag.retrieval.question import Query

_WHICH = re.compile(r"哪[一个]*季|第几季|季度(?:是|里|中|之中)?(?:哪|第几)|(?:[四4]个|各个?)季度.{0,24}最")
_EACH = re.compile(r"(?:[四4]个|各个?|每个?)季度|分季度|逐季")
_MOST = re.compile(r"最(?:高|大|多|好|强|旺|赚)|(?:更|比较)(?:高|多|好)")
_LEAST = re.compile(r"最(?:低|小|少|差|弱|淡|惨|糟)|(?:更|比较)(?:低|少|差)")
# Of a loss or an outflow the most is the least profit.
_LOST = re.compile(r"亏|净流出")
_SHARE = re.compile(r"占")
# What such a question says beside the flow; another word names a product or a region.
_OWN = re.compile(
    r"[一二三四1-4各每逐分别几第个季度最占比例重百分表现单全年情况从看里中旺淡高低大小多少好差惨糟强弱]+"
)
_QUARTERS = ("Q1", "Q2S", "Q3S", "Q4S")


def answer_among_quarters(material: Material) -> Draft | None:
    """The quarter asked for, or the share of a named one in its year; None where a cell is missing."""
    query = material.query
    wanted = [(word, sign) for word, sign in (("最高", 1), ("最低", -1)) if _asks(query.text, sign)]
    named = list(filter(is_quarter, query.periods))
    share = len(named) == 1 and bool(_SHARE.search(query.text)) and not _is_narrower(query)
    if not share and not asks_among_quarters(query) and not _asks_each(query):
        return None
    claims: list[Claim] = []
    for filings in filings_by_issuer(material):
        for key in flows_of(query):
            found = next(_years(material, key, filings), None)
            if found is None and share:
                claims += [told for told in _of_stretch(material, key, filings) if told is not None][:1]
                continue
            if found is None:
                return None
            filing, operands = found
            told = _share(filing, operands, named[0]) if share else _told(filing, operands, wanted)
            claims += [told] if told is not None else []
    return Draft(tuple(claims)) if claims else None


def asks_among_quarters(query: Query) -> bool:
    """Whether a question asks in which quarter a flow of the whole company was the most or the least."""
    asked = _WHICH.search(query.text) and (_asks(query.text, 1) or _asks(query.text, -1))
    return bool(asked and flows_of(query)) and not _is_narrower(query)


def _asks_each(query: Query) -> bool:
    """Whether a flow of the whole company is asked for quarter by quarter."""
    return bool(_EACH.search(query.text) and flows_of(query)) and not _is_narrower(query)


def _is_narrower(query: Query) -> bool:
    return any(not _OWN.fullmatch(term.text) for term in query.terms)


def _asks(question: str, sign: int) -> bool:
    lost = -sign if _LOST.search(question) else sign
    return bool((_MOST if lost > 0 else _LEAST).search(question))


def _years(material: Material, key: str, filings: Sequence[Filing]) -> Iterator[tuple[Filing, list[Operand]]]:
    """The filings that print all four quarters of the year asked for, with these."""
    for filing in filings:
        asked = next(iter(material.query.periods), filing.period)
        operands = operands_at(material, key, [f"{asked[:4]}{part}" for part in _QUARTERS], filing)
        if operands:
            yield filing, operands


def _told(filing: Filing, operands: Sequence[Operand], wanted: Sequence[tuple[str, int]]) -> Claim:
    """The quarter with the most or the least, then all of them."""
    best = [(word, max(operands, key=lambda o: sign * o.fact.value).fact) for word, sign in wanted]
    told = "，".join(
        f"{in_chinese(fact.period)}{clean_label(fact.label)}{word}，"
        f"为{with_short_form(fact.text, fact.value, fact.unit)}"
        for word, fact in best
    )
    parts = "，".join(f"{in_chinese(o.fact.period)}{o.fact.text}{o.fact.unit}" for o in operands)
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    facts = tuple(operand.fact for operand in operands)
    if not wanted:
        label = clean_label(operands[0].fact.label)
        return Claim(f"{issuer_name(filing)}各季度{label}：{parts}。", quotes, facts)
    return Claim(f"{issuer_name(filing)}各季度中，{told}（{parts}）。", quotes, facts)


def _share(filing: Filing, operands: Sequence[Operand], period: str) -> Claim | None:
    """A quarter over the sum of the four."""
    ordered = sorted(operands, key=lambda operand: operand.fact.period != period)
    worked = work_out("f1/(f1+f2+f3+f4)*100", ordered, "%")
    if worked is None or worked.value < 0:
        return None
    fact = ordered[0].fact
    parts = "，".join(f"{in_chinese(o.fact.period)}{o.fact.text}{o.fact.unit}" for o in operands)
    text = (
        f"{issuer_name(filing)}{in_chinese(period)}{clean_label(fact.label)}"
        f"占各季度合计的{format_decimal(worked.value)}%（{parts}）。"
    )
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    return Claim(text, quotes, tuple(o.fact for o in ordered), worked)


def _of_stretch(material: Material, key: str, filings: Sequence[Filing]) -> Iterator[Claim | None]:
    """A quarter over the stretch of the year that a quarter's report prints beside it."""
    quarter = next(filter(is_quarter, material.query.periods))
    for stretch in (period for period in material.query.periods if not is_quarter(period)):
        for filing in filings:
            operands = operands_at(material, key, [quarter, stretch], filing)
            worked = work_out("f1/f2*100", operands, "%") if operands else None
            if worked is None or worked.value < 0:
                continue
            one, whole = (operand.fact for operand in operands)
            text = (
                f"{issuer_name(filing)}{in_chinese(stretch)}{clean_label(one.label)}{whole.text}{whole.unit}中，"
                f"{in_chinese(quarter)}占{format_decimal(worked.value)}%（{one.text}{one.unit}）。"
            )
            quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
            yield Claim(text, quotes, (one, whole), worked)
