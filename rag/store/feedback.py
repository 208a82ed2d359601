"""What readers say of answers, kept beside the filings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from rag.errors import UserError
from rag.store import schema
from rag.store.book import Book
from rag.store.rows import SQLRow

Verdict = Literal["good", "wrong_figure", "wrong_page", "missing"]
FeedbackStatus = Literal["new", "confirmed", "rejected"]

COMMENT_CHARS = 2000  # a long note fits, a pasted filing does not
_COLUMNS = "id, at, question, answer, verdict, comment, status"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer; `at` is UTC in ISO 8601, `answer` the answer's JSON as it was shown.

    It counts for nothing before a person has set it from `new` to `confirmed`.
    """

    id: int
    at: str
    question: str
    answer: str
    verdict: Verdict
    comment: str
    status: FeedbackStatus


class FeedbackBook:
    """Adds and reads feedback of one index."""

    def __init__(self, folder: Path) -> None:
        self._book = Book(folder, "feedback", [schema.FEEDBACK])

    def add(self, question: str, answer: str, verdict: str, comment: str = "") -> Feedback:
        """The entry as stored; UserError for an unknown verdict, an empty question or too long a comment."""
        _check(question, verdict, comment)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._book.writing() as database:
            number = database.run(
                "INSERT INTO feedback (at, question, answer, verdict, comment, status)"
                " VALUES (?, ?, ?, ?, ?, 'new')",
                [at, question, answer, verdict, comment],
            )
            return _entry(database.rows(f"SELECT {_COLUMNS} FROM feedback WHERE id = ?", [number])[0])

    def entries(self, status: FeedbackStatus | None = None) -> tuple[Feedback, ...]:
        """All entries in the order of their coming, or those of one status; none where nobody spoke yet."""
        with self._book.reading() as database:
            if database is None:
                return ()
            wanted = "" if status is None else " WHERE status = ?"
            sql = f"SELECT {_COLUMNS} FROM feedback{wanted} ORDER BY id"
            return tuple(map(_entry, database.rows(sql, [] if status is None else [status])))

    def settle(self, number: int, status: str) -> Feedback:
        """The entry with its new status; UserError for an unknown entry or status."""
        if status not in get_args(FeedbackStatus):
            raise UserError(f"反馈的状态只能是 {_list(FeedbackStatus)}，不能是“{status}”。请改正。")
        with self._book.writing() as database:
            database.run("UPDATE feedback SET status = ? WHERE id = ?", [status, number])
            found = database.rows(f"SELECT {_COLUMNS} FROM feedback WHERE id = ?", [number])
        if not found:
            raise UserError(f"没有第 {number} 号反馈。请用 xunju eval review 查看编号。")
        return _entry(found[0])


def _check(question: str, verdict: str, comment: str) -> None:
    if verdict not in get_args(Verdict):
        raise UserError(f"反馈只能是 {_list(Verdict)}，不能是“{verdict}”。请改正。")
    if not question.strip():
        raise UserError("反馈没有写明是对哪个问题的。请连同问题一起提交。")
    if len(comment) > COMMENT_CHARS:
        raise UserError(f"反馈的说明有 {len(comment)} 字，超过上限 {COMMENT_CHARS} 字。请缩短。")


def _list(literal: object) -> str:
    return "、".join(get_args(literal))


def _entry(row: SQLRow) -> Feedback:
    return Feedback(*row)
