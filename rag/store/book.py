"""Tables that people write to beside the filings, made by whoever first writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag.store.catalogue import checked_database, missing
from rag.store.database import FILE, Database


class Book:
    """Opens the database for each call and holds it for no longer.

    Writing takes one short transaction and not the write lock: people can speak while filings come in.
    """

    def __init__(self, folder: Path, table: str, statements: Sequence[str]) -> None:
        """`table` is one that `statements` make where it is missing."""
        self._folder = folder
        self._table = table
        self._statements = statements

    @contextmanager
    def reading(self) -> Iterator[Database | None]:
        """The database; None in an index where nobody has written yet."""
        with self._open(writable=False) as database:
            made = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
            yield database if database.row(made, [self._table]) else None

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """The database within one transaction, on the disk when this ends; the tables are there."""
        with self._open(writable=True) as database, database.transaction(lasting=True):
            for statement in self._statements:
                database.run(statement)
            yield database

    @contextmanager
    def erasing(self) -> Iterator[Database]:
        """As `writing`; what is deleted is overwritten and leaves the log too, when no reader is in the way."""
        with self._open(writable=True) as database:
            database.run("PRAGMA secure_delete = ON")
            with database.transaction(lasting=True):
                for statement in self._statements:
                    database.run(statement)
                yield database
            database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _open(self, *, writable: bool) -> Iterator[Database]:
        if not (self._folder / FILE).is_file():
            raise missing(self._folder)
        with closing(checked_database(self._folder, writable=writable)) as database:
            yield database
