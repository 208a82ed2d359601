"""Sentences of a filing cut to the point: the clauses that carry what is asked, lists whole, reasons found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Material
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.relevance import Need
from rag.answering.units import Unit, sentence_ranges
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Row
from rag.filings.text import squeeze

# `12,252.20(单位:万元 币种:人民币)`, a form of the exchanges, is said as 12,252.20万元.
_UNIT_ASIDE = re.compile(
    r"(\d)\s*[（(]单位[:：]\s*([百千万亿]*(?:元|美元))\s*(?:币种[:：]\s*人民币)?\s*[）)]"
)
_CLAUSE_END = re.compile(r"[，,；;](?!\d)")
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(
    r"^(?:\d{1,2}[)）、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十]|[一二三四五六七八九十]是|[一二三四五六七八九十]、|[·●•])"
)
_CAUSE = re.compile(r"主要系|主要是|主要由于|主要因|由于|所致|原因")
_REASON_START = re.compile(r"主要(?:系|是|由于|因)|系|由于")
# A reason that is complete above a row is that of the row before.
_REASON_ENDED = re.compile(r"(?:所致|[。；;])\s*$")
_REASON_END = re.compile(r"所致|影响|增加|减少|重组")
# The most characters of a sentence that are said, by kind; longer ones are cut to their clauses.
LIMITS = {"number": 110, "compare": 150, "calc": 150, "text": 220, "why": 260, "list": 420, "yesno": 160}
LIST_CHARS = 600
# A sentence shorter than this only leads to the next.
LEAD_IN = 30


def excerpt(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The unit's sentence, or its clauses that meet the needs, as a claim quoting the whole sentence."""
    text = material.evidence[unit.evidence].passage.text
    limit = LIMITS[material.query.kind]
    start, end = unit.start, unit.end
    if end - start > limit:
        start, end = _window(text, unit, needs, limit)
    said = _tidy(text[start:end])
    return Claim(said, (Quote(unit.evidence, unit.start, unit.end),)) if said else None


def _tidy(text: str) -> str:
    """A mended sentence with one full stop at its end."""
    said = re.sub(r"\s*\n\s*", "：", text.strip()).strip("，,；;、：: ")
    said = _UNIT_ASIDE.sub(r"\1\2", said)
    said = re.sub(r"^(?:其中|同时|此外|另外)[，,]", "", said)
    if not said:
        return ""
    return said if said[-1] in "。！？!?" or said.endswith(("。”", "。」")) else said + "。"


def _window(text: str, unit: Unit, needs: Sequence[Need], limit: int) -> tuple[int, int]:
    """The run of clauses within the limit that meets the most, figures counting a little."""
    clauses = _clauses(text, unit.start, unit.end)
    worth = [_worth(text[a:b], needs) for a, b in clauses]
    best = (float("-inf"), unit.start, unit.end)
    for i in range(len(clauses)):
        for j in range(i, len(clauses)):
            length = clauses[j][1] - clauses[i][0]
            if length > limit and j > i:
                break
            best = max(best, (sum(worth[i : j + 1]) - 0.001 * length, clauses[i][0], clauses[j][1]))
    return best[1], best[2]


def _worth(clause: str, needs: Sequence[Need]) -> float:
    text = squeeze(clause).lower()
    found = sum(need.weight for need in needs if any(word in text for word in need.words))
    return found + (0.5 if _DIGIT.search(text) else 0.0)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in _CLAUSE_END.finditer(text, start, end):
        found.append((at, match.end()))
        at = match.end()
    if at < end:
        found.append((at, end))
    return found


def passage_excerpts(material: Material, unit: Unit, needs: Sequence[Need]) -> list[Claim]:
    """The best sentence with those that complete it: list items after a colon, the reason after the statement."""
    kind = material.query.kind
    if unit.kind == "row":
        return []
    text = material.evidence[unit.evidence].passage.text
    ranges = sentence_ranges(text)
    at = next((i for i, (a, b) in enumerate(ranges) if a <= unit.start < b), None)
    if at is None:
        return []
    run = [at]
    if kind == "list":
        run += _items_after(text, ranges, at)
    elif at + 1 < len(ranges) and _needs_next(text[slice(*ranges[at])], kind):
        run.append(at + 1)
    first = excerpt(material, unit, needs)
    claims = [first] if first is not None else []
    for i in run[1:]:
        said = _tidy(text[slice(*ranges[i])][: LIMITS[kind]])
        if said:
            claims.append(Claim(said, (Quote(unit.evidence, *ranges[i]),)))
    return claims


def _needs_next(sentence: str, kind: str) -> bool:
    """Whether the next sentence completes this one: a reason not yet said, or a mere lead-in."""
    return len(squeeze(sentence)) < LEAD_IN or (kind == "why" and not _CAUSE.search(sentence))


def _items_after(text: str, ranges: Sequence[tuple[int, int]], at: int) -> list[int]:
    """Following sentences that are items of the list the sentence opens."""
    found: list[int] = []
    size = ranges[at][1] - ranges[at][0]
    opens = text[ranges[at][0] : ranges[at][1]].rstrip().endswith((":", "：")) or _ITEM.match(
        text[ranges[at][0] :]
    )
    for i in range(at + 1, len(ranges)):
        piece = text[slice(*ranges[i])]
        size += len(piece)
        if size > LIST_CHARS or not (
            _ITEM.match(piece) or (opens and text[ranges[i - 1][1] - 1] in "；;：:")
        ):
            break
        found.append(i)
    return found


def row_block(material: Material, unit: Unit) -> Claim | None:
    """The reason a table gives beside a row, put together from the lines around its figures."""
    piece = material.evidence[unit.evidence]
    rows = piece.passage.rows
    row = unit.row
    if row is None:
        return None
    at = rows.index(row)
    before = rows[at - 1].end if at else 0
    after = rows[at + 1].start if at + 1 < len(rows) else len(piece.passage.text)
    reason = _reason(piece.passage.text, row, before, after)
    if not reason:
        return None
    said = f"{issuer_name(piece.filing)}{clean_label(row.label)}变动的原因：{reason}。"
    return Claim(said, (Quote(unit.evidence, before + _gap(piece.passage.text, before, row), after),))


def _gap(text: str, before: int, row: Row) -> int:
    """Where in the text before the row its own reason starts: the lines above may end another row's."""
    gap = text[before : row.start]
    starts = [m.start() for m in _REASON_START.finditer(gap)]
    ended = before > 0 and starts and _REASON_ENDED.search(gap[starts[-1] :])
    return starts[-1] if starts and not ended else len(gap)


def _reason(text: str, row: Row, before: int, after: int) -> str:
    head = squeeze(text[before + _gap(text, before, row) : row.start])
    tail = text[row.end : after]
    following = [m.start() for m in _REASON_START.finditer(tail)]
    if head and following:
        tail = tail[: following[0]]
    tail = squeeze(tail)
    ends = [m.end() for m in _REASON_END.finditer(tail)]
    reason = head + (tail[: ends[-1]] if ends else (tail if not head else tail[:30]))
    return reason if _REASON_START.match(reason) and len(reason) > 6 else ""
