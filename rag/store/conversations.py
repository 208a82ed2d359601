"""What was asked and answered, by conversation, kept beside the filings for a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rag.errors import UserError
from rag.store import schema
from rag.store.book import Book
from rag.store.database import Database

TITLE_CHARS = 60  # one line of a list
_CARD = (
    "id, owner, title, started, last, (SELECT count(*) FROM turns WHERE conversation = conversations.id)"
    " FROM conversations"
)
# Seconds are too coarse to order by; turns are numbered as they come.
_NEWEST_FIRST = "ORDER BY (SELECT max(id) FROM turns WHERE conversation = conversations.id) DESC"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The card of a conversation; `title` is its first question, cut to one line, times are UTC in ISO 8601.

    `owner` names the face and whom it belongs to (`slack:…`, `terminal:…`); only they are shown it.
    """

    id: str
    owner: str
    title: str
    started: str
    last: str
    turn_count: int


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and the JSON of its answer, as it was shown."""

    id: int
    conversation_id: str
    at: str
    question: str
    answer: str


class ConversationBook:
    """Adds, reads and forgets conversations of one index; those older than `keep_days` go by themselves."""

    def __init__(self, folder: Path, keep_days: int) -> None:
        self._book = Book(folder, "conversations", schema.CONVERSATIONS)
        self._keep = timedelta(days=keep_days)

    def add(self, owner: str, question: str, answer: str, conversation_id: str = "") -> StoredTurn:
        """The turn as stored, in a new conversation where none is named; UserError for one that is not theirs."""
        now = datetime.now(UTC)
        at = now.isoformat(timespec="seconds")
        with self._book.writing() as database:
            conversation = conversation_id or _begun(database, owner, question, at)
            _require(database, conversation, owner)
            database.run("UPDATE conversations SET last = ? WHERE id = ?", [at, conversation])
            number = database.run(
                "INSERT INTO turns (conversation, at, question, answer) VALUES (?, ?, ?, ?)",
                [conversation, at, question, answer],
            )
        self._drop_old(now)
        return StoredTurn(number, conversation, at, question, answer)

    def conversations(self, owner: str | None) -> tuple[Conversation, ...]:
        """An owner's conversations, the one spoken in last first; everybody's where no owner is given."""
        return self._cards({"owner": owner} if owner is not None else {})

    def conversation(self, conversation_id: str, owner: str | None) -> Conversation:
        """One conversation; UserError where there is none of this id, or it is another's."""
        found = self._cards({"id": conversation_id} | ({"owner": owner} if owner is not None else {}))
        if not found:
            raise unknown_conversation()
        return found[0]

    def turns(self, conversation_id: str, owner: str | None) -> tuple[StoredTurn, ...]:
        """A conversation's turns in the order of their coming; UserError as for `conversation`."""
        self.conversation(conversation_id, owner)
        with self._book.reading() as database:
            sql = (
                "SELECT id, conversation, at, question, answer FROM turns WHERE conversation = ? ORDER BY id"
            )
            rows = database.rows(sql, [conversation_id]) if database else []
        return tuple(StoredTurn(*row) for row in rows)

    def turn(self, number: int, owner: str | None) -> StoredTurn:
        """One turn by its number; UserError where there is none, or it is another's."""
        sql = "SELECT id, conversation, at, question, answer FROM turns WHERE id = ?"
        with self._book.reading() as database:
            row = database.row(sql, [number]) if database else None
        if row is None:
            raise unknown_conversation()
        self.conversation(row[1], owner)
        return StoredTurn(*row)

    def forget(self, conversation_id: str, owner: str | None) -> None:
        """Deletes a conversation, its text overwritten in the file; UserError as for `conversation`."""
        self.conversation(conversation_id, owner)
        with self._book.erasing() as database:
            database.run("DELETE FROM conversations WHERE id = ?", [conversation_id])

    def forget_all(self, owner: str) -> int:
        """Deletes all conversations of an owner; how many there were."""
        mine = self.conversations(owner)
        if mine:
            with self._book.erasing() as database:
                database.run("DELETE FROM conversations WHERE owner = ?", [owner])
        return len(mine)

    def _cards(self, wanted: dict[str, str]) -> tuple[Conversation, ...]:
        """The cards of the conversations that are kept and have these values."""
        where = " AND ".join(["last >= ?", *(f"{column} = ?" for column in wanted)])
        with self._book.reading() as database:
            if database is None:
                return ()
            parameters = [self._oldest(datetime.now(UTC)), *wanted.values()]
            rows = database.rows(f"SELECT {_CARD} WHERE {where} {_NEWEST_FIRST}", parameters)
            return tuple(Conversation(*row) for row in rows)

    def _drop_old(self, now: datetime) -> None:
        oldest = self._oldest(now)
        with self._book.reading() as database:
            if database is None or not database.row("SELECT 1 FROM conversations WHERE last < ?", [oldest]):
                return
        with self._book.erasing() as writable:
            writable.run("DELETE FROM conversations WHERE last < ?", [oldest])

    def _oldest(self, now: datetime) -> str:
        return (now - self._keep).isoformat(timespec="seconds")


def unknown_conversation() -> UserError:
    """The error for a conversation that is not there, or not theirs: the two are not told apart."""
    return UserError("没有这段对话：可能已被删除，或超过了保存期限。请重新提问。")


def _begun(database: Database, owner: str, question: str, at: str) -> str:
    """The id of a new conversation; it cannot be guessed."""
    conversation = secrets.token_urlsafe(12)
    title = " ".join(question.split())[:TITLE_CHARS]
    database.run(
        "INSERT INTO conversations (id, owner, title, started, last) VALUES (?, ?, ?, ?, ?)",
        [conversation, owner, title, at, at],
    )
    return conversation


def _require(database: Database, conversation: str, owner: str) -> None:
    sql = "SELECT 1 FROM conversations WHERE id = ? AND owner = ?"
    if not database.row(sql, [conversation, owner]):
        raise unknown_conversation()
