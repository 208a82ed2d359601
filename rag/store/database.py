"""The SQLite file: connections, transactions, and its errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import StoreError
from rag.store.rows import SQLRow

FILE = "catalogue.sqlite3"
# How long a statement waits for another process's transaction; ours last milliseconds.
BUSY_TIMEOUT_S = 10.0
# SQLite takes 32,766 parameters a statement; a thousand at a time keeps statements short.
MOST_PARAMETERS = 1000


class Database:
    """One connection, usable from any thread; readers cannot change anything through it."""

    def __init__(self, file: Path, *, writable: bool) -> None:
        self._file = file
        self._turn = threading.RLock()
        with self._in_words():
            self._connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode={'rwc' if writable else 'rw'}",
                uri=True,
                timeout=BUSY_TIMEOUT_S,
                isolation_level=None,
                check_same_thread=False,
            )
            self._prepare(writable)

    def _prepare(self, writable: bool) -> None:
        self._connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
        else:
            self._connection.execute("PRAGMA query_only = ON")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[SQLRow]:
        """All rows of one statement, as one consistent picture."""
        with self._turn, self._in_words():
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] = ()) -> SQLRow | None:
        """The first row, or nothing."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def rows_among(self, sql: str, values: Iterable[object]) -> list[SQLRow]:
        """All rows of a statement whose `{}` stands for a list of values; no values, no rows."""
        asked = list(values)
        found: list[SQLRow] = []
        for start in range(0, len(asked), MOST_PARAMETERS):
            part = asked[start : start + MOST_PARAMETERS]
            found += self.rows(sql.format(",".join("?" * len(part))), part)
        return found

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Execute one statement; returns the number of the last row put in."""
        with self._turn, self._in_words():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._turn, self._in_words():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, lasting: bool = False) -> Iterator[None]:
        """All or nothing; a `lasting` one is on the disk, with all before it, when it returns."""
        with self._turn:
            self.run(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some errors (disk full).
                if self._connection.in_transaction:
                    self._connection.rollback()
                raise

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, (sqlite3.ProgrammingError, sqlite3.IntegrityError)):
                raise  # ours to mend, not the user's
            raise StoreError(_words(self._file, error)) from error


def _words(file: Path, error: sqlite3.DatabaseError) -> str:
    code: Any = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"索引 {file.parent} 正被另一进程占用。请稍后再试。"
    if code == sqlite3.SQLITE_FULL:
        return f"磁盘已满，索引 {file.parent} 写不进去，已有的内容没有改动。请腾出空间后再试。"
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return f"索引文件 {file} 打不开或不能写入（{error}）。请检查文件夹权限和磁盘。"
    return (
        f"索引文件 {file} 已损坏（{error}）。请从备份恢复，或移走索引文件夹后重新运行 xunju ingest；"
        f"导入过的原始文件在 {file.parent / 'originals'} 中。"
    )
