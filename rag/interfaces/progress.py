"""Progress of long work: a bar on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Bar(Protocol):
    """Told what is at hand and how much of it is done."""

    def show(self, what: str, done: int, total: int) -> None: ...


class _Silence:
    def show(self, what: str, done: int, total: int) -> None:
        pass


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[Bar]:
    """A bar on standard error while the work goes on; nothing where standard error is no terminal."""
    if not (wanted and sys.stderr.isatty()):
        yield _Silence()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # Lines for a terminal pass above the bar; for a file they must not come near the bar's stream.
    shared = sys.stdout.isatty()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=shared) as shown:
        task = shown.add_task("", total=None)

        class _Shown:
            def show(self, what: str, done: int, total: int) -> None:
                shown.update(task, description=what, completed=done, total=total)

        yield _Shown()


@contextmanager
def growing_text() -> Iterator[Callable[[str], None]]:
    """Shows sentences on the terminal as they come, and takes them away at the end: the whole answer follows."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    shown = Text()
    with Live(shown, console=Console(), transient=True, refresh_per_second=8) as live:

        def say(sentence: str) -> None:
            shown.append(sentence)
            live.update(shown)

        yield say
