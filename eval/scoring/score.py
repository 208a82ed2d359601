"""All scores of one question, and the totals of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import quantiles

from eval.answered import hits_of, reply_of
from eval.gold import Question
from eval.measures import MEASURES, Measure
from eval.results import Result
from eval.scoring import bearings, citations, correctness, expense, refusals, retrieval
from eval.scoring.case import Case, Pages, Scores

_ANSWERING = (correctness, citations, refusals, bearings)


def scores_of(
    question: Question, result: Result, pages: Pages, *, mode: str, prices: tuple[float, float] | None = None
) -> Scores:
    """The scores of a result by measure; measures that do not apply are left out.

    Retrieval-only runs have no scores of answers, and a question without a result scores zero.
    """
    reply = reply_of(result.answer) if result.answer is not None else None
    hits = hits_of(result.hits) if result.hits is not None else None
    case = Case(question, reply, hits, pages, result.elapsed_ms, prices)
    scores: Scores = {}
    if mode != "retrieval":
        for family in _ANSWERING:
            scores |= family.score(case)
    elif not question.unanswerable and question.evidence:
        scores |= {name: value for name, value in bearings.score(case).items() if name == "routing"}
    return scores | retrieval.score(case) | expense.score(case)


def totals(results: Iterable[Result]) -> dict[str, float]:
    """Each measure over the results it applies to, in the order of reports."""
    done = list(results)
    found = {}
    for measure in MEASURES:
        values = [v for r in done if (v := r.scores.get(measure.name)) is not None]
        if values:
            found[measure.name] = round(total(measure, values), 6)
    return found


def total(measure: Measure, values: Sequence[float]) -> float:
    """One figure from the scores of several questions (at least one)."""
    if measure.total == "sum":
        return sum(values)
    if measure.total == "mean":
        return sum(values) / len(values)
    return percentile(values, 50 if measure.total == "p50" else 95)


def percentile(values: Sequence[float], percent: int) -> float:
    """The percentile by linear interpolation between the two nearest values."""
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def all_totals(results: Sequence[Result], reasons: dict[tuple[str, str], str]) -> dict[str, object]:
    """The content of scores.json: totals over all, by set, by kind, and of refusals by reason.

    `reasons` gives the gold reason by set and id.
    """
    return {
        "questions": len(results),
        "errors": sum(result.error is not None for result in results),
        "all": totals(results),
        "by_set": {
            name: totals(r for r in results if r.set == name) for name in _in_order(r.set for r in results)
        },
        "by_kind": {
            kind: {
                "questions": sum(r.kind == kind for r in results),
                **totals(r for r in results if r.kind == kind),
            }
            for kind in _in_order(r.kind for r in results)
        },
        "by_reason": {
            reason: {
                name: value
                for name, value in totals(r for r in results if reasons.get(r.key) == reason).items()
                if name.startswith("refusal")
            }
            for reason in _in_order(reasons.values())
        },
    }


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
