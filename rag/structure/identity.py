"""Who published a filing, of what kind, for which period: read from its first pages, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.filings.filing import FilingKind, Issuer
from rag.filings.filing_kind import filing_kind_of
from rag.filings.issuers import issuer_table
from rag.filings.page import Page
from rag.filings.text import squeeze

_FIRST_PAGES = 8
_FROM_TABLE = "上市公司表"
# Lines between a filing's head and its title: the English name, codes, the announcement's number.
_NO_TITLE = re.compile(r"[A-Za-z.,&'’()（）-]+|.*(?:代码|简称|编号)[:：].*")
_NAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff（(）)])([\u4e00-\u9fff（(）)A-Za-z]{2,30}?(?:股份有限公司|有限责任公司|股份公司))"
)
_SHORT = re.compile(
    r"(?:公司|证券|股票|A股)简称[:：]\s*([\u4e00-\u9fffA-Za-z*＊]{2,10}?)(?=[\s，,。；;]|股票|证券|公司|公告|债券|$)"
)
_ALSO = re.compile(r"以下(?:简)?称[“\"「]?([^）)]{2,40})[）)]")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,12})[”\"」]")
_CODE = re.compile(r"(?:公司|证券|股票|A股|H股)代码[:：]?\s*(\d{6}|\d{5}(?=\D|$))")
_TABLE_CODE = re.compile(
    r"股票代码.{0,80}?([\u4e00-\u9fffA-Z*]{2,8})\s+(\d{6})(?!\d)|(\d{6})\s+([\u4e00-\u9fff*A-Z]{2,8})"
)
_GENERIC = {
    "公司",
    "本公司",
    "发行人",
    "上市公司",
    "行动方案",
    "本报告",
    "报告期",
    "本集团",
    "集团",
    "《行动方案》",
}
_PERIOD = re.compile(
    r"(\d{4}|[二○〇零一三四五六七八九]{4})\s*年?\s*(半年度|年半年度|第?一季度|第?三季度|第?二季度|年度|度)"
)
_CN_DIGITS = str.maketrans("○〇零一二三四五六七八九", "000123456789")
_TITLE_END = re.compile(
    r"(?:报告|摘要|快报|预告|方案|说明书|公告|评估报告)(?:（[^）]{1,12}）|\([^)]{1,12}\))?$"
)
_TITLE_GOES_ON = re.compile(r"的.{2,30}(?:报告|公告)|(?:报告)?摘要|\([^()]{2,12}\)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the first pages say; empty fields where they do not. `evidence` maps a field to where it was read."""

    title: str
    issuer: Issuer
    kind: FilingKind
    period: str
    evidence: dict[str, str]


def identify(pages: Sequence[Page]) -> Identity:
    """The identity of a filing from its first pages."""
    first = pages[:_FIRST_PAGES]
    evidence: dict[str, str] = {}
    name = _issuer_name(first, evidence)
    title = _title(first, name)
    kind = filing_kind_of(title)
    issuer = Issuer(name, _short_name(first, evidence), _codes(first, evidence), _also_called(first, name))
    issuer = _with_table(issuer, evidence)
    period = _period(title, kind, first)
    if title:
        evidence["title"] = f"p.{first[0].position}: {title[:60]}"
    return Identity(title, issuer, kind, period, evidence)


def _lines(page: Page) -> list[str]:
    """A page's lines, or its tokens where line breaks became spaces."""
    lines = [line for line in page.text.splitlines() if line.strip()]
    return lines if len(lines) > 2 else page.text.split()


def _issuer_name(pages: Sequence[Page], evidence: dict[str, str]) -> str:
    """The company named most on the first pages, those alone on a line of the first page before all others."""
    for page in pages[:2]:
        for line in _lines(page)[:40]:
            alone = re.fullmatch(
                r"([\u4e00-\u9fff（(）)A-Za-z]{2,30}?(?:股份有限公司|有限责任公司|股份公司))", squeeze(line)
            )
            if alone:
                evidence["issuer"] = f"p.{page.position}: {alone[1]}"
                return alone[1]
    counts: dict[str, int] = {}
    for page in pages:
        for found in _NAME.finditer(" " + squeeze(page.text)):
            counts[found[1]] = counts.get(found[1], 0) + 1
    if not counts:
        return ""
    name = max(counts, key=lambda key: (counts[key], -len(key)))
    evidence["issuer"] = f"p.{pages[0].position}: {name}"
    return name


def _short_name(pages: Sequence[Page], evidence: dict[str, str]) -> str:
    for page in pages:
        found = _SHORT.search(page.text)
        if found:
            evidence["short_name"] = f"p.{page.position}: {found[1]}"
            return found[1]
    return ""


def _codes(pages: Sequence[Page], evidence: dict[str, str]) -> tuple[str, ...]:
    for page in pages:
        found = _CODE.findall(page.text)
        if found:
            evidence["stock_code"] = f"p.{page.position}: {found[0]}"
            return tuple(dict.fromkeys(found))
    return ()


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
                names = [n for n in _QUOTED.findall(found[1]) if n not in _GENERIC]
                return tuple(names)
            at = text.find(name + "(", at + 1)
    return ()


def _title(pages: Sequence[Page], name: str) -> str:
    """The first run of lines on the first page that ends like a filing's title."""
    for page in pages[:2]:
        run: list[str] = []
        lines = [squeeze(line) for line in _lines(page)[:30]]
        for n, text in enumerate(lines):
            if text == name or (_NO_TITLE.fullmatch(text) and not _TITLE_END.search(text)):
                run = []
                continue
            run.append(text)
            for start in range(max(0, len(run) - 3), len(run)):
                title = "".join(run[start:])
                if _TITLE_END.search(title) and _PERIOD.search(title) and len(title) <= 80:
                    return title.removeprefix(name) + _rest_of_title("".join(lines[n + 1 : n + 2]))
    return ""


def _rest_of_title(line: str) -> str:
    """The line below a title where it goes on: `的半年度评估报告`, `摘要`, `(修订稿)`."""
    return line if _TITLE_GOES_ON.fullmatch(line) else ""


def _period(title: str, kind: FilingKind, pages: Sequence[Page]) -> str:
    found = _PERIOD.search(title) or next(
        (m for page in pages[:2] for m in [_PERIOD.search(squeeze(page.text))] if m), None
    )
    if not found:
        return ""
    year = found[1].translate(_CN_DIGITS)
    if kind in ("half_year", "action_plan_evaluation") and "半年" in (title or found[0]):
        return f"{year}H1"
    words = found[2] + (title[found.end() : found.end() + 4] if title else "")
    for word, suffix in (("半年", "H1"), ("一季", "Q1"), ("三季", "Q3"), ("二季", "H1")):
        if word in words:
            return year + suffix
    return f"{year}FY"
