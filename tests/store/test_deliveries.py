from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rag.store.database import FILE
from rag.store.deliveries import Deliveries
from rag.store.index import FilingIndex


@pytest.fixture
def deliveries(filled: FilingIndex, folder: Path) -> Deliveries:
    return Deliveries(folder)


def test_a_key_is_had_once(deliveries: Deliveries) -> None:
    assert [deliveries.take("Ev1"), deliveries.take("Ev1"), deliveries.take("Ev2")] == [True, False, True]


def test_a_key_stays_taken_after_a_restart(deliveries: Deliveries, folder: Path) -> None:
    deliveries.take("Ev1")
    assert not Deliveries(folder).take("Ev1")


def test_of_many_who_ask_at_once_one_has_the_key(deliveries: Deliveries, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        had = list(pool.map(lambda n: Deliveries(folder).take(f"Ev{n % 10}"), range(80)))
    assert sum(had) == 10


def test_old_keys_go(deliveries: Deliveries, folder: Path) -> None:
    deliveries.take("old")
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE deliveries SET at = '2020-01-01T00:00:00+00:00'")
    deliveries.take("new")
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT key FROM deliveries").fetchall() == [("new",)]
