"""Where an answer went wrong: the first station on its way at which the right thing was lost."""

from __future__ import annotations

import re
from typing import Literal

from eval.answered import Cited, Found
from eval.outcomes import Outcome, cited_at, found_at, holds
from eval.scoring.case import is_of
from eval.scoring.wording import plain

Fault = Literal[
    "error", "routing", "reading", "retrieval", "check", "refusal", "scope", "calculation", "passage"
]

FAULTS: dict[Fault, str] = {
    "error": "运行：出了错，没有回答",
    "routing": "选公告：看的不是应看的公告",
    "reading": "读取：找到了那一段，但读出的数字不对",
    "retrieval": "检索：依据所在的段落没有找到",
    "check": "核对：答案没有通过核对而被去掉",
    "refusal": "拒答：该答而不答，或该拒而不拒",
    "scope": "口径：合并与母公司等弄混",
    "calculation": "计算：没有算，或算得不对",
    "passage": "取数：依据在手，取错了数、期间或句子",
}

# What the warnings of an answer say where a draft did not stand up to the check.
DROPPED = "没有通过核对"
CALCULATED = ("calc", "compare")


def fault_of(outcome: Outcome) -> Fault:
    """The class of fault of an answer that is wrong; read from the result alone, the index is not asked."""
    if outcome.result.error is not None:
        return "error"
    if outcome.question.unanswerable:
        return "refusal"
    if _elsewhere(outcome):
        return "routing"
    if outcome.reply is None or not _in_hand(outcome):
        return "reading" if _words_without_figures(outcome) else "retrieval"
    return _of_answer(outcome)


def _of_answer(outcome: Outcome) -> Fault:
    """The fault of an answer or refusal given with the evidence at hand."""
    reply = outcome.reply
    if _dropped(outcome):
        return "check"
    if reply is None or reply.refused:
        return "refusal"
    if _other_scope(outcome):
        return "scope"
    computed = any(figure.check == "computed" for figure in reply.figures)
    if outcome.question.kind == "calc" or (outcome.question.kind in CALCULATED and computed):
        return "calculation"
    return "passage"


def _elsewhere(outcome: Outcome) -> bool:
    """Whether everything cited, or if nothing is, everything found, is of other filings than the evidence."""
    reply = outcome.reply
    if reply and reply.refusal and reply.refusal.reason in ("not_found", "ambiguous"):
        return True
    seen: tuple[Cited | Found, ...] = outcome.cited or outcome.hits
    evidence = outcome.question.evidence
    return bool(seen and evidence) and not any(is_of(one, e) for e in evidence for one in seen)


def _in_hand(outcome: Outcome) -> bool:
    """Whether the evidence was cited or found; where the result has no hits, whether its page was cited."""
    question = outcome.question
    if not question.evidence:
        return True
    had = [bool(cited_at(e, outcome) or found_at(e, outcome)) for e in question.evidence]
    if not outcome.searched:
        had = [
            held or any(c.page in e.pages for c in outcome.cited)
            for held, e in zip(had, question.evidence, strict=True)
        ]
    return all(had) if question.evidence_mode == "all" else any(had)


def _words_without_figures(outcome: Outcome) -> bool:
    """Whether a hit on the gold page says the words of the gold quote and not its figures."""
    return any(
        is_of(hit, evidence) and hit.page in evidence.pages and _lacks_figures(hit.text, evidence.quote)
        for evidence in outcome.question.evidence
        for hit in outcome.hits
    )


def _lacks_figures(text: str, quote: str) -> bool:
    words = re.sub(r"[^\u4e00-\u9fff]", "", quote)
    figures = re.findall(r"\d[\d.]*\d|\d", plain(quote))
    said_figures = plain(text)
    said = len(words) >= 4 and holds(re.sub(r"[^\u4e00-\u9fff]", "", text), words)
    return said and bool(figures) and not any(figure in said_figures for figure in figures)


def _dropped(outcome: Outcome) -> bool:
    warnings = (outcome.result.answer or {}).get("warnings")
    return isinstance(warnings, list) and any(DROPPED in str(warning) for warning in warnings)


def _other_scope(outcome: Outcome) -> bool:
    """Whether the figures are all of another scope than the question asks for (consolidated if it asks none)."""
    wanted = outcome.question.scope or "consolidated"
    scopes = {figure.scope for figure in outcome.reply.figures if figure.scope} if outcome.reply else set()
    return wanted in ("consolidated", "parent") and bool(scopes) and wanted not in scopes
