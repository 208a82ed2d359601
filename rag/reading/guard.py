"""Reading in a child process under limits: a hostile or damaged file can end the child, never the program."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from rag.errors import FilingError
from rag.reading.content import ReadFile
from rag.reading.exchange import Answer, Order, receive, send
from rag.reading.pdf import Progress
from rag.reading.read import check_path
from rag.settings import LimitSettings, ReadingSettings

# One thread each: a number cruncher's thread pool counts against the child's memory.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}

_OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None


def read_guarded(
    path: Path, limits: LimitSettings, reading: ReadingSettings, progress: Progress | None = None
) -> ReadFile:
    """The pages of the file, read in a child process under the limits on memory and time.

    Raises what `read_file` raises, and FilingError where the child was stopped or died.
    """
    check_path(path)
    child = subprocess.Popen(  # noqa: S603  our own module under our own interpreter
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(limits.read_seconds, stop)
    timer.start()
    try:
        return _outcome(child, Order(path, limits, reading), progress)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise FilingError(_death(child.wait(), late.is_set(), path, limits)) from error
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        for pipe in _pipes(child):
            with suppress(OSError):  # what a dead child did not take is of no interest
                pipe.close()


def _command() -> list[str]:
    return [sys.executable, "-m", "rag.reading.child"]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])  # where `rag` lies, also for a program started elsewhere
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)}


def _outcome(child: subprocess.Popen[bytes], order: Order, progress: Progress | None) -> ReadFile:
    to_child, from_child = _pipes(child)
    send(to_child, order)
    to_child.close()
    while True:
        answer: Answer = receive(from_child)
        if answer.read is not None:
            return answer.read
        if answer.refusal:
            raise FilingError(answer.refusal)
        if progress is not None:
            progress(*answer.progress)


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise OSError
    return child.stdin, child.stdout


def _death(status: int, late: bool, path: Path, limits: LimitSettings) -> str:
    """Why the child ended without an answer, in words for the user."""
    if late or status == _OUT_OF_TIME:
        return (
            f"读 {path.name} 超过 {limits.read_seconds} 秒，已停止。"
            "请拆分文件，或调大 [limits] read_seconds。"
        )
    return f"解析程序读 {path.name} 时异常退出（{status}），文件可能已损坏。请重新导出或换一个版本再试。"
