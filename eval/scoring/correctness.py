"""Computes whether an answer says what the gold answer says."""

from __future__ import annotations

from eval.gold import Question
from eval.measures.correctness import CAPS, CORRECT, SIGN
from eval.scoring.case import Case, Scores
from eval.scoring.figures import gold_figure, holds_value, one_line, reads_as_loss
from eval.scoring.refusals import corrects
from eval.scoring.wording import plain


def score(case: Case) -> Scores:
    """1 for a right answer or a refusal where there is none to give, else 0; and whether losses read as such."""
    return {CORRECT.name: float(_is_right(case)), **_signs(case)}


def _is_right(case: Case) -> bool:
    question, reply = case.question, case.reply
    if reply is None:
        return False
    if question.unanswerable:
        return reply.refused or corrects(question, reply)
    return not reply.refused and says_gold(question, reply.answer)


def _signs(case: Case) -> Scores:
    """1 where every gold loss whose size is said reads as a loss; nothing where none is said."""
    if case.answered is None or case.question.unanswerable:
        return {}
    line = one_line(case.answered.answer)
    losses = [g for v in case.question.values if (g := gold_figure(v.value, v.unit)).negative]
    read = [told for gold in losses if (told := reads_as_loss(line, gold)) is not None]
    return {SIGN.name: float(all(read))} if read else {}


def says_gold(question: Question, answer: str) -> bool:
    """Whether the beginning of an answer has every value and a word of each group."""
    cap = CAPS.get(question.kind)
    figures, words = one_line(answer)[:cap], plain(answer)[:cap]
    if not all(holds_value(figures, value.value, value.unit) for value in question.values):
        return False
    return all(any(plain(word) in words for word in group) for group in question.must_include)
