"""Computes whether the system refuses what it must refuse, and for the right reason."""

from __future__ import annotations

from eval.answered import Reply
from eval.gold import Question
from eval.measures.refusals import ANSWERED, REFUSAL_PRECISION, REFUSAL_REASON, REFUSAL_RECALL
from eval.scoring.case import Case, Scores
from eval.scoring.wording import plain

# An answer that puts a wrong premise right says so in one of these ways.
_CORRECTIONS = ("前提有误", "前提不", "不符", "并非", "并未", "有误", "实际上", "而非", "不一致")
_PREMISE = "unsupported_premise"


def corrects(question: Question, reply: Reply) -> bool:
    """Whether the answer puts the question's wrong premise right, where that counts as much as a refusal."""
    said = plain(reply.answer)
    return question.accept == "correct_or_refuse" and any(word in said for word in _CORRECTIONS)


def score(case: Case) -> Scores:
    """Answered, and precision, recall and reason of refusals, each where it applies."""
    question, reply = case.question, case.reply
    refused = reply is not None and reply.refused
    scores: Scores = {}
    if not question.unanswerable:
        scores[ANSWERED.name] = float(case.answered is not None)
    if refused:
        scores[REFUSAL_PRECISION.name] = float(question.unanswerable)
    if question.unanswerable:
        done = reply is not None and (refused or corrects(question, reply))
        scores[REFUSAL_RECALL.name] = float(done)
        if question.reason is not None:
            scores[REFUSAL_REASON.name] = float(
                reply is not None and _reason(question, reply) == question.reason
            )
    return scores


def _reason(question: Question, reply: Reply) -> str:
    if reply.refusal is not None:
        return reply.refusal.reason
    return _PREMISE if corrects(question, reply) else ""
