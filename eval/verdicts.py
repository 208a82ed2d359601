"""Each question of a run judged: right, wrong with its class of fault, or broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eval.faults import Fault, fault_of
from eval.measures import Measure
from eval.measures.correctness import CORRECT
from eval.measures.retrieval import RECALLS
from eval.outcomes import Outcome
from eval.scoring.score import total

Verdict = Literal["right", "wrong", "broken"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of a run, whether it came out right, and if not where it went wrong."""

    outcome: Outcome
    verdict: Verdict
    fault: Fault | None

    @property
    def key(self) -> tuple[str, str]:
        """Set and id."""
        return self.outcome.result.key


def judge(outcomes: Sequence[Outcome]) -> tuple[Judged, ...]:
    """The questions judged, in their order; of a run that only searched, by whether it found the evidence."""
    return tuple(map(_judged, outcomes))


def score(one: Judged, measure: Measure) -> float | None:
    """The score of a question; None where the measure does not apply."""
    return one.outcome.result.scores.get(measure.name)


def total_of(measure: Measure, scores: Sequence[float]) -> float | None:
    """The scores of a measure as one figure; None where there are none."""
    return total(measure, scores) if scores else None


def _judged(outcome: Outcome) -> Judged:
    if outcome.result.error is not None:
        return Judged(outcome, "broken", "error")
    right = outcome.result.scores.get(CORRECT.name)
    if right is None:
        right = outcome.result.scores.get(RECALLS[2].name, 1.0)  # top ten: as many as are shown by default
    if right is None or right >= 1:
        return Judged(outcome, "right", None)
    return Judged(outcome, "wrong", fault_of(outcome))
