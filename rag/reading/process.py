"""A child process under limits, spoken to over pipes: what a hostile file ends is the child, never the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from rag.reading.exchange import receive, send

# One thread each: a number cruncher's thread pool counts against the child's memory.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
_OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
_MIB = 1024 * 1024


class Child:
    """A running child; it is killed when its time is over."""

    def __init__(self, command: list[str], seconds: float) -> None:
        """Use `running`."""
        self._process = subprocess.Popen(  # noqa: S603  our own module under our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._late = threading.Event()
        self._timer = threading.Timer(seconds, self._stop)
        self._timer.start()

    def order(self, message: object) -> None:
        """Sends the one order that the child takes."""
        to_child, _ = self._pipes()
        send(to_child, message)
        to_child.close()

    def answer(self) -> Any:
        """The next message from the child; EOFError where it has gone."""
        return receive(self._pipes()[1])

    def end(self) -> tuple[int, bool]:
        """The status of a child that has gone, and whether it went because its time was over."""
        status = self._process.wait()
        return status, self._late.is_set() or status == _OUT_OF_TIME

    def close(self) -> None:
        """Ends the child, whatever it does."""
        self._timer.cancel()
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes():
            with suppress(OSError):  # what a dead child did not take is of no interest
                pipe.close()

    def _stop(self) -> None:
        self._late.set()
        self._process.kill()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError
        return self._process.stdin, self._process.stdout


@contextmanager
def running(command: list[str], seconds: float) -> Iterator[Child]:
    """A child that runs for at most so many seconds and no longer than this lasts."""
    child = Child(command, seconds)
    try:
        yield child
    finally:
        child.close()


def bind(memory_mb: int, seconds: int) -> None:
    """Binds this process to limits on memory and processor time, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    most = memory_mb * _MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])  # where `rag` lies, also for a program started elsewhere
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)}
