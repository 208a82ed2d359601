"""Answers to questions for yes or no: ticked and empty boxes in words, and what a sentence confirms or denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.phrase import issuer_name
from rag.answering.ranking import Scored
from rag.answering.relevance import Need
from rag.answering.units import Unit
from rag.answering.word_features import ASKS_FINISHED, ASKS_IN_STEP, OPEN_STILL
from rag.filings.fiscal import in_chinese
from rag.filings.text import squeeze
from rag.filings.tick_box import BOX, BOX_SIGNS, drawn, ticked_answer
from rag.retrieval.evidence import Evidence

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+节|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)][.．、]?|\d+[.、．])\s*"
)
_RUNS_ON = re.compile(r"[及和与或的、]")
_BOXES = re.compile(rf"{BOX}|[{BOX_SIGNS}]")
# How far down a plain sentence is looked for, and the share of the box's score that it needs.
LOOKED_AT, NEARLY = 6, 0.7
_UP = re.compile(r"涨|上升|增长|增加|提高|提升|变多|扩大")
_DOWN = re.compile(r"跌|下降|下滑|减少|降低|回落|变少|降了|收窄")
_DENIAL = re.compile(
    r"(?<!从)未(?!来|分配|确认|实现)|没有|无(?!形|线|锡|人|法)|不(?:存在|适用|涉及|进行|派发|分配|属于|再|具备)"
)
_ASKS_EXISTENCE = re.compile(r"有没有|有无|有[^，,。]{0,20}[吗么没]|了[吗没]|没[?？]?$")
_ASKING = re.compile(r"有没有|是不是|有无|没[有]?[?？]?$")
# 人均回款 is not 回款.
_NARROWED = re.compile(r"人均|户均|平均|单季|季度")
_SUPPOSED = re.compile(r"应当|如果|若|可以|原则上|可能|虽然|未能")
_ASKS_DONE = re.compile(r"了[吗没]|是不是都|已经?|完成")
_DONE = re.compile(r"已(?!有)|完成|全部")
_NOT_DONE = re.compile(r"尚|未|正在|部分|将|计划|推进")
# 优先股股东总数(户)0: a count of nought denies that there is any.
_NOUGHT = re.compile(r"(?<![\d.,])0(?:\.0+)?(?:股|户|家|人|万?元|项|起|笔|件)?$")
_BEHIND = re.compile(r"滞后|落后|未达|低于(?:目标|计划|预期)")
_REPLY = re.compile(r"\s*([是否])$")
_SAYS = {
    "不适用": "没有（报告中该项勾选为“不适用”）",
    "适用": "有（报告中该项勾选为“适用”）",
    "否": "否",
    "无": "没有",
    "有": "有",
    "是": "是",
}


def box_sentence(piece: Evidence, unit: Unit) -> str:
    """What a ticked box says, with the heading it answers and both boxes as printed."""
    text = piece.passage.text[unit.start : unit.end]
    ticked = ticked_answer(text)
    replied = _REPLY.search(text) if not ticked else None
    heading = bare_heading(piece, unit)
    when = in_chinese(piece.filing.period) if piece.filing.period else ""
    chosen = ticked or (replied[1] if replied else "")
    verdict = _SAYS[chosen] if chosen else "未勾选"
    boxes = " ".join(drawn(squeeze(m.group())) for m in _BOXES.finditer(text) if m.group().strip())
    boxes = boxes or (replied[1] if replied else "")
    return f"{verdict}：{issuer_name(piece.filing)}{when}报告“{heading}”一项为“{boxes}”。"


def bare_heading(piece: Evidence, unit: Unit) -> str:
    """The heading of a box without its numbering; one that runs over two lines is put together."""
    text = squeeze(_REPLY.sub("", _BOXES.sub("", piece.passage.text[unit.start : unit.end])))
    heading = _NUMBERING.sub("", text).strip(":：")
    if piece.passage.section and (not heading or _RUNS_ON.match(heading)):
        heading = _NUMBERING.sub("", squeeze(piece.passage.section[-1])) + heading
    return heading


def plain_first(ranked: list[Scored], question: str, needs: Sequence[Need]) -> list[Scored]:
    """The ranking with a sentence that plainly answers before a box that only ticks its heading."""
    if not ranked or ranked[0].unit.kind != "box":
        return ranked
    for scored in ranked[1:LOOKED_AT]:
        near = scored.unit.kind == "sentence" and scored.score >= NEARLY * ranked[0].score
        if near and verdict(question, scored.unit.text, needs):
            return [scored, *(other for other in ranked if other is not scored)]
    return ranked


def affirms(text: str) -> bool:
    """Whether a box with its heading is ticked for yes, so that what stands behind it tells of the matter."""
    replied = _REPLY.search(text)
    return (ticked_answer(text) or (replied[1] if replied else "")) in ("适用", "是", "有")


def verdict(question: str, sentence: str, needs: Sequence[Need]) -> str:
    """是, 否 or 没有 where a sentence plainly confirms or denies what is asked; "" where it leaves that open.

    Only the clauses that speak of the rarest thing asked about count, and only one way round.
    """
    exists = bool(_ASKS_EXISTENCE.search(question))
    if _is_still_open(question, sentence):
        return "否"
    clauses, question = _clauses_of(sentence, needs), _ASKING.sub("", question)
    if not clauses or (_NARROWED.search(clauses) and not _NARROWED.search(question)):
        return ""
    asked_up, asked_down = bool(_UP.search(question)), bool(_DOWN.search(question))
    if asked_up != asked_down:
        up, down = bool(_UP.search(clauses)), bool(_DOWN.search(clauses))
        return "" if up == down else "是" if up == asked_up else "否"
    if _DENIAL.search(question) or _SUPPOSED.search(sentence):
        return ""
    if _is_denied(clauses, needs) or (exists and _NOUGHT.search(clauses)):
        return "没有" if exists else "否"
    done = _ASKS_DONE.search(question) and _DONE.search(clauses) and not _NOT_DONE.search(clauses)
    return "是" if done else ""


def _is_still_open(question: str, sentence: str) -> bool:
    """Whether a thing asked about as finished, or as in step with its plan, is said to be under way or behind."""
    if ASKS_IN_STEP.search(question):
        return bool(_BEHIND.search(sentence))
    return bool(ASKS_FINISHED.search(question) and OPEN_STILL.search(sentence))


def _is_denied(clauses: str, needs: Sequence[Need]) -> bool:
    """Whether a word of denial stands close before a thing asked about, or right behind it."""
    words = "|".join(re.escape(word) for need in needs for word in (*need.words, *need.said))
    denial = f"(?:{_DENIAL.pattern})"
    before, behind = rf"{denial}[^，]{{0,14}}?(?:{words})", rf"(?:{words})[^，]{{0,6}}?{denial}"
    return bool(re.search(f"{before}|{behind}", clauses))


def _clauses_of(sentence: str, needs: Sequence[Need]) -> str:
    """The clauses of a sentence that say the rarest of the needs that it says."""
    text = squeeze(sentence).lower()
    said = [need for need in needs if any(word in text for word in (*need.words, *need.said))]
    if not said:
        return ""
    rarest = max(said, key=lambda need: need.weight)
    clauses = re.split(r"[，,；;。]", text)
    return "，".join(c for c in clauses if any(word in c for word in (*rarest.words, *rarest.said)))
