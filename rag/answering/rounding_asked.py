"""How a question wants a figure told: its decimals and its unit."""

from __future__ import annotations

import re

from rag.checking.calculation import DECIMALS
from rag.filings.numeral import read_numeral
from rag.filings.unit import kind_of

_DECIMALS = re.compile(r"(?:保留|精确到?|取)(?:小数点?后?)?([一二两三四五六1-6])位")
_WHOLE = re.compile(r"取整|整数|不(?:要|留)小数|四舍五入到(?:[百千万亿]*元|个位)")
_UNIT = re.compile(
    r"(?:四舍五入到|精确到|换算成|折成|折合成?|以|按|单位(?:是|为|用)?[:：]?|多少|几个?)((?:[百千]?万|亿)(?:元|股)?)(?:为单位|计|表示)?"
)


def decimals_asked(question: str, unit: str = "") -> int:
    """The decimals asked for, two where the question does not say; things are counted whole."""
    if kind_of(unit).startswith("count"):
        return 0
    match = _DECIMALS.search(question)
    if match is not None:
        return int(match[1]) if match[1].isdigit() else int(read_numeral(match[1]) or DECIMALS)
    return 0 if _WHOLE.search(question) else DECIMALS


def unit_asked(question: str, unit: str) -> str:
    """The unit that the question wants, where it is of the same kind; else the one given."""
    match = _UNIT.search(question)
    if match is None:
        return unit
    for wanted in (match[1], match[1] + unit[-1:]):
        if kind_of(wanted) == kind_of(unit) != "":
            return wanted
    return unit
