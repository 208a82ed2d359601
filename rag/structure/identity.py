"""Who published a filing, of what kind, for which period: read from its pages, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.filings.filing import FilingKind, Issuer
from rag.filings.filing_kind import filing_kind_of
from rag.filings.issuers import issuer_table
from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.announcement_date import announcement_date
from rag.structure.audit_opinion import audit_opinion
from rag.structure.doubt import Doubt
from rag.structure.issuer_name import FROM_TEXT, issuer_name
from rag.structure.outside_names import disagreements
from rag.structure.reporting_period import BY_DEFINITION, defined_period, period_of
from rag.structure.shares import Shares, shares_of
from rag.structure.statement import Statement, first, first_pages
from rag.structure.title import FROM_HEAD, title_of

_FROM_TABLE = "上市公司表"
_PERIODIC = ("annual", "half_year", "quarterly", "annual_summary")
_ALSO = re.compile(r"以下(?:简)?称[“\"「]?([^）)]{2,40})[）)]")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,12})[”\"」]")
_GENERIC = re.compile(r"公司|本公司|发行人|上市公司|(?:《)?行动方案(?:》)?|本报告|报告期|本集团|集团|本行")
# The sentence that every periodic report opens with.
_PLEDGE = re.compile(r"保证(?:本)?((?:半?年度|季度)报告)(?:摘要)?(?:的)?内容")
FROM_PLEDGE = "真实性声明"

# The field that a manner of reading makes doubtful, and what is said of it.
_DOUBTS = {
    FROM_TEXT: (
        "issuer",
        "发行人“{}”只在正文中出现，首页和公司简介没有写明，可能有误；可用 --company 指定。",
    ),
    BY_DEFINITION: (
        "period",
        "首页没有写明报告期，{} 取自第 {} 页对报告期的定义；若不对，请用 --period 指定。",
    ),
    FROM_HEAD: ("title", "标题没有写在首页，“{}”取自第 {} 页的页眉；若不对，请用 --period 和 --kind 指定。"),
    FROM_PLEDGE: (
        "kind",
        "首页没有标题，报告类型按第 {1} 页“保证{0}内容真实”一句认定；若不对，请用 --kind 指定。",
    ),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What the pages say; empty fields where they do not. `evidence` maps a field to where it was read."""

    title: str
    issuer: Issuer
    kind: FilingKind
    period: str
    evidence: dict[str, str]
    announced: date | None = None
    doubts: tuple[Doubt, ...] = ()


def identify(pages: Sequence[Page], outside: Sequence[str] = ()) -> Identity:
    """The identity of a filing from its pages.

    `outside` are names that others gave the file (its file name, a PDF's title): never a source, but told
    of in a warning where they contradict the pages.
    """
    early = first_pages(pages)
    name, conflict = issuer_name(early, pages[-1]) if pages else (None, None)
    shares = shares_of(early)
    title = title_of(early, name.value if name else "")
    named_kind = _named_kind(title, early)
    kind = filing_kind_of(named_kind.value) if named_kind else "other"
    period = _period(title, kind, early)
    announced, day = announcement_date(pages, kind, period.value if period else "")
    evidence = _evidence(
        {"issuer": name, "title": title, "kind": named_kind, "period": period, "announced": day}
        | {
            "audit": audit_opinion(pages),
            "stock_code": first(iter(shares.codes)),
            "short_name": first(iter(shares.short_names)),
        }
    )
    issuer = _with_table(_issuer(name, shares, early), evidence)
    found = Identity(
        title.value if title else "", issuer, kind, period.value if period else "", evidence, announced
    )
    doubts = (
        conflict,
        shares.doubt,
        _conflicting(title, early),
        *map(_inferred, (name, title, period, named_kind)),
    )
    told = dict.fromkeys((*doubts, *disagreements(outside, issuer, kind, found.period)))
    return replace(found, doubts=tuple(doubt for doubt in told if doubt))


def _evidence(statements: dict[str, Statement | None]) -> dict[str, str]:
    return {field: statement.evidence for field, statement in statements.items() if statement}


def _issuer(name: Statement | None, shares: Shares, pages: Sequence[Page]) -> Issuer:
    full = name.value if name else ""
    called = dict.fromkeys([*_also_called(pages, full), *shares.also_called])
    short = shares.short_names[0].value if shares.short_names else ""
    return Issuer(
        full, short, tuple(code.value for code in shares.codes), tuple(c for c in called if c != short)
    )


def _with_table(issuer: Issuer, evidence: dict[str, str]) -> Issuer:
    """The issuer with the short name and the code that it does not print, from the shipped table."""
    listed = issuer_table().by_name.get(squeeze(issuer.name))
    codes = issuer.stock_codes
    if listed is None or squeeze(listed.name) != squeeze(issuer.name) or (codes and listed.code not in codes):
        return issuer
    if not codes:
        evidence["stock_code"] = _FROM_TABLE
    if not issuer.short_name:
        evidence["short_name"] = _FROM_TABLE
    return replace(
        issuer, short_name=issuer.short_name or listed.short_name, stock_codes=codes or (listed.code,)
    )


def _also_called(pages: Sequence[Page], name: str) -> tuple[str, ...]:
    """Names in `（以下简称“公司”、“某某”）` right after the issuer's full name."""
    if not name:
        return ()
    for page in pages[:3]:
        text = squeeze(page.text)
        at = text.find(name + "(")
        while at >= 0:
            found = _ALSO.match(text, at + len(name) + 1)
            if found:
                return tuple(n for n in _QUOTED.findall(found[1]) if not _GENERIC.fullmatch(n))
            at = text.find(name + "(", at + 1)
    return ()


def _named_kind(title: Statement | None, pages: Sequence[Page]) -> Statement | None:
    """The words that tell the kind: the title, else the sentence in which the board vouches for a report."""
    if title and (filing_kind_of(title.value) != "other" or not title.manner):
        return title
    return first(
        Statement(found[1], page.position, FROM_PLEDGE)
        for page in pages
        if (found := _PLEDGE.search(squeeze(page.text)))
    )


def _period(title: Statement | None, kind: FilingKind, pages: Sequence[Page]) -> Statement | None:
    """The period that the title names; only a periodic report's may come from its definition of 报告期."""
    if title and (period := period_of(title.value)):
        return Statement(period, title.page)
    return defined_period(pages) if kind in _PERIODIC else None


def _conflicting(title: Statement | None, pages: Sequence[Page]) -> Doubt | None:
    """The doubt where a report's title and its definition of 报告期 name two periods."""
    if not title or filing_kind_of(title.value) not in _PERIODIC:
        return None
    named, defined = period_of(title.value), defined_period(pages)
    if not named or not defined or named == defined.value:
        return None
    return Doubt(
        "period",
        f"标题的报告期是 {named}，第 {defined.page} 页定义的报告期是 {defined.value}，以标题为准；"
        "若不对，请用 --period 指定。",
    )


def _inferred(statement: Statement | None) -> Doubt | None:
    """The doubt about a statement that is less than certain."""
    if statement is None or statement.manner not in _DOUBTS:
        return None
    field, sentence = _DOUBTS[statement.manner]
    return Doubt(field, sentence.format(statement.value, statement.page))
