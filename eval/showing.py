"""What the commands of the harness show on a terminal: progress, and tables of totals."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

import typer

from eval.measures import BY_NAME, Measure

_EVERY_S = 10  # between lines of progress where there is no terminal


def progress() -> Callable[[str, int, int], None]:
    """Shows how far a run is, on standard error: one line growing on a terminal, now and then a line elsewhere."""
    last = 0.0

    def show(what: str, done: int, total: int) -> None:
        nonlocal last
        text = f"{what} {done}/{total}" if total else what
        if sys.stderr.isatty():
            typer.echo(f"\r{text}\033[K" + ("\n" if not total or done == total else ""), err=True, nl=False)
        elif not total or done == total or time.monotonic() - last > _EVERY_S:
            typer.echo(text, err=True)
            last = time.monotonic()

    return show


def lines_of(scores: Mapping[str, float]) -> list[str]:
    """Totals as lines for people: title, figure, name."""
    return [
        f"{figure(BY_NAME[name], value):>12}  {BY_NAME[name].title}（{name}）"
        for name, value in scores.items()
    ]


def figure(measure: Measure, value: float) -> str:
    """A total as people read it: a share in percent, the others with their unit."""
    if measure.high == 1.0:
        return f"{value * 100:.1f}%"
    return f"{value:,.2f} {measure.unit}" if measure.unit == "元" else f"{value:,.0f} {measure.unit}"
