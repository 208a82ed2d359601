"""Recorded turns feed the next question, and old citations say what has become of their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.answer import Answer, Citation
from rag.answering.converse import TURNS_REMEMBERED, Conversations, RecordedTurn
from rag.errors import UserError
from rag.filings.filing import ParsedFiling
from rag.filings.page import Span
from rag.filings.source import Source
from rag.retrieval.question import Turn
from rag.store.conversations import ConversationBook
from rag.store.index import FilingIndex
from tests.fakes import DIMENSION, PROSE, a_parsed_filing, original_bytes, some_vectors

ME = "terminal:me"
FILING = a_parsed_filing("甲公司")
QUOTE = PROSE[:15]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[FilingIndex]:
    folder = tmp_path / "index"
    with FilingIndex.open(folder, embedder_name="tiny", dimension=DIMENSION, create=True) as opened:
        put(opened, FILING)
        yield opened


@pytest.fixture
def talk(index: FilingIndex, tmp_path: Path) -> Conversations:
    return Conversations(ConversationBook(tmp_path / "index", keep_days=30), index)


def put(index: FilingIndex, filing: ParsedFiling) -> None:
    with index.writing("test") as writer:
        writer.replace(filing, original_bytes("甲公司"), some_vectors(len(filing.passages)))


def reread_as(text: str) -> ParsedFiling:
    """The same filing, whose first page a later version reads otherwise."""
    page = replace(FILING.pages[0], text=text, boxes=None)
    shorter = replace(FILING.passages[0], spans=(Span(1, 0, min(len(PROSE), len(text))),))
    return replace(FILING, pages=(page, *FILING.pages[1:]), passages=(shorter, *FILING.passages[1:]))


def an_answer(question: str = "营收多少", text: str = "1元[1]。") -> Answer:
    source = Source(
        FILING.filing.id, "甲公司.PDF", "报告", "甲公司", "600000", "2024H1", "half_year", (), 1, "1"
    )
    link = f"/v/{FILING.filing.id[:16]}?p=1&c=0-{len(QUOTE)}"
    return Answer(question, text, "a1", citations=(Citation(1, source, QUOTE, 0, len(QUOTE), (), link),))


def citation(turn: RecordedTurn) -> dict[str, object]:
    (only,) = turn.answer["citations"]  # type: ignore[misc]
    return only  # type: ignore[no-any-return]


def test_what_was_recorded_is_the_history_of_the_next_question(talk: Conversations) -> None:
    first = talk.record(an_answer("一", "甲[1]。"), ME)
    talk.record(an_answer("二", "乙[1]。"), ME, first.conversation_id)
    assert talk.history(first.conversation_id, ME) == (Turn("一", "甲[1]。"), Turn("二", "乙[1]。"))


def test_history_goes_back_only_so_far(talk: Conversations) -> None:
    number = talk.record(an_answer("0"), ME).conversation_id
    for question in range(1, 10):
        talk.record(an_answer(str(question)), ME, number)
    history = talk.history(number, ME)
    assert (len(history), history[-1].question) == (TURNS_REMEMBERED, "9")


def test_a_citation_whose_page_is_as_it_was_is_current(talk: Conversations) -> None:
    assert citation(talk.record(an_answer(), ME))["standing"] == "current"


def test_a_citation_of_a_removed_filing_says_so(talk: Conversations, index: FilingIndex) -> None:
    turn = talk.record(an_answer(), ME)
    with index.writing("test") as writer:
        writer.remove(FILING.filing.id)
    assert citation(talk.turn(turn.id, ME))["standing"] == "removed"


def test_a_quote_that_moved_on_its_page_is_found_again(talk: Conversations, index: FilingIndex) -> None:
    turn = talk.record(an_answer(), ME)
    put(index, reread_as("抬头\n" + PROSE.replace("公司实现", "公司 实现")))
    found = citation(talk.turns(turn.conversation_id, ME)[0])
    page = index.page(FILING.filing.id, 1)
    assert page is not None
    assert found["standing"] == "moved"
    assert page.text[found["start"] : found["end"]] == found["quote"]  # type: ignore[misc]
    assert str(found["link"]).endswith(f"?p=1&c={found['start']}-{found['end']}")


@pytest.mark.parametrize("text", ["完全是别的文字。", f"抬头{PROSE}\n{PROSE}"])
def test_a_quote_that_is_gone_or_stands_twice_says_that_the_filing_changed(
    talk: Conversations, index: FilingIndex, text: str
) -> None:
    turn = talk.record(an_answer(), ME)
    put(index, reread_as(text))
    found = citation(talk.turn(turn.id, ME))
    assert (found["standing"], found["quote"]) == ("changed", QUOTE)


def test_a_page_that_is_no_longer_there_is_a_change(talk: Conversations, index: FilingIndex) -> None:
    answer = an_answer()
    lost = replace(answer.citations[0], link=f"/v/{FILING.filing.id[:16]}?p=99&c=0-5")
    assert citation(talk.record(replace(answer, citations=(lost,)), ME))["standing"] == "changed"


def test_another_owner_cannot_read_or_forget(talk: Conversations) -> None:
    turn = talk.record(an_answer(), ME)
    for reach in (talk.one, talk.turns, talk.history, talk.forget):
        with pytest.raises(UserError):
            reach(turn.conversation_id, "terminal:other")


def test_a_forgotten_conversation_is_gone(talk: Conversations) -> None:
    turn = talk.record(an_answer(), ME)
    talk.forget(turn.conversation_id, ME)
    assert talk.of(ME) == ()
