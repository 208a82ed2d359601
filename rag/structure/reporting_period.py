"""The period that a filing reports on: from its title, else from its definition of 报告期."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.statement import Statement

_YEAR = r"(?P<year>(?:19|20)\d\d|[二一][○〇零九0][○〇零一二三四五六七八九0]{2})"
_PART = r"(?P<part>年?半年|年?中期|年?中报|第?[一1]季|第?[三3]季|前三季|第?[二四24]季|年度|年年报|年报|度)"
_DATED = re.compile(rf"{_YEAR}年?{_PART}")
# Designed covers set the year below: `年度报告2024`.
_YEAR_LAST = re.compile(rf"(?P<part>半年度|中期|第?[一1]季|第?[三3]季|年度)(?:度?报告)(?:摘要)?{_YEAR}年?$")
_DIGITS = str.maketrans("○〇零一二三四五六七八九", "000123456789")
# What the plan's half-year evaluation reports on stands behind the plan's own year.
_HALF_OF_PLAN = re.compile(r"半年度?.{0,6}(?:评估|进展|执行|落实|实施)")
_DEFINED = re.compile(
    r"报告期(?:内)?(?:、本期|、本报告期)?[、,]?指[:：]?"
    r"(?:(?P<year>20\d\d|19\d\d)年(?P<half>上半年|度(?!末)|1-6月|1-9月|1-3月)"
    r"|(?P<from>\d{4})年0?1月0?1日(?:起)?(?:至|-|—|~)(?P<to>\d{4})年0?(?P<month>\d{1,2})月\d{1,2}日)"
)
_HALVES = {"上半年": "H1", "1-6月": "H1", "1-9月": "Q3", "1-3月": "Q1", "度": "FY"}
_MONTHS = {"3": "Q1", "6": "H1", "9": "Q3", "12": "FY"}
BY_DEFINITION = "报告期的定义"


def period_of(title: str) -> str:
    """The reporting period (`2024H1`) that a squeezed title names; empty where it names none.

    A second or fourth quarter is no reporting period of a filing: such titles yield nothing.
    """
    found = _DATED.search(title) or _YEAR_LAST.search(title)
    if not found:
        return ""
    year = found["year"].translate(_DIGITS)
    part = "H1" if _HALF_OF_PLAN.search(title) else _part(found["part"])
    return year + part if part and 1990 <= int(year) < 2100 else ""


def _part(words: str) -> str:
    if "半年" in words or "中" in words:
        return "H1"
    for signs, part in (("一1", "Q1"), ("三3", "Q3")):
        if "季" in words and any(sign in words for sign in signs):
            return part
    return "" if "季" in words else "FY"


def defined_period(pages: Sequence[Page]) -> Statement | None:
    """What the filing's definitions say of 报告期."""
    for page in pages:
        found = _DEFINED.search(squeeze(page.text))
        if found and found["year"]:
            return Statement(found["year"] + _HALVES[found["half"]], page.position, BY_DEFINITION)
        if found and found["from"] == found["to"] and found["month"] in _MONTHS:
            return Statement(found["to"] + _MONTHS[found["month"]], page.position, BY_DEFINITION)
    return None
