"""Reading in a child process under limits: a hostile or damaged file can end the child, never the program."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from rag.errors import FilingError
from rag.reading.content import ReadFile
from rag.reading.exchange import Answer, Order
from rag.reading.pdf import Progress
from rag.reading.process import Child, running
from rag.reading.read import check_path
from rag.settings import LimitSettings, ReadingSettings


def read_guarded(
    path: Path, limits: LimitSettings, reading: ReadingSettings, progress: Progress | None = None
) -> ReadFile:
    """The pages of the file, read in a child process under the limits on memory and time.

    Raises what `read_file` raises, and FilingError where the child was stopped or died.
    """
    check_path(path)
    with running(_command(), limits.read_seconds) as child:
        try:
            return _outcome(child, Order(path, limits, reading), progress)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise FilingError(_death(*child.end(), path, limits)) from error


def _command() -> list[str]:
    return [sys.executable, "-m", "rag.reading.child"]


def _outcome(child: Child, order: Order, progress: Progress | None) -> ReadFile:
    child.order(order)
    while True:
        answer: Answer = child.answer()
        if answer.read is not None:
            return answer.read
        if answer.refusal:
            raise FilingError(answer.refusal)
        if progress is not None:
            progress(*answer.progress)


def _death(status: int, late: bool, path: Path, limits: LimitSettings) -> str:
    """Why the child ended without an answer, in words for the user."""
    if late:
        return (
            f"读 {path.name} 超过 {limits.read_seconds} 秒，已停止。"
            "请拆分文件，或调大 [limits] read_seconds。"
        )
    return (
        f"解析程序读 {path.name} 时异常退出（{status}），文件可能已损坏，或需要的内存超过 {limits.read_memory_mb} MiB。"
        "请重新导出或换一个版本再试；文件确实很大时，调大 [limits] read_memory_mb。"
    )
