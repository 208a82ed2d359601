"""Readers' words on answers are kept in the index and never in its way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import StoreError, UserError
from rag.store.database import FILE
from rag.store.feedback import COMMENT_CHARS, FeedbackBook
from rag.store.index import FilingIndex
from rag.store.lock import sole_writer


@pytest.fixture
def book(filled: FilingIndex, folder: Path) -> FeedbackBook:
    return FeedbackBook(folder)


def tables(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_entry_comes_back_as_it_was_given(book: FeedbackBook) -> None:
    given = book.add("营收多少", '{"answer": "1元[1]"}', "wrong_page", "应为第 7 页")
    assert book.entries() == (given,)
    assert (given.id, given.verdict, given.comment, given.status) == (1, "wrong_page", "应为第 7 页", "new")


def test_an_index_without_the_table_has_no_entries(book: FeedbackBook, folder: Path) -> None:
    assert "feedback" not in tables(folder)
    assert book.entries() == ()


def test_the_first_entry_makes_the_table_and_leaves_the_version(book: FeedbackBook, folder: Path) -> None:
    book.add("问", "{}", "good")
    assert "feedback" in tables(folder)
    FilingIndex.open(folder, embedder_name="tiny", dimension=8).close()


def test_entries_are_chosen_by_status(book: FeedbackBook) -> None:
    first, second = book.add("一", "{}", "good"), book.add("二", "{}", "missing")
    book.settle(first.id, "confirmed")
    assert [entry.id for entry in book.entries("confirmed")] == [first.id]
    assert [entry.id for entry in book.entries("new")] == [second.id]


def test_feedback_does_not_wait_for_the_write_lock(book: FeedbackBook, folder: Path) -> None:
    with sole_writer(folder):
        assert book.add("问", "{}", "good").id == 1


def test_an_open_reader_goes_on_over_feedback(book: FeedbackBook, filled: FilingIndex) -> None:
    before = filled.generation
    book.add("问", "{}", "good")
    assert filled.generation == before
    assert filled.verify() == []


def test_a_rebuild_keeps_feedback(book: FeedbackBook, filled: FilingIndex) -> None:
    book.add("问", "{}", "good")
    filled.rebuild()
    assert len(book.entries()) == 1


@pytest.mark.parametrize(
    ("question", "verdict", "comment"),
    [("问", "bad", ""), (" ", "good", ""), ("问", "good", "长" * (COMMENT_CHARS + 1))],
)
def test_what_cannot_be_used_is_refused(
    book: FeedbackBook, question: str, verdict: str, comment: str
) -> None:
    with pytest.raises(UserError):
        book.add(question, "{}", verdict, comment)
    assert book.entries() == ()


def test_an_unknown_entry_cannot_be_settled(book: FeedbackBook) -> None:
    with pytest.raises(UserError, match="7"):
        book.settle(7, "confirmed")


def test_an_unknown_status_is_refused(book: FeedbackBook) -> None:
    number = book.add("问", "{}", "good").id
    with pytest.raises(UserError, match="done"):
        book.settle(number, "done")


def test_without_an_index_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        FeedbackBook(tmp_path).add("问", "{}", "good")
    assert list(tmp_path.iterdir()) == []


def test_words_of_readers_are_data_and_not_sql(book: FeedbackBook) -> None:
    nasty = "'); DROP TABLE feedback; --"
    book.add(nasty, nasty, "good", nasty)
    assert book.entries()[0].comment == nasty
