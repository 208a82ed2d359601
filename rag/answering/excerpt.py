"""Sentences of a filing cut to the point: the clauses that carry what is asked, lists whole, reasons found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Material
from rag.answering.relevance import Need
from rag.answering.units import Unit, sentence_ranges
from rag.checking.claim import Claim, Quote
from rag.filings.amount import find_amounts
from rag.filings.text import squeeze

# `12,252.20(单位:万元 币种:人民币)`, a form of the exchanges, is said as 12,252.20万元.
_UNIT_ASIDE = re.compile(
    r"(\d)\s*[（(]单位[:：]\s*([百千万亿]*(?:元|美元))\s*(?:币种[:：]\s*人民币)?\s*[）)]"
)
# The reply of a table's last cell and the heading of a note run into the sentence behind them.
_LED_IN = re.compile(r"^(?:[是否无]|不适用)?(?:其他|其它|相关)?说明[:：,，]?(?=[一-鿿A-Za-z\d]{6})")
_OPTION = re.compile(r"[□☐√☑✓][^□☐√☑✓]{4,}[□☐√☑✓][^□☐√☑✓]{4,}")
_CLAUSE_END = re.compile(r"[，,；;](?!\d)")
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(
    r"^(?:\d{1,2}[)）、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十]|[一二三四五六七八九十]是|[一二三四五六七八九十]、|[·●•])"
)
_FIRST_ITEM = re.compile(r"^(?:[（(]?[1一][)）、.．]|一是|第一|[·●•])")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．])(?=\D)"
)
_CAUSE = re.compile(r"主要系|主要是|主要由于|主要因|由于|所致|原因")
# What is said of a matter's factors right before it is said to be so.
_FACTORS = re.compile(r"受[^。；;]{2,120}(?:因素|影响)|由于|(?:主要)?原因(?:是|系|为)")
# The most characters of a sentence that are said, by kind; longer ones are cut to their clauses.
LIMITS = {"number": 140, "compare": 150, "calc": 150, "text": 220, "why": 260, "list": 420, "yesno": 160}
LIST_CHARS = 600
# So much is said of what stands behind a ticked box before no second sentence is added.
BEHIND = 120
# A figure of the unit asked for is worth as much as a rare word.
EXPECTED = 3.0
# A sentence shorter than this only leads to the next.
LEAD_IN = 30
_ENDED = re.compile(r"[。；;！!：:][”’）)」』]?$")
# 董事会秘书：某某
_ENTRY = re.compile(r"(?:\d{1,2}[.、．])?[\u4e00-\u9fff]{2,12}[:：]\s*\S{2,24}")


def excerpt(material: Material, unit: Unit, needs: Sequence[Need]) -> Claim | None:
    """The unit's sentence, or its clauses that meet the needs, as a claim quoting the whole sentence."""
    text = material.evidence[unit.evidence].passage.text
    limit = LIMITS[material.query.kind]
    start, end = unit.start, unit.end
    if end - start > limit:
        start, end = _window(text, unit, needs, limit, material.query.expects)
    said = _tidy(text[start:end])
    if material.query.kind != "list":
        said = _NUMBER.sub("", said)
    return Claim(said, (Quote(unit.evidence, unit.start, unit.end),)) if said else None


def _tidy(text: str) -> str:
    """A mended sentence with one full stop at its end."""
    said = re.sub(r"\s*\n\s*", "：", text.strip()).strip("，,；;、：: ")
    said = _UNIT_ASIDE.sub(r"\1\2", said)
    said = _LED_IN.sub("", _ticked_only(said))
    said = re.sub(r"^(?:其中|同时|此外|另外)[，,]", "", said)
    if not said:
        return ""
    return said if said[-1] in "。！？!?" or said.endswith(("。”", "。」")) else said + "。"


def _ticked_only(said: str) -> str:
    """Of sentences to tick, □公司有… √公司无…, the ticked one; the text as it is where it is none such."""
    if not _OPTION.match(said):
        return said
    chosen = [option for tick, option in re.findall(r"([□☐√☑✓])([^□☐√☑✓]+)", said) if tick in "√☑✓"]
    return chosen[0].strip() if len(chosen) == 1 else said


def _window(
    text: str, unit: Unit, needs: Sequence[Need], limit: int, expects: Sequence[frozenset[str]]
) -> tuple[int, int]:
    """The run of clauses within the limit that meets the most, figures counting a little."""
    clauses = _clauses(text, unit.start, unit.end)
    worth = [_worth(text[a:b], needs) for a, b in clauses]
    worth = [w + _expected(text[a:b], expects) for w, (a, b) in zip(worth, clauses, strict=True)]
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


def _expected(clause: str, expects: Sequence[frozenset[str]]) -> float:
    """What a clause is worth for the figures asked for that it gives."""
    held = {amount.unit for amount in find_amounts(clause)}
    return EXPECTED * sum(bool(held & units) for units in expects)


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
    if unit.kind != "sentence":
        return []
    text = material.evidence[unit.evidence].passage.text
    ranges = sentence_ranges(text)
    at = next((i for i, (a, b) in enumerate(ranges) if a <= unit.start < b), None)
    if at is None:
        return []
    run = [at]
    if kind == "list" or _opens_items(text, ranges, at):
        run += _items_after(text, ranges, at)
    elif at + 1 < len(ranges) and _needs_next(text[slice(*ranges[at])], kind):
        run.append(at + 1)
    if kind == "why" and at and _FACTORS.search(text[slice(*ranges[at - 1])]):
        run.append(at - 1)
    first = excerpt(material, unit, needs)
    claims = [first] if first is not None else []
    for i in run[1:]:
        said = _tidy(text[slice(*ranges[i])][: LIMITS[kind]])
        if said:
            claims.append(Claim(said, (Quote(unit.evidence, *ranges[i]),)))
    return claims


def behind_box(material: Material, unit: Unit) -> list[Claim]:
    """The first sentences behind a ticked box, which tell of the matter."""
    text = material.evidence[unit.evidence].passage.text
    claims: list[Claim] = []
    for start, end in sentence_ranges(text):
        if start < unit.end or sum(len(claim.text) for claim in claims) > BEHIND:
            continue
        said = _tidy(text[start:end][: LIMITS["text"]])
        if len(said) > LEAD_IN // 2 and not _is_head(text[start:end]):
            claims.append(Claim(said, (Quote(unit.evidence, start, end),)))
    return claims[:2]


def _is_head(line: str) -> bool:
    """Whether a line without a sentence's end is what stands above a table: its unit, or heads without a figure."""
    return not _ENDED.search(line) and ("单位" in line or not _DIGIT.search(line))


def _opens_items(text: str, ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a sentence that is cut at a semicolon or colon goes on in numbered items: 一是……；二是……。"""
    sentence = text[ranges[at][0] : ranges[at][1]].rstrip()
    if at + 1 >= len(ranges) or _ITEM.match(sentence) or not sentence.endswith(("；", ";", "：", ":")):
        return False
    return bool(_ITEM.match(text[ranges[at + 1][0] :]))


def _needs_next(sentence: str, kind: str) -> bool:
    """Whether the next sentence completes this one: a reason not yet said, or a mere lead-in."""
    if sentence.rstrip().endswith((":", "：")):
        return True
    if _ENTRY.fullmatch(sentence.strip()):
        return False
    return len(squeeze(sentence)) < LEAD_IN or (kind == "why" and not _CAUSE.search(sentence))


def _items_after(text: str, ranges: Sequence[tuple[int, int]], at: int) -> list[int]:
    """Following sentences that are items of the list the sentence opens."""
    found: list[int] = []
    size = ranges[at][1] - ranges[at][0]
    opens = text[ranges[at][0] : ranges[at][1]].rstrip().endswith((":", "：", ";", "；")) or _ITEM.match(
        text[ranges[at][0] :]
    )
    for i in range(at + 1, len(ranges)):
        piece = text[slice(*ranges[i])]
        size += len(piece)
        if size > LIST_CHARS or not (opens or found or _FIRST_ITEM.match(piece)):
            break
        if not (_ITEM.match(piece) or text[ranges[i - 1][1] - 1] in "；;：:"):
            break
        found.append(i)
    return found
