"""The questions that one question holds, each with a subject of its own: 营收多少，员工多少人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese
from rag.filings.period import find_periods
from rag.retrieval.question import Asked, Filters, Query
from rag.retrieval.understand import understand

# As many as this are asked one by one.
MOST = 4
_CLAUSE = re.compile(r"[，,；;。？?！!]|(?:以及|还有|另外|顺便)(?:问下?)?")
_ASKS = re.compile(
    r"多少|几[个家次项笔位人年月种款天]|谁|哪|什么|啥|为什么|为何|怎么|如何|是否|有没有|有无|[吗呢]$"
)
_AND = re.compile(r"[、和与及]")
# 营业收入和员工人数各是多少: what is asked of each thing named.
_EACH = re.compile(
    r"(?P<subject>.+?)(?:分别|各自?|都)?(?P<tail>(?:是|为|有)?(?:多少[^，,\s]{0,2}|几[^，,\s]|谁|什么|哪[^，,\s]{0,2}))?$"
)
# What is set against each other is one question, though it names two things.
_TOGETHER = re.compile(
    r"相比|之比|比较|相差|差多少|差额|差异|关系|合计|一共|总共|之和|加起来|谁[更高低多少大小]|哪个"
)
_KINDS = frozenset({"number", "compare", "text", "list", "yesno", "why"})


def sub_questions(query: Query, filters: Filters, filings: Sequence[Filing]) -> tuple[Query, ...]:
    """The parts of a question that ask for different things, understood; empty where it asks for one."""
    if query.sides or query.kind not in _KINDS or len(query.issuers) > 1 or _TOGETHER.search(query.text):
        return ()
    texts = _texts(query)
    if len(texts) < 2:
        return ()
    fixed = replace(filters, company=filters.company or next(iter(query.issuers), ""))
    found: list[Query] = []
    for text in _dated(texts, query):
        part = understand(Asked(text, filters=fixed), filings)
        if _subject(part) - {word for other in found for word in _subject(other)}:
            found.append(part)
    return tuple(found) if 1 < len(found) <= MOST else ()


def _dated(texts: Sequence[str], query: Query) -> Iterator[str]:
    """The parts, the only period that the question names and the parent company said in each."""
    when = in_chinese(query.stated_periods[0]) if len(query.stated_periods) == 1 else ""
    whose = "母公司" if query.scope == "parent" else ""
    for text in texts:
        dated = text if find_periods(text) else when + text
        yield dated if whose in text else whose + dated


def _texts(query: Query) -> list[str]:
    """The clauses that ask, each thing that a clause names apart."""
    clauses = [clause.strip() for clause in _CLAUSE.split(query.text) if clause.strip()]
    if len(clauses) > 1:
        clauses = [clause for clause in clauses if _ASKS.search(clause)]
    return [part for clause in clauses for part in _of_each(clause, query)]


def _of_each(clause: str, query: Query) -> list[str]:
    """What a clause asks of each thing that it names; the clause itself where one owns the others.

    董事长持股数和持股比例 asks both of a person, who is not named a second time.
    """
    match = _EACH.match(clause)
    if match is None:
        return [clause]
    names = [name for name in _AND.split(match["subject"]) if name.strip()]
    owners = any(
        term.is_name and term.text in names[0] and not names[0].endswith(term.text) for term in query.terms
    )
    tail = match["tail"] or ""
    return [name + tail for name in names] if 1 < len(names) <= MOST and not owners else [clause]


def _subject(query: Query) -> set[str]:
    """What a part is about: its line items and the names that it says."""
    return {*query.line_items, *(term.text for term in query.terms if term.is_name)}
