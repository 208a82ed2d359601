"""Computes whether the answer is of the filing, the scope and the period that the question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eval.answered import Cited, Found, Reply, Said
from eval.gold import Question
from eval.measures.bearings import PERIOD, ROUTING, SCOPE
from eval.scoring.case import Case, Scores, filing_of, is_of
from eval.scoring.figures import figures_in, gold_figure, one_line, same_figure
from eval.scoring.wording import MARKER

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-/]\d|\.\d\d?\.\d|[hqf])", re.IGNORECASE)
# 24年 is a year, 30年 more often a length of time.
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)(?=年|[hq]\d|中报|年报|一季|三季)", re.IGNORECASE)
_OTHER = {"consolidated": "parent", "parent": "consolidated"}


def score(case: Case) -> Scores:
    """Routing, scope and period, each where it applies."""
    scores: Scores = {}
    question = case.question
    if question.unanswerable:
        return scores
    if question.evidence and not (case.reply is not None and case.reply.refused):
        scores[ROUTING.name] = _routed(case)
    if case.reply is None:
        scores[PERIOD.name] = 0.0
        if question.scope in _OTHER:
            scores[SCOPE.name] = 0.0
    elif case.answered is not None:
        scores[PERIOD.name] = float(_right_period(question, case.answered))
        if question.scope in _OTHER:
            scores[SCOPE.name] = float(_right_scope(question, case.answered))
    return scores


def _routed(case: Case) -> float:
    places: Sequence[Cited | Found] = case.reply.citations if case.reply is not None else case.hits or ()
    question = case.question
    if question.evidence_mode == "all":
        wanted = {filing_of(piece) for piece in question.evidence}
        found = {filing_of(piece) for piece in question.evidence for one in places if is_of(one, piece)}
        return float(found == wanted)
    return float(any(is_of(one, piece) for one in places[:1] for piece in question.evidence))


def _lead_figures(question: Question, reply: Reply) -> list[Said]:
    """The answer's figures that are gold values; without any, its first figure."""
    gold = [gold_figure(value.value, value.unit) for value in question.values]
    said = [
        one
        for one in reply.figures
        if any(same_figure(f, g) for f in figures_in(one_line(one.text)) for g in gold)
    ]
    return said or list(reply.figures[:1])


def _right_scope(question: Question, reply: Reply) -> bool:
    figures = _lead_figures(question, reply)
    scopes = {figure.scope for figure in figures if figure.scope}
    return not scopes or question.scope in scopes


def _right_period(question: Question, reply: Reply) -> bool:
    meant = _meant_years(question, reply)
    if not meant:
        return True
    quoted = {year for one in reply.citations for year in _years(one.quote)}
    sentence = MARKER.sub("", reply.answer).split("。")[0]
    if not _years(sentence) <= meant | quoted | {year - 1 for year in meant}:
        return False
    labelled = [years for figure in _lead_figures(question, reply) if (years := _years(figure.period))]
    return not labelled or any(years <= meant for years in labelled)


def _meant_years(question: Question, reply: Reply) -> set[int]:
    """The years that question and gold name; where the question names none, those of the cited filings too."""
    asked = [question.question, question.period, *(turn.question for turn in question.history)]
    gold = [question.answer, *(piece.quote for piece in question.evidence)]
    filed = [] if _all_years(asked) else [one.period for one in reply.citations]
    return _all_years([*asked, *gold, *filed])


def _all_years(texts: Iterable[str]) -> set[int]:
    return {year for text in texts for year in _years(text)}


def _years(text: str) -> set[int]:
    line = re.sub(r"\s+", "", text)
    return {int(year) for year in _YEAR.findall(line)} | {
        2000 + int(year) for year in _SHORT_YEAR.findall(line)
    }
