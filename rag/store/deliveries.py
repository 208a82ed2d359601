"""Keys that are taken once: what is delivered twice is done once, across processes and restarts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rag.store import schema
from rag.store.book import Book

KEEP = timedelta(days=7)  # no service delivers a message again after a few hours


class Deliveries:
    """Takes keys; each is had by the first who asks."""

    def __init__(self, folder: Path) -> None:
        self._book = Book(folder, "deliveries", [schema.DELIVERIES])

    def take(self, key: str) -> bool:
        """True for the first who asks for this key, in any process; false for all others."""
        now = datetime.now(UTC)
        with self._book.writing() as database:
            if database.row("SELECT 1 FROM deliveries WHERE key = ?", [key]):
                return False
            database.run("DELETE FROM deliveries WHERE at < ?", [(now - KEEP).isoformat(timespec="seconds")])
            database.run(
                "INSERT INTO deliveries (key, at) VALUES (?, ?)", [key, now.isoformat(timespec="seconds")]
            )
            return True
