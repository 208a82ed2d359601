"""Two runs side by side: what became better, what worse, how surely, and which questions turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.faults import Fault
from eval.gold import GoldSet
from eval.measures import MEASURES, Measure
from eval.outcomes import changed_sets, outcomes_of, sets_of
from eval.paired import SEED, Paired, paired
from eval.results import Run
from eval.verdicts import Judged, judge, score, total_of


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure over the questions of one kind ("" for all).

    `base` and `other` are the measure's totals; `paired` is None for measures whose total is no mean.
    """

    measure: Measure
    kind: str
    base: float | None
    other: float | None
    paired: Paired | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A question that one run has right and the other not; `fault` is that of the one that is wrong."""

    base: Judged
    other: Judged

    @property
    def is_gain(self) -> bool:
        """Whether the other run has it right."""
        return self.other.verdict == "right"

    @property
    def fault(self) -> Fault | None:
        """Where the run that is wrong lost it."""
        return self.base.fault if self.is_gain else self.other.fault


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another run against a base; `notes` are Chinese sentences on what limits the comparison."""

    base: Run
    other: Run
    measures: tuple[Compared, ...]
    turned: tuple[Turned, ...]
    notes: tuple[str, ...] = ()


def compare_runs(
    runs: Sequence[Run], places: Sequence[Path] = (), seed: int = SEED
) -> tuple[Comparison, ...]:
    """Every further run against the first, on the gold as it is now; UserError where a gold set is gone."""
    base, *others = runs
    return tuple(compare(base, other, places, seed) for other in others)


def compare(base: Run, other: Run, places: Sequence[Path] = (), seed: int = SEED) -> Comparison:
    """One run against another, on the questions that both were asked."""
    sets = sets_of(base, places)
    shared = {used.sha256 for used in base.card.sets} & {used.sha256 for used in other.card.sets}
    named = {gold.name for gold in sets} & {gold.name for gold in sets_of(other, places)}
    asked = [gold for gold in sets if gold.name in named]
    first, second = judge(outcomes_of(base, asked)), judge(outcomes_of(other, asked))
    pairs = list(zip(first, second, strict=True))
    measures = _measures(pairs, seed)
    turned = tuple(Turned(a, b) for a, b in pairs if (a.verdict == "right") != (b.verdict == "right"))
    if base.card.mode != other.card.mode:  # right means another thing in each
        measures = [row for row in measures if row.base is not None and row.other is not None]
        turned = ()
    notes = tuple(_notes(base, other, sets, asked, len(shared)))
    return Comparison(base, other, tuple(measures), turned, notes)


def _measures(pairs: Sequence[tuple[Judged, Judged]], seed: int) -> list[Compared]:
    kinds = ["", *dict.fromkeys(a.outcome.question.kind for a, _ in pairs)]
    rows = [_compared(measure, kind, pairs, seed) for measure in MEASURES for kind in kinds]
    return [row for row in rows if row.base is not None or row.other is not None]


def _compared(measure: Measure, kind: str, pairs: Sequence[tuple[Judged, Judged]], seed: int) -> Compared:
    scored = [
        (score(a, measure), score(b, measure)) for a, b in pairs if kind in ("", a.outcome.question.kind)
    ]
    base = total_of(measure, [a for a, _ in scored if a is not None])
    other = total_of(measure, [b for _, b in scored if b is not None])
    found = None
    if measure.total == "mean":
        found = paired(
            [a for a, _ in scored],
            [b for _, b in scored],
            lower_is_better=measure.direction == "down",
            seed=seed,
        )
    return Compared(measure, kind, base, other, found)


def _notes(
    base: Run, other: Run, sets: Sequence[GoldSet], asked: Sequence[GoldSet], shared: int
) -> list[str]:
    notes = []
    if len(asked) < max(len(base.card.sets), len(other.card.sets)):
        notes.append(f"两次运行的题集不同，只比较共有的 {len(asked)} 个。")
    if shared < len(asked):
        notes.append("两次运行所用的题集内容不同：有题改过。")
    for run in (base, other):
        if changed := changed_sets(run, sets):
            notes.append(f"{run.folder.name} 运行之后题集改过：{'、'.join(changed)}。对错按当时的打分。")
        if run.card.finished is None:
            notes.append(f"{run.folder.name} 没有跑完，没有结果的题按错计。")
    if base.card.mode != other.card.mode:
        notes.append("两次运行的方式不同（全程、只检索），只比较共有的指标，不比较对错。")
    return notes
