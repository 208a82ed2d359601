"""`xunju eval alter`: the same questions on the filings as they are and on altered copies, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.altering import alteration_of, altered_copy
from eval.corpus import at, index_for
from eval.measures import BY_NAME
from eval.places import RESULTS
from eval.results import Result, Run
from eval.runner import Order, run
from eval.running import DEFAULT_WORKERS, Sets
from eval.scoring.score import totals
from eval.sets import Asked, own_sets
from eval.showing import figure, progress
from rag import Filing, Settings, UserError, open_assistant

Out = Annotated[Path, typer.Option("--out", metavar="目录", help="改写的公告、题目和两次运行的结果放在哪里")]
_SHOWN = ("correct", "sign", "citation_hit", "page_hit", "quotes_verbatim", "answered")


def alter(sets: Sets = None, out: Out = RESULTS / "altered", workers: int = DEFAULT_WORKERS) -> None:
    """把公告里的公司名、代码和金额换掉，用同样的题再问一遍，看成绩差多少。"""
    settings = Settings.load()
    asked, left_out = own_sets(sets or [])
    for line in left_out:
        typer.echo(line, err=True)
    change = alteration_of(filing for one in asked for filing in _filings(one, settings))
    pairs = [altered_copy(one, change, out / one.gold.name) for one in asked]
    if not any(mine.gold.questions for mine, _ in pairs):
        raise UserError("没有可以改写的题：这些题集的公告都不是文本格式。")
    before = run(_order([mine for mine, _ in pairs], settings, workers), out / "results", show=progress())
    after = run(_order([other for _, other in pairs], settings, workers), out / "results", show=progress())
    for line in side_by_side(before, after):
        typer.echo(line)


def side_by_side(before: Run, after: Run) -> list[str]:
    """The totals of two runs of the same questions, and the questions right in one of them only."""
    first, second = totals(before.results), totals(after.results)
    lines = [f"{len(before.results)} 题              原样      改写"]
    for name in (name for name in _SHOWN if name in first and name in second):
        measure = BY_NAME[name]
        lines.append(
            f"{figure(measure, first[name]):>20}  {figure(measure, second[name]):>8}  {measure.title}"
        )
    right = [_right(one.results) for one in (before, after)]
    for title, keys in (("改写后答错", right[0] - right[1]), ("改写后才答对", right[1] - right[0])):
        counts = "、".join(f"{kind} {count}" for kind, count in Counter(k for _, _, k in keys).most_common())
        lines.append(f"{title} {len(keys)} 题：{counts}" if keys else f"{title} 0 题")
        lines += [f"  {key}" for _, key, _ in sorted(keys)]
    return lines


def _right(results: Sequence[Result]) -> set[tuple[str, str, str]]:
    return {(one.set, one.id, one.kind) for one in results if one.scores.get("correct") == 1.0}


def _order(asked: Sequence[Asked], settings: Settings, workers: int) -> Order:
    return Order(tuple(asked), settings, "altered", workers=workers)


def _filings(asked: Asked, settings: Settings) -> tuple[Filing, ...]:
    assistant = open_assistant(at(settings, index_for(asked.shelf, settings, typer.echo)))
    try:
        return assistant.filings()
    finally:
        assistant.close()
