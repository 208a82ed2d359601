"""Two things of one issuer compared: which is more, by how much, each with the words of its own evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.answering.difference import gap_between
from rag.answering.draft import Draft
from rag.answering.excerpt import excerpt
from rag.answering.figure_search import FACT_SCORE, FigureFinder, Found, Weigh, bare
from rag.answering.pairs import best_pair, in_one
from rag.answering.phrase import clean_label
from rag.answering.told_row import asked_sentence
from rag.answering.units import row_unit, sentence_unit
from rag.checking.claim import Claim, Operand, Quote
from rag.filings.column_heads import measured
from rag.filings.lexicon import find_line_items
from rag.retrieval.question import Query
from rag.retrieval.wording import scope_of

_TWO = re.compile(
    r"(?P<a>[^,，。?？:：]{2,24}?)(?:和|与|跟|同|及|、|还是)(?P<rest>[^。?？]{1,40}?)"
    r"(?:(?:各|分别)(?:是|有|为|自)?(?:多少|几)|哪个|哪块|哪项|哪边|谁|孰)"
)
_WHICH = re.compile(r"哪[个块项边]|谁|孰|差(?:多少|几|额)|相差")
# 其他业务收入和成本: a bare measure is that of what stands before the other.
_MEASURE = re.compile(r"收入|成本|费用|利润|毛利|资产|负债|原[值价]|净[值价]|余额")
_LED = re.compile(rf"(.{{2,}}?)(?:{_MEASURE.pattern})$")
_SHARE = re.compile(r"占比|比[例重]|百分|[费利]率")
# Of the most and the least of many neither is named.
_MOST = re.compile(r"最[高低大小多少快慢]")
_APART = re.compile(r"这?两(?:者|块|项|个|种|类)|二者|[,，]")


@dataclass(frozen=True, slots=True)
class _Two:
    """The words for two things, with the measure that both share."""

    first: str
    second: str
    measure: str


def compare_two(query: Query, finder: FigureFinder, weigh: Weigh) -> Draft | None:
    """Which of two named things is more, then what is said of each; None where one of them is not found."""
    two = two_of(query.text)
    if two is None or query.sides or _MOST.search(query.text):
        return None
    firsts = finder.find(query, two.first + two.measure)
    # 其他业务收入和成本: what stands before the first is said of the second too.
    items = find_line_items(two.first)
    within = two.first[: items[-1].start] if items else ""
    lead = _LED.match(two.first)
    other = f"{lead[1]}{two.second}" if lead and _MEASURE.fullmatch(two.second) else two.second
    seconds = finder.find(query, other + two.measure, within=within)
    pair = best_pair(firsts, seconds)
    which = _WHICH.search(query.text)
    if pair is None or (not which and all(found.score >= FACT_SCORE for found in pair)):
        return None
    if _SHARE.search(query.text) and pair[0].fact.unit != "%":
        return None  # what is asked for is a share of each
    material, (first, second) = in_one(query, pair)
    claims = [claim for found in pair if (claim := _said(found, weigh)) is not None]
    claims = [
        replace(claim, quotes=(operand.quote,))
        for claim, operand in zip(claims, (first, second), strict=False)
    ]
    if len(claims) < 2:
        return None
    if first.quote == second.quote:
        claims = claims[:1]
    rates = first.fact.unit == "%" == second.fact.unit
    if which and (rates or not query.asks_change):
        gap = gap_between(first, second, (_name(first, two.first), _name(second, two.second)))
        claims = [gap, *claims] if gap is not None else claims
    return Draft(tuple(claims), material=material)


def _name(operand: Operand, words: str) -> str:
    """What a figure is called: a cell by its row and scope, a sentence's figure by the asker's words."""
    fact = operand.fact
    if not fact.column:
        return bare(words)
    scope = "母公司" if fact.scope == "parent" else "合并" if scope_of(words) == "consolidated" else ""
    label, what = clean_label(fact.label), measured(fact.column)
    return f"{scope}{label}{what if what not in label else ''}"


def two_of(question: str) -> _Two | None:
    """The two things that a question holds against each other, None where it names no two."""
    match = _TWO.search(question)
    if match is None:
        return None
    first, rest = match["a"], match["rest"]
    parts = _APART.split(rest, maxsplit=1)
    if len(parts) == 2 and parts[0]:
        return _Two(first, parts[0], parts[1].strip("，, "))
    items = find_line_items(rest)
    # 境内和境外收入: the item named once, behind the second, is that of both.
    lead = rest[: items[-1].start] if items else ""
    shared = lead and not find_line_items(first) and not first.startswith(lead)
    return _Two(first, rest, items[-1].text if shared else "")


def _said(found: Found, weigh: Weigh) -> Claim | None:
    """What the unit of a figure says, in the answer's words."""
    query, quote = found.material.query, found.operand.quote
    piece = found.material.evidence[quote.evidence]
    row = next((r for r in piece.passage.rows if (r.start, r.end) == (quote.start, quote.end)), None)
    if row is None:
        unit = sentence_unit(quote.evidence, piece.passage, quote.start, quote.end)
        said = excerpt(found.material, unit, weigh(query))
        return Claim(said.text, (quote,)) if said is not None else None
    unit = row_unit(quote.evidence, piece.passage, row)
    text = asked_sentence(piece, row, query)
    return Claim(text, (Quote(unit.evidence, unit.start, unit.end),)) if text else None
