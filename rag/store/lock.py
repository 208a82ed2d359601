"""One writer at a time: the lock that a second writer is refused by, in words."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rag.errors import StoreError

LOCK_FILE = "write.lock"


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold the write lock of an index folder; raises StoreError naming the process that holds it.

    The kernel drops the lock when its process dies, however it dies: a file that is merely left
    behind locks nobody out.  Its content serves the message only.
    """
    try:
        file = (folder / LOCK_FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"索引文件夹 {folder} 不能写入（{error.strerror}）。请检查其权限，或用 --index 换一个位置。"
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise StoreError(_held(folder, file.read())) from error
        _write(file.fileno(), f"{os.getpid()} {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}")
        try:
            yield
        finally:
            _write(file.fileno(), "")


def _write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _held(folder: Path, holder: str) -> str:
    pid, _, since = holder.partition(" ")
    who = f"进程 {pid}（始于 {since}）" if since else "另一进程"
    return f"索引 {folder} 正由{who}写入，本次什么也没有改动。请等它结束后再试；查询不受影响。"
