"""The writer's side of the catalogue: editions come in unseen, become visible at once, and go."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.filings.filing import Filing, ParsedFiling
from rag.store import rows, schema
from rag.store.catalogue import VECTOR_TYPE, State, checked_database, read_state
from rag.store.database import FILE, Database


@dataclass(frozen=True, slots=True)
class Remains:
    """A hidden edition and what has to be deleted with it; `original` is empty while others use the file."""

    edition: int
    keys: list[int]
    original: str


class Editions:
    """Changes the catalogue; only the holder of the write lock may have one."""

    def __init__(self, folder: Path) -> None:
        self._database = checked_database(folder, writable=True)

    def close(self) -> None:
        self._database.close()

    def state(self) -> State:
        return read_state(self._database)

    def write(self, parsed: ParsedFiling, vectors: NDArray[np.float32], original: str, made_by: str) -> int:
        """Put in a new edition that nobody sees yet; returns its number."""
        with self._database.transaction():
            edition = self._put_filing(parsed.filing, original, made_by)
            self._put_all(
                "pages",
                "position, label, origin, width, height, text, boxes",
                edition,
                map(rows.page_row, parsed.pages),
            )
            self._put_all(
                "headings",
                f"ordinal, {rows.HEADING}",
                edition,
                _numbered(map(rows.heading_row, parsed.outline)),
            )
            self._put_passages(edition, parsed)
            self._put_all(
                "facts", f"ordinal, {rows.FACT}", edition, _numbered(map(rows.fact_row, parsed.facts))
            )
            self._database.run(
                "INSERT INTO vectors VALUES (?, ?)", [edition, vectors.astype(VECTOR_TYPE).tobytes()]
            )
        return edition

    def publish(self, edition: int) -> None:
        """Make an edition visible, in place of the one there was, in one lasting transaction."""
        with self._database.transaction(lasting=True):
            self._database.run(
                "UPDATE filings SET state = 'removed' WHERE state = 'visible'"
                " AND id = (SELECT id FROM filings WHERE edition = ?)",
                [edition],
            )
            self._database.run("UPDATE filings SET state = 'visible' WHERE edition = ?", [edition])
            self._count_change()

    def hide(self, filing_id: str) -> None:
        """Make a filing invisible in one lasting transaction."""
        with self._database.transaction(lasting=True):
            self._database.run(
                "UPDATE filings SET state = 'removed' WHERE id = ? AND state = 'visible'", [filing_id]
            )
            self._count_change()

    def remains(self) -> list[Remains]:
        """Every hidden edition: what was cut off, replaced or removed."""
        hidden = self._database.rows("SELECT edition, original FROM filings WHERE state != 'visible'")
        return [
            Remains(edition, self._keys(edition), self._unshared(original)) for edition, original in hidden
        ]

    def forget(self, edition: int) -> None:
        """Delete an edition's rows; its terms and vectors have to be gone before.

        Counts as a change: a reader that opened in between still has the edition's terms and vectors,
        and they would take the places of others among its hits.
        """
        with self._database.transaction():
            self._database.run("DELETE FROM filings WHERE edition = ? AND state != 'visible'", [edition])
            self._count_change()

    def swap_build(self, state: State, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        """Switch to rebuilt terms and vectors in one lasting transaction; `vectors` are new ones by edition."""
        with self._database.transaction(lasting=True):
            self._database.run_many(
                "UPDATE vectors SET matrix = ? WHERE edition = ?",
                ((matrix.astype(VECTOR_TYPE).tobytes(), edition) for edition, matrix in vectors.items()),
            )
            self._database.run(
                "UPDATE state SET embedder = ?, dimension = ?, build = ?",
                [state.embedder, state.dimension, state.build],
            )
            self._count_change()

    def _keys(self, edition: int) -> list[int]:
        return [
            row[0] for row in self._database.rows("SELECT key FROM passages WHERE edition = ?", [edition])
        ]

    def _unshared(self, original: str) -> str:
        used = self._database.row(
            "SELECT 1 FROM filings WHERE original = ? AND state = 'visible'", [original]
        )
        return "" if used else original

    def _put_filing(self, filing: Filing, original: str, made_by: str) -> int:
        values = [*rows.filing_row(filing), "writing", made_by, original]
        return self._database.run(
            f"INSERT INTO filings ({rows.FILING}, state, made_by, original) VALUES ({_marks(len(values))})",
            values,
        )

    def _put_passages(self, edition: int, parsed: ParsedFiling) -> None:
        last = self._database.row("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        first = (last[0] if last else 0) + 1
        keyed = ((first + i, *rows.passage_row(passage)) for i, passage in enumerate(parsed.passages))
        self._put_all("passages", f"key, {rows.PASSAGE}", edition, keyed)

    def _put_all(self, table: str, columns: str, edition: int, values: Iterable[rows.SQLRow]) -> None:
        marks = _marks(columns.count(",") + 1)
        self._database.run_many(
            f"INSERT INTO {table} ({columns}, edition) VALUES ({marks}, {edition:d})", values
        )

    def _count_change(self) -> None:
        self._database.run("UPDATE state SET changes = changes + 1")


def create(folder: Path, embedder: str, dimension: int) -> None:
    """Make an empty catalogue in one transaction; nothing happens where one is already."""
    database = Database(folder / FILE, writable=True)
    try:
        with database.transaction(lasting=True):
            if database.row("SELECT 1 FROM sqlite_master"):
                return
            for statement in schema.TABLES.split(";\n"):
                database.run(statement)
            database.run(f"PRAGMA application_id = {schema.APPLICATION}")
            database.run(f"PRAGMA user_version = {schema.VERSION}")
            database.run(
                "INSERT INTO state VALUES (1, ?, ?, ?, 1, 0)", [uuid.uuid4().hex[:12], embedder, dimension]
            )
    finally:
        database.close()


def _numbered(values: Iterable[rows.SQLRow]) -> Iterator[rows.SQLRow]:
    return ((number, *row) for number, row in enumerate(values))


def _marks(count: int) -> str:
    return ", ".join("?" * count)
