"""What a filing says of its audit: the kind of opinion, or that there was none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.statement import Statement

_OPINION = r"((?:标准的?|(?:带|与)[^。；;]{2,30}的)?(?:无保留意见|保留意见|否定意见|无法表示意见))"
_STATED = (
    re.compile(rf"审计意见类型[:：]?{_OPINION}"),
    re.compile(rf"为(?:本)?公司出具了{_OPINION}"),
    re.compile(rf"财务报告的?审计意见为[:：]?{_OPINION}"),
)
_UNAUDITED = re.compile(r"报告未经审计|数据[^。]{0,20}未经(?:会计师事务所)?审计|以未经审计的")
UNAUDITED = "未经审计"


def audit_opinion(pages: Iterable[Page]) -> Statement | None:
    """The opinion as first stated, `未经审计` where the filing says that, None where it says nothing."""
    for page in pages:
        text = squeeze(page.text)
        if stated := next((found for pattern in _STATED if (found := pattern.search(text))), None):
            return Statement(stated[1], page.position)
        if _UNAUDITED.search(text):
            return Statement(UNAUDITED, page.position)
    return None
