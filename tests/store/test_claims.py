from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rag.store.claims import Claims
from rag.store.database import FILE
from rag.store.index import FilingIndex


@pytest.fixture
def claims(filled: FilingIndex, folder: Path) -> Claims:
    return Claims(folder)


def test_a_key_is_had_once(claims: Claims) -> None:
    assert [claims.take("Ev1"), claims.take("Ev1"), claims.take("Ev2")] == [True, False, True]


def test_a_key_stays_taken_after_a_restart(claims: Claims, folder: Path) -> None:
    claims.take("Ev1")
    assert not Claims(folder).take("Ev1")


def test_of_many_who_ask_at_once_one_has_the_key(claims: Claims, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        had = list(pool.map(lambda n: Claims(folder).take(f"Ev{n % 10}"), range(80)))
    assert sum(had) == 10


def test_old_keys_go(claims: Claims, folder: Path) -> None:
    claims.take("old")
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE claims SET at = '2020-01-01T00:00:00+00:00'")
    claims.take("new")
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT key FROM claims").fetchall() == [("new",)]
