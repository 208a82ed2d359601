"""Ticked and empty boxes in words."""

from __future__ import annotations

import re

from rag.answering.phrase import issuer_name
from rag.answering.units import Unit
from rag.filings.fiscal import in_chinese
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.structure.outline import TICKED

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+节|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)][.．、]?|\d+[.、．])\s*"
)
_BOXES = re.compile(r"[□☐√✓☑\uf052\uf0fe\uf0a3\uf06f\uf02a■]\s*(?:适用|不适用|是|否|有|无)?")
_NO = {"不适用": "没有（报告中该项勾选为“不适用”）", "否": "否", "无": "没有"}


def box_sentence(piece: Evidence, unit: Unit) -> str:
    """What a ticked box says, with the heading it answers and both boxes as printed."""
    text = piece.passage.text[unit.start : unit.end]
    ticked = TICKED.search(text)
    heading = _NUMBERING.sub("", squeeze(_BOXES.sub("", text))).strip(":：")
    when = in_chinese(piece.filing.period) if piece.filing.period else ""
    verdict = _NO.get(ticked[1], ticked[1]) if ticked else "未勾选"
    boxes = " ".join(squeeze(m.group()) for m in _BOXES.finditer(text) if m.group().strip())
    return f"{verdict}：{issuer_name(piece.filing)}{when}报告“{heading}”一项为“{boxes}”。"
