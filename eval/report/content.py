"""What a report tells of a run, before it is HTML or markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.faults import FAULTS, Fault
from eval.measures import MEASURES, Measure
from eval.measures.correctness import CORRECT
from eval.measures.expense import LATENCY_P50, LATENCY_P95
from eval.measures.refusals import REFUSAL_PRECISION
from eval.measures.retrieval import RECALLS
from eval.outcomes import changed_sets, outcomes_of, sets_of
from eval.report.words import MODES
from eval.results import Run
from eval.verdicts import Judged, judge, score, total_of


@dataclass(frozen=True, slots=True)
class Row:
    """A measure over the whole run and by kind; `counts` are the questions it applies to, "" for all."""

    measure: Measure
    totals: dict[str, float | None]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Content:
    """A run told: the card in words, measures by kind, classes of fault, every question judged."""

    title: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[tuple[Fault, int], ...]
    judged: tuple[Judged, ...]

    def row(self, name: str) -> Row | None:
        """The row of a measure, None where the run has no score of it."""
        return next((row for row in self.rows if row.measure.name == name), None)

    @property
    def accuracy(self) -> Row | None:
        """Correctness, or for a run that only searched the recall in the first ten."""
        return self.row(CORRECT.name) or self.row(RECALLS[2].name)

    @property
    def recall(self) -> list[tuple[int, float]]:
        """Recall in the first k hits over k, as far as the run has it."""
        found = ((int(one.name.partition("@")[2]), self.row(one.name)) for one in RECALLS)
        return [(k, row.totals[""] or 0.0) for k, row in found if row is not None]

    @property
    def latencies(self) -> list[float]:
        """Milliseconds of every question that was timed."""
        timed = (one.outcome.result.elapsed_ms for one in self.judged)
        return [float(ms) for ms in timed if ms is not None]

    @property
    def latency_signs(self) -> list[tuple[str, float]]:
        """The marks of the latency plot."""
        marks = (("p50", LATENCY_P50), ("p95", LATENCY_P95))
        return [
            (f"{name} {total_of(one, self.latencies) or 0:,.0f} 毫秒", total_of(one, self.latencies) or 0)
            for name, one in marks
        ]


def content_of(run: Run, places: Sequence[Path] = ()) -> Content:
    """What there is to tell of a run; UserError where its gold is not to be found."""
    sets = sets_of(run, places)
    judged = judge(outcomes_of(run, sets))
    kinds = tuple(dict.fromkeys(one.outcome.question.kind for one in judged))
    rows = tuple(row for row in (_row(measure, judged, kinds) for measure in MEASURES) if row.counts[""])
    counted = Counter(one.fault for one in judged if one.fault)
    faults = tuple(sorted(counted.items(), key=lambda pair: (-pair[1], list(FAULTS).index(pair[0]))))
    notes = tuple(_notes(run, changed_sets(run, sets)))
    return Content(run.card.name, tuple(_facts(run)), notes, kinds, rows, faults, judged)


def _row(measure: Measure, judged: Sequence[Judged], kinds: Sequence[str]) -> Row:
    totals: dict[str, float | None] = {}
    counts: dict[str, int] = {}
    for kind in ("", *kinds):
        chosen = (score(one, measure) for one in judged if kind in ("", one.outcome.question.kind))
        scores = [value for value in chosen if value is not None]
        totals[kind], counts[kind] = total_of(measure, scores), len(scores)
    if measure == REFUSAL_PRECISION:  # within one kind it is 0 or 1 by what the kind is
        totals |= dict.fromkeys(kinds)
    return Row(measure, totals, counts)


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    card = run.card
    llm = card.settings.get("llm", {})
    yield "开始", card.started
    yield "方式", MODES.get(card.mode, card.mode)
    yield (
        "模型",
        f"{llm.get('provider')} {llm.get('model') or ''}".strip()
        if llm.get("provider") != "none"
        else "不用大模型",
    )
    yield "版本", card.commit[:12] + ("（有未提交的改动）" if card.dirty else "")
    yield "题集", "、".join(f"{Path(one.file).stem} {one.questions} 题" for one in card.sets)
    yield "公告", "、".join(dict.fromkeys(one.file for one in card.filings))
    yield "索引", "、".join(dict.fromkeys(card.index_generation.values()))
    yield "提示词", "、".join(f"{name} {digest}" for name, digest in card.prompt_hashes.items())
    yield "随机种子", str(card.seed)


def _notes(run: Run, changed: Sequence[str]) -> Iterator[str]:
    if run.card.finished is None:
        yield "这次运行没有跑完：没有结果的题按错计。"
    if changed:
        yield f"运行之后改过的题集：{'、'.join(changed)}。对错按当时的打分，标准答案按现在的显示。"
