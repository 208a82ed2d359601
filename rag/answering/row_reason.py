"""The reason that a table gives beside a row, put together from the lines around the row's figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Material
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.units import Unit
from rag.checking.claim import Claim, Quote
from rag.filings.lexicon import line_items
from rag.filings.passage import Passage, Row
from rag.filings.text import is_cjk, squeeze
from rag.retrieval.evidence import Evidence

_START = re.compile(r"主要(?:系|是|为|由于|因)|系|由于")
# A reason that is complete above a row is that of the row before.
_ENDED = re.compile(r"(?:所\s*致|[。；;])\s*$")
_END = re.compile(r"所致|影响|增加|减少|重组")
_LEAST = 6
# In a table with such a column the words beside a row are its reason though no word of cause is among them.
_HEADED = re.compile(r"原因|依据|(?:变动|情况)说明")
_HEADED_LEAST = 12


def row_block(material: Material, unit: Unit) -> Claim | None:
    """The row's item and its reason; None where the table gives none."""
    piece, row = material.evidence[unit.evidence], unit.row
    if row is None or not row.cells:
        return None
    passage = piece.passage
    if any(other.remark_end >= 0 for other in passage.rows):
        return _remarked(piece, unit.evidence, row)
    start, end = _bounds(passage, row)
    tail = passage.text[row.cells[-1].end : end]
    mixed = _is_mixed(passage, row)
    head = passage.text[start : row.cells[0].start if mixed else row.start]
    opened = _opening(head)
    before = squeeze(head[:opened]) if mixed else squeeze(row.label)
    label, rest = _label(material.query.line_items, before, squeeze(tail))
    reason = _reason(squeeze(head[opened:]), rest)
    if not reason and _HEADED.search(passage.context) and not re.search(r"\d", row.label):
        above = squeeze(passage.text[start : row.start]).rpartition("原因")[2]
        reason, opened = _headed(above + _until_next(rest)), 0
        label = squeeze(row.label)
    if not reason:
        return None
    said = f"{issuer_name(piece.filing)}{clean_label(label)}变动的原因：{reason}。"
    if opened == 0:
        said = f"{issuer_name(piece.filing)}{clean_label(label)}的原因：{reason}。"
    begin = start + opened + len(head[opened:]) - len(head[opened:].lstrip())
    return Claim(said, (Quote(unit.evidence, begin, end),))


def _remarked(piece: Evidence, index: int, row: Row) -> Claim | None:
    """The reason in the row's own ruled cell, under a head for reasons or in words of cause."""
    begin = row.cells[-1].end
    remark = squeeze(piece.passage.text[begin : max(begin, row.remark_end)])
    cause = _START.search(remark)
    reason = remark[cause.start() :] if cause else _headed(remark, _LEAST)
    if not reason or not (cause or _HEADED.search(piece.passage.context)):
        return None
    said = f"{issuer_name(piece.filing)}{clean_label(row.label)}变动的原因：{reason.strip('。；')}。"
    return Claim(said, (Quote(index, begin, row.remark_end),))


def _bounds(passage: Passage, row: Row) -> tuple[int, int]:
    """From the last figure of the row above to the row below, or to its figures where a reason stands in its label."""
    at = passage.rows.index(row)
    above = passage.rows[at - 1] if at else None
    below = passage.rows[at + 1] if at + 1 < len(passage.rows) else None
    start = (above.cells[-1].end if above.cells else above.end) if above else 0
    if below is None:
        return start, len(passage.text)
    return start, below.cells[0].start if _is_mixed(passage, below) else below.start


def _is_mixed(passage: Passage, row: Row) -> bool:
    """Whether a reason's first line stands between a row's label and its figures."""
    return bool(row.cells) and bool(_START.search(passage.text[row.start : row.cells[0].start]))


def _opening(head: str) -> int:
    """Where in the words before the figures the row's own reason starts; at their end where it does not."""
    starts = [match.start() for match in _START.finditer(head)]
    return starts[-1] if starts and not _ENDED.search(head[starts[-1] :]) else len(head)


def _label(asked: Sequence[str], before: str, after: str) -> tuple[str, str]:
    """The row's item, and the words behind its figures without what they say of a label that is broken in two."""
    own = re.split(r"所致|[。；;]", before)[-1]
    for key in asked:
        for name in (line_items()[key].name, *line_items()[key].printed):
            for cut in range(len(name), 1, -1):
                if own.endswith(name[:cut]) and after.startswith(name[cut:]):
                    return name, after[len(name) - cut :]
    return own, after


def _until_next(after: str) -> str:
    """The words behind a row's figures up to where the next row's reason starts."""
    following = [match.start() for match in _START.finditer(after) if match.start()]
    return after[: following[0]] if following else after


def _reason(head: str, after: str) -> str:
    tail = _until_next(after) if head else after
    ends = [match.end() for match in _END.finditer(tail)]
    if tail.endswith("。"):
        ends = [len(tail) - 1]
    reason = head + (tail[: ends[-1]] if ends else (tail if not head else tail[:30]))
    return reason if _START.match(reason) and len(reason) > _LEAST else ""


def _headed(words: str, least: int = _HEADED_LEAST) -> str:
    """Words under a column for reasons, where they are words at all."""
    return words.strip("，,、/。") if sum(map(is_cjk, words)) >= least else ""
