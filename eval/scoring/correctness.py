"""Computes whether an answer says what the gold answer says."""

from __future__ import annotations

from eval.gold import Question
from eval.measures.correctness import CAPS, CORRECT
from eval.scoring.case import Case, Scores
from eval.scoring.figures import holds_value, one_line
from eval.scoring.refusals import corrects
from eval.scoring.wording import plain


def score(case: Case) -> Scores:
    """1 for a right answer or a refusal where there is none to give, else 0."""
    return {CORRECT.name: float(_is_right(case))}


def _is_right(case: Case) -> bool:
    question, reply = case.question, case.reply
    if reply is None:
        return False
    if question.unanswerable:
        return reply.refused or corrects(question, reply)
    return not reply.refused and says_gold(question, reply.answer)


def says_gold(question: Question, answer: str) -> bool:
    """Whether the beginning of an answer has every value and a word of each group."""
    cap = CAPS.get(question.kind)
    figures, words = one_line(answer)[:cap], plain(answer)[:cap]
    if not all(holds_value(figures, value.value, value.unit) for value in question.values):
        return False
    return all(any(plain(word) in words for word in group) for group in question.must_include)
