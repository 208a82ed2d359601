"""What a summary is of: the filings, and the stretches of them that are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.answer import Refusal
from rag.answering.assist import EVIDENCE_DEPTH, Desk
from rag.answering.refuse import refuse_unrouted
from rag.errors import UserError
from rag.filings.filing import Filing
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked, Filters, Query
from rag.retrieval.understand import understand
from rag.summarizing.headings import Stretch, find_sections
from rag.summarizing.wish import SummaryRequest, Wish
from rag.summarizing.words import summary_words

DEFAULT = "概括这份公告的主要内容"
MOST_FILINGS = 4
MOST_NAMED = 14
_PART = re.compile(r"第[一二三四五六七八九十百]+[节章]")


@dataclass(frozen=True, slots=True)
class Part:
    """One filing's share: its stretches in reading order; `chosen` where sections were asked for by name."""

    filing: Filing
    stretches: tuple[Stretch, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read for a summary, or why nothing is."""

    query: Query
    parts: tuple[Part, ...] = ()
    refusal: Refusal | None = None


def scope_of(desk: Desk, request: SummaryRequest, wish: Wish) -> Scope:
    """The filings and stretches of a request.

    UserError: no such filing, several under one name, or a section that is not there.
    """
    filings = desk.index.filings()
    filters = Filters(request.company, request.period, request.filing)
    # A length or a reader is no part of the matter; the names of company and period are.
    asked = Asked(f"{request.instruction} {request.focus}".strip() or DEFAULT, (), filters)
    query = understand(asked, filings)
    refusal = refuse_unrouted(query, filings)
    if refusal is not None:
        return Scope(query, refusal=refusal)
    chosen = _meant([f for f in filings if f.id in query.filing_ids], request)
    if len(chosen) > MOST_FILINGS and not request.focus:
        return Scope(query, refusal=_which(chosen))
    query = replace(query, filing_ids=tuple(f.id for f in chosen))
    if len(chosen) > MOST_FILINGS:
        return Scope(query, _found(desk, query, chosen))
    parts = tuple(_part(desk, filing, request.section) for filing in chosen)
    if request.section and not any(part.stretches for part in parts):
        raise UserError(_no_section(desk, request.section, chosen))
    return Scope(query, tuple(part for part in parts if part.stretches))


def evidence_of(part: Part) -> tuple[list[Evidence], list[int]]:
    """The passages of a part as evidence, and where in each one's text it may first be said from."""
    evidence: list[Evidence] = []
    starts: list[int] = []
    for stretch in part.stretches:
        for n, passage in enumerate(stretch.passages):
            evidence.append(Evidence(len(evidence) + 1, 1.0, passage, part.filing))
            starts.append(stretch.start if n == 0 else 0)
    return evidence, starts


def headings_of(desk: Desk, filing: Filing) -> list[str]:
    """The first-level headings of a filing; only its 第X节 where it has such."""
    first = [squeeze(h.text) for h in desk.index.outline(filing.id) if h.level == 1]
    parts = [text for text in first if _PART.match(text)]
    return list(dict.fromkeys(parts or first))


def _meant(filings: Sequence[Filing], request: SummaryRequest) -> list[Filing]:
    """The filings that the request means; UserError where one name is borne by several."""
    if request.filing and len(filings) > 1:
        ids = "、".join(f"{f.id[:12]}（{f.file_name}）" for f in filings)
        raise UserError(f"有 {len(filings)} 份公告叫“{request.filing}”，请改用编号：{ids}。")
    text = squeeze(request.instruction)
    titled = [f for f in filings if f.title and squeeze(f.title) in text]
    if titled:
        return titled
    kinds = [kind for kind, pattern in summary_words().called.items() if pattern.search(text)][:1]
    return [f for f in filings if f.kind in kinds] or list(filings)


def _part(desk: Desk, filing: Filing, section: str) -> Part:
    passages = tuple(passage for passage, _ in desk.corpus.passages(filing.id))
    if not section:
        return Part(filing, (Stretch(passages),), chosen=False)
    return Part(filing, tuple(find_sections(section, passages)), chosen=True)


def _found(desk: Desk, query: Query, filings: Sequence[Filing]) -> tuple[Part, ...]:
    """Of many filings only the passages that search finds for the question."""
    found = desk.retriever.search(query, EVIDENCE_DEPTH)
    return tuple(
        Part(
            filing,
            tuple(
                Stretch((e.passage,))
                for e in sorted(found, key=lambda e: e.passage.ordinal)
                if e.filing.id == filing.id
            ),
            chosen=True,
        )
        for filing in filings
        if any(e.filing.id == filing.id for e in found)
    )


def _which(filings: Sequence[Filing]) -> Refusal:
    names = tuple(f"{f.issuer.short_name or f.issuer.name} {f.title}（{f.file_name}）" for f in filings)
    return Refusal(
        "ambiguous",
        f"有 {len(filings)} 份公告都合要求，请说明是哪一份：写文件名、编号，或公司和报告期。",
        options=names,
    )


def _no_section(desk: Desk, section: str, filings: Sequence[Filing]) -> str:
    there = [heading for filing in filings for heading in headings_of(desk, filing)]
    listed = "；".join(heading[:30] for heading in there[:MOST_NAMED]) or "（没有读出标题）"
    return f"公告里没有“{section}”这样的章节。有的章节是：{listed}。"
