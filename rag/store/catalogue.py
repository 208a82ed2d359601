"""What is stored of the filings, read from SQLite; only visible editions are ever seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.filings.passage import Fact, Heading, Passage
from rag.store import rows, schema
from rag.store.database import FILE, Database

VECTOR_TYPE = np.dtype("<f2")  # half the bytes; cosines move by less than 0.001


@dataclass(frozen=True, slots=True)
class State:
    """What an index is made with; `build` numbers its terms and vectors, `changes` each visible change."""

    index_id: str
    embedder: str
    dimension: int
    build: int
    changes: int


class Catalogue:
    """Reads filings, pages, passages, facts and vectors.

    An `edition` is one reading of a filing, a `key` one passage of one edition: both are numbers that
    are never used again, and the terms and vectors know passages by key alone.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / FILE).is_file():
            raise missing(folder)
        self._database = checked_database(folder, writable=False)
        self._filings: tuple[int, tuple[Filing, ...]] = (-1, ())

    def close(self) -> None:
        self._database.close()

    def state(self) -> State:
        return read_state(self._database)

    def made_by(self, filing_id: str) -> str | None:
        """The versions that a filing was read with; None when it is not in the index."""
        found = self._database.row(
            "SELECT made_by FROM filings WHERE id = ? AND state = 'visible'", [filing_id]
        )
        return None if found is None else str(found[0])

    def makers(self) -> list[str]:
        """Every version that some visible filing was read with, sorted."""
        found = self._database.rows("SELECT DISTINCT made_by FROM filings WHERE state = 'visible' ORDER BY 1")
        return [row[0] for row in found]

    def filings(self) -> tuple[Filing, ...]:
        """All filings in the order of their coming; read again only when the index has changed."""
        changes = self.state().changes
        if self._filings[0] != changes:
            sql = f"SELECT {rows.FILING} FROM filings WHERE state = 'visible' ORDER BY edition"
            self._filings = (changes, tuple(map(rows.filing_from, self._database.rows(sql))))
        return self._filings[1]

    def filing(self, filing_id: str) -> Filing | None:
        sql = f"SELECT {rows.FILING} FROM filings WHERE id = ? AND state = 'visible'"
        found = self._database.row(sql, [filing_id])
        return None if found is None else rows.filing_from(found)

    def editions(self, filing_ids: Iterable[str] | None = None) -> list[int]:
        """The visible editions, of all filings or of these."""
        if filing_ids is None:
            found = self._database.rows(
                "SELECT edition FROM filings WHERE state = 'visible' ORDER BY edition"
            )
        else:
            sql = "SELECT edition FROM filings WHERE id IN ({}) AND state = 'visible'"
            found = self._database.rows_among(sql, filing_ids)
        return [row[0] for row in found]

    def hidden_editions(self) -> list[int]:
        """Editions being written or going; the terms and vectors may hold rows of theirs."""
        return [row[0] for row in self._database.rows("SELECT edition FROM filings WHERE state != 'visible'")]

    def has_passages(self) -> bool:
        """Whether any visible filing has a passage, so that terms and vectors have to be there."""
        sql = "SELECT 1 FROM passages JOIN filings USING (edition) WHERE state = 'visible' LIMIT 1"
        return self._database.row(sql) is not None

    def passage_count(self) -> int:
        """How many passages the visible filings have."""
        sql = "SELECT count(*) FROM passages WHERE edition IN (SELECT edition FROM filings WHERE state = 'visible')"
        found = self._database.row(sql)
        return int(found[0]) if found else 0

    def hidden_passages(self) -> int:
        """How many passages hidden editions have."""
        sql = "SELECT count(*) FROM passages WHERE edition IN (SELECT edition FROM filings WHERE state != 'visible')"
        found = self._database.row(sql)
        return int(found[0]) if found else 0

    def original(self, filing_id: str) -> str | None:
        """Where the original bytes of a filing stand among the originals."""
        sql = "SELECT original FROM filings WHERE id = ? AND state = 'visible'"
        found = self._database.row(sql, [filing_id])
        return None if found is None else str(found[0])

    def pages(self, filing_id: str, *, boxes: bool) -> tuple[Page, ...]:
        sql = f"SELECT {_page(boxes)} FROM pages {_VISIBLE} ORDER BY position"
        return tuple(map(rows.page_from, self._database.rows(sql, [filing_id])))

    def page(self, filing_id: str, position: int, *, boxes: bool) -> Page | None:
        sql = f"SELECT {_page(boxes)} FROM pages {_VISIBLE} AND position = ?"
        found = self._database.row(sql, [filing_id, position])
        return None if found is None else rows.page_from(found)

    def outline(self, filing_id: str) -> tuple[Heading, ...]:
        sql = f"SELECT {rows.HEADING} FROM headings {_VISIBLE} ORDER BY ordinal"
        return tuple(map(rows.heading_from, self._database.rows(sql, [filing_id])))

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]:
        sql = f"SELECT {rows.PASSAGE} FROM passages {_VISIBLE} ORDER BY ordinal"
        return tuple(rows.passage_from(row, filing_id) for row in self._database.rows(sql, [filing_id]))

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages that are there, by id."""
        columns = ", ".join(f"passages.{name.strip()}" for name in rows.PASSAGE.split(","))
        sql = f"SELECT {columns}, filings.id FROM passages JOIN filings USING (edition)"
        found = self._database.rows_among(f"{sql} WHERE passages.id IN ({{}}) AND state = 'visible'", ids)
        return {row[0]: rows.passage_from(row[:-1], row[-1]) for row in found}

    def facts(
        self,
        filing_ids: Iterable[str],
        line_items: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
    ) -> tuple[Fact, ...]:
        """Facts of these filings whose line item or printed label is among those given; all when none is given."""
        wanted, values = _fact_filter(line_items, labels)
        found: list[Fact] = []
        for filing_id in dict.fromkeys(filing_ids):
            sql = f"SELECT {rows.FACT} FROM facts {_VISIBLE}{wanted} ORDER BY ordinal"
            found += [
                rows.fact_from(row, filing_id) for row in self._database.rows(sql, [filing_id, *values])
            ]
        return tuple(found)

    def ids_of_keys(self, keys: Iterable[int]) -> dict[int, str]:
        """Passage ids by key; keys of editions that are not visible are left out."""
        sql = "SELECT key, passages.id FROM passages JOIN filings USING (edition)"
        found = self._database.rows_among(f"{sql} WHERE key IN ({{}}) AND state = 'visible'", keys)
        return {row[0]: row[1] for row in found}

    def keys_of(self, edition: int) -> list[int]:
        """The keys of an edition's passages, in the order of its vectors."""
        found = self._database.rows("SELECT key FROM passages WHERE edition = ? ORDER BY key", [edition])
        return [row[0] for row in found]

    def passages_by_key(self, edition: int) -> dict[int, Passage]:
        """An edition's passages by key, in the order of its vectors."""
        sql = f"SELECT {rows.PASSAGE}, key, (SELECT id FROM filings WHERE edition = passages.edition) FROM passages"
        found = self._database.rows(f"{sql} WHERE edition = ? ORDER BY key", [edition])
        return {row[-2]: rows.passage_from(row[:-2], row[-1]) for row in found}

    def vectors(self, editions: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Keys and unit vectors of these editions, row for row."""
        dimension = self.state().dimension
        sql = (
            "SELECT (SELECT min(key) FROM passages WHERE edition = vectors.edition), matrix"
            " FROM vectors WHERE edition IN ({})"
        )
        keys, matrices = [np.empty(0, np.int64)], [np.empty((0, dimension), VECTOR_TYPE)]
        for first, packed in self._database.rows_among(sql, editions):
            if packed:
                matrix = np.frombuffer(packed, VECTOR_TYPE).reshape(-1, dimension)
                matrices.append(matrix)
                keys.append(np.arange(first, first + len(matrix)))  # an edition's keys are put in as one run
        return np.concatenate(keys), np.concatenate(matrices).astype(np.float32)

    def damage(self) -> list[str]:
        """What SQLite's own check finds wrong with the file; nothing when it is sound."""
        found = [row[0] for row in self._database.rows("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found


_VISIBLE = "WHERE edition = (SELECT edition FROM filings WHERE id = ? AND state = 'visible')"


def _page(boxes: bool) -> str:
    return rows.PAGE if boxes else rows.PAGE.replace("boxes", "NULL")


def _fact_filter(line_items: Sequence[str] | None, labels: Sequence[str] | None) -> tuple[str, list[str]]:
    if line_items is None and labels is None:
        return "", []
    items, printed = list(line_items or ()), list(labels or ())
    marks = [",".join("?" * len(values)) for values in (items, printed)]
    return f" AND (line_item IN ({marks[0]}) OR label IN ({marks[1]}))", items + printed


def read_state(database: Database) -> State:
    """What the index is made with; raises StoreError where the record is gone."""
    found = database.row("SELECT index_id, embedder, dimension, build, changes FROM state")
    if found is None:
        raise StoreError("索引缺少自身的记录，已损坏。请移走索引文件夹后重新运行 xunju ingest。")
    return State(*found)


def missing(folder: Path) -> StoreError:
    """The error for a folder without an index."""
    return StoreError(
        f"索引 {folder} 还不存在。请先运行 xunju ingest 导入公告，或用 --index 指定别处的索引。"
    )


def is_blank(folder: Path) -> bool:
    """Whether the file has no table: its creation was cut off before its only transaction."""
    with closing(Database(folder / FILE, writable=False)) as database:
        return _blank(database)


def _blank(database: Database) -> bool:
    return database.row("SELECT 1 FROM sqlite_master") is None


def checked_database(folder: Path, *, writable: bool) -> Database:
    """The index's database, open; StoreError when it is no index, or one of another schema version."""
    database = Database(folder / FILE, writable=writable)
    try:
        _check_version(database, folder)
    except StoreError:
        database.close()
        raise
    return database


def _check_version(database: Database, folder: Path) -> None:
    """Raises StoreError when the file is no index, or one of another schema version."""
    (application,), (version,) = (
        database.rows("PRAGMA application_id")[0],
        database.rows("PRAGMA user_version")[0],
    )
    if _blank(database):
        raise missing(folder)
    if application != schema.APPLICATION:
        raise StoreError(f"{folder / FILE} 不是循据的索引。请用 --index 指定索引文件夹。")
    if version != schema.VERSION:
        age = "较新" if version > schema.VERSION else "较旧"
        raise StoreError(
            f"索引 {folder} 由{age}的循据建立（格式 {version}，本版 {schema.VERSION}）。"
            "请改用建立它的版本，或换一个索引文件夹重新运行 xunju ingest。"
        )
