"""Where the names that others gave a file (file name, PDF title) contradict its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.filings.filing import FilingKind, Issuer
from rag.filings.filing_kind import KIND_NAMES, filing_kind_of
from rag.filings.issuers import issuer_table
from rag.filings.text import squeeze
from rag.structure.doubt import Doubt
from rag.structure.reporting_period import period_of

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_SUFFIX = re.compile(r"\.[A-Za-z]{2,5}$")


def disagreements(outside: Sequence[str], issuer: Issuer, kind: FilingKind, period: str) -> Iterator[Doubt]:
    """The doubts: the pages rank over a name, and what only a name says is not taken over."""
    for name in dict.fromkeys(squeeze(_SUFFIX.sub("", name)) for name in outside):
        yield from _about_period(name, period)
        yield from _about_kind(name, kind)
        yield from _about_code(name, issuer)


def _about_period(name: str, period: str) -> Iterator[Doubt]:
    named = period_of(name)
    if named and not period:
        yield Doubt(
            "period",
            f"只有文件名“{name}”写着报告期 {named}，正文没有证实，未采用；可用 --period {named} 指定。",
        )
    elif named and named != period:
        yield Doubt("period", f"文件名“{name}”写的报告期是 {named}，正文是 {period}，以正文为准。")


def _about_kind(name: str, kind: FilingKind) -> Iterator[Doubt]:
    named = filing_kind_of(name)
    if named in ("other", kind):
        return
    if kind == "other":
        yield Doubt(
            "kind", f"文件名“{name}”像是{KIND_NAMES[named]}，正文没有证实，未采用；可用 --kind {named} 指定。"
        )
    else:
        yield Doubt("kind", f"文件名“{name}”像是{KIND_NAMES[named]}，正文是{KIND_NAMES[kind]}，以正文为准。")


def _about_code(name: str, issuer: Issuer) -> Iterator[Doubt]:
    codes = [code for code in _CODE.findall(name) if code in issuer_table().by_code]
    if len(codes) != 1 or codes[0] in issuer.stock_codes:
        return
    code = codes[0]
    if issuer.stock_codes:
        yield Doubt(
            "stock_code",
            f"文件名“{name}”中的证券代码 {code} 与正文的 {issuer.stock_codes[0]} 不同，以正文为准。",
        )
    else:
        yield Doubt(
            "stock_code",
            f"只有文件名“{name}”写着证券代码 {code}，正文没有证实，未采用；可用 --company {code} 指定。",
        )
