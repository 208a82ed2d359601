"""Conversations belong to their owner, last for their time, and are gone when they are forgotten."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import StoreError, UserError
from rag.store.conversations import TITLE_CHARS, ConversationBook
from rag.store.database import FILE
from rag.store.index import FilingIndex
from rag.store.lock import sole_writer

ME, OTHER = "terminal:me", "terminal:other"


@pytest.fixture
def book(filled: FilingIndex, folder: Path) -> ConversationBook:
    return ConversationBook(folder, keep_days=30)


def age(folder: Path, conversation_id: str, days: int) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "UPDATE conversations SET last = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', ?) WHERE id = ?",
            [f"-{days} days", conversation_id],
        )


def test_a_turn_without_a_conversation_begins_one(book: ConversationBook) -> None:
    turn = book.add(ME, "营收\n多少", "{}")
    (card,) = book.conversations(ME)
    assert (card.id, card.owner, card.title, card.turn_count) == (turn.conversation_id, ME, "营收 多少", 1)


def test_a_title_is_one_line_of_a_list(book: ConversationBook) -> None:
    book.add(ME, "长" * 500, "{}")
    assert len(book.conversations(ME)[0].title) == TITLE_CHARS


def test_turns_come_back_in_the_order_of_their_coming(book: ConversationBook) -> None:
    first = book.add(ME, "一", '{"answer": "1"}')
    second = book.add(ME, "二", "{}", first.conversation_id)
    assert book.turns(first.conversation_id, ME) == (first, second)
    assert book.turn(second.id, ME) == second


def test_the_conversation_spoken_in_last_comes_first(book: ConversationBook) -> None:
    old, new = book.add(ME, "一", "{}"), book.add(ME, "二", "{}")
    book.add(ME, "三", "{}", old.conversation_id)
    assert [card.id for card in book.conversations(ME)] == [old.conversation_id, new.conversation_id]


def test_nobody_sees_what_is_another_owners(book: ConversationBook) -> None:
    turn = book.add(ME, "一", "{}")
    assert book.conversations(OTHER) == ()
    for reach in (book.conversation, book.turns, book.forget):
        with pytest.raises(UserError):
            reach(turn.conversation_id, OTHER)
    with pytest.raises(UserError):
        book.turn(turn.id, OTHER)
    with pytest.raises(UserError):
        book.add(OTHER, "二", "{}", turn.conversation_id)
    assert len(book.turns(turn.conversation_id, ME)) == 1


def test_without_an_owner_all_are_seen(book: ConversationBook) -> None:
    book.add(ME, "一", "{}")
    book.add(OTHER, "二", "{}")
    assert {card.owner for card in book.conversations(None)} == {ME, OTHER}


def test_a_turn_refused_leaves_no_empty_conversation(book: ConversationBook) -> None:
    with pytest.raises(UserError):
        book.add(ME, "一", "{}", "unknown")
    assert book.conversations(None) == ()


def test_what_is_forgotten_is_in_no_file_any_more(book: ConversationBook, folder: Path) -> None:
    secret = "绝不能留下的一句话"
    kept = book.add(ME, "别的", "{}")
    book.forget(book.add(ME, secret, f'{{"answer": "{secret}"}}').conversation_id, ME)
    assert [card.id for card in book.conversations(ME)] == [kept.conversation_id]
    left = b"".join(path.read_bytes() for path in folder.glob(f"{FILE}*"))
    assert secret.encode() not in left


def test_all_of_one_owner_can_be_forgotten(book: ConversationBook) -> None:
    book.add(ME, "一", "{}")
    book.add(ME, "二", "{}")
    book.add(OTHER, "三", "{}")
    assert book.forget_all(ME) == 2
    assert [card.owner for card in book.conversations(None)] == [OTHER]


def test_what_is_older_than_it_may_be_is_not_shown_and_goes(book: ConversationBook, folder: Path) -> None:
    old = book.add(ME, "一", "{}")
    age(folder, old.conversation_id, days=31)
    assert book.conversations(ME) == ()
    with pytest.raises(UserError):
        book.turn(old.id, ME)
    book.add(ME, "二", "{}")
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT question FROM turns").fetchall() == [("二",)]


def test_an_old_conversation_that_is_still_kept_goes_on(book: ConversationBook, folder: Path) -> None:
    old = book.add(ME, "一", "{}")
    age(folder, old.conversation_id, days=29)
    book.add(ME, "二", "{}", old.conversation_id)
    assert book.conversation(old.conversation_id, ME).turn_count == 2


def test_an_index_where_nobody_spoke_has_none(book: ConversationBook) -> None:
    assert book.conversations(None) == ()
    with pytest.raises(UserError):
        book.turn(1, None)


def test_speaking_does_not_wait_for_the_write_lock(book: ConversationBook, folder: Path) -> None:
    with sole_writer(folder):
        book.add(ME, "一", "{}")
    assert len(book.conversations(ME)) == 1


def test_a_conversation_is_none_of_the_indexs_changes(book: ConversationBook, filled: FilingIndex) -> None:
    before = filled.generation
    book.add(ME, "一", "{}")
    assert (filled.generation, filled.verify()) == (before, [])


def test_many_speak_at_once_and_nothing_is_lost(book: ConversationBook, folder: Path) -> None:
    shared = book.add(ME, "起", "{}").conversation_id

    def speak(number: int) -> None:
        own = ConversationBook(folder, keep_days=30)
        own.add(ME, f"共 {number}", "{}", shared)
        own.add(f"web:{number}", f"独 {number}", "{}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(speak, range(40)))
    assert {turn.question for turn in book.turns(shared, ME)} == {"起", *(f"共 {n}" for n in range(40))}
    assert len(book.conversations(None)) == 41


def test_words_of_readers_are_data_and_not_sql(book: ConversationBook) -> None:
    nasty = "'); DROP TABLE turns; --"
    turn = book.add(nasty, nasty, nasty)
    assert book.turns(turn.conversation_id, nasty) == (turn,)


def test_without_an_index_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        ConversationBook(tmp_path, keep_days=1).add(ME, "一", "{}")
    assert list(tmp_path.iterdir()) == []
