"""Premises that the filing denies: a rise that was a fall, a profit that was a loss, a thing done that is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.answer import Refusal
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of, quotes_of, ranked_facts
from rag.answering.operands import operands_of_quote
from rag.answering.phrase import row_sentence
from rag.checking.claim import Claim
from rag.filings.fiscal import end_date
from rag.filings.passage import Fact
from rag.retrieval.question import Query

_RISE = re.compile(
    r"(?:怎么|咋|为什么|为何|为啥).{0,12}(?:涨|增长|增加|上升|提高|提升|改善|好转)|大幅(?:增长|增加|上升)|创新高"
)
_FALL = re.compile(
    r"(?:怎么|咋|为什么|为何|为啥).{0,12}(?:跌|下降|下滑|减少|降低|缩水|恶化|转差)|大幅(?:下降|下滑|减少)"
)
_TO_PLUS = re.compile(r"由负转正|转正|扭亏为盈|扭亏|赚了")
_TO_MINUS = re.compile(r"由正转负|转负|由盈转亏|亏了")
_TURN = re.compile(f"{_TO_PLUS.pattern}|{_TO_MINUS.pattern}")
# Words that turn the sense of rise and fall round.
_OF_LOSS = re.compile(r"亏损.{0,4}(?:收窄|扩大|减少|增加)|率|占比")
# An event taken for done that the filing says is still under way.
_TAKEN_FOR_DONE = re.compile(r"已经?(?:全部)?[^，,。]{0,6}(?:完毕|完成|结束|做完)|全部(?:实施)?(?:完毕|完成)")
_UNDER_WAY = re.compile(r"尚在|尚未|仍在|正在|未(?:实施)?完[成毕]|实施过程中|推进中")
MESSAGE = "前提有误：报告披露的情况与提问的说法不符。"


def denied_premise(material: Material) -> Draft | None:
    """The correction, with the row that shows it, of a premise about a line item's course; None if none is wrong."""
    query = material.query
    if (
        query.kind not in ("why", "number", "text", "yesno")
        or _OF_LOSS.search(query.text)
        or any(term.is_name and not _TURN.search(term.text) for term in query.terms)
    ):
        return None
    for filing in filings_of(material)[:1]:
        for key in query.line_items[:1]:
            facts = ranked_facts(material, key, [filing])[:1]
            quotes = quotes_of(material, facts)
            if not facts or quotes[0] is None:
                return None
            now, before = _course(operands_of_quote(material, quotes[0]))
            if now is None or before is None or not _denied(query.text, now, before):
                return None
            piece = material.evidence[quotes[0].evidence]
            row = next(r for r in piece.passage.rows if (r.start, r.end) == facts[0].row)
            claim = Claim(row_sentence(piece, row, ()), (quotes[0],), (now,))
            return Draft((claim,), refusal=Refusal("unsupported_premise", MESSAGE))
    return None


def still_under_way(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether the question takes for done what its own answer says is not."""
    return bool(claims and _TAKEN_FOR_DONE.search(query.text) and _UNDER_WAY.search(claims[0].text))


def _course(facts: Sequence[Fact]) -> tuple[Fact | None, Fact | None]:
    """The latest and the earlier figure of a row."""
    amounts = [f for f in facts if f.measure not in ("change", "points") and f.period]
    ordered = sorted(amounts, key=lambda f: end_date(f.period), reverse=True)
    if len(ordered) < 2 or ordered[0].period == ordered[1].period:
        return None, None
    return ordered[0], ordered[1]


def _denied(question: str, now: Fact, before: Fact) -> bool:
    """Whether the two figures contradict the course that the question takes for granted."""
    if _TO_PLUS.search(question):
        return now.value < 0
    if _TO_MINUS.search(question):
        return now.value > 0
    if _RISE.search(question):
        return now.value < before.value
    return bool(_FALL.search(question)) and now.value > before.value
