"""Conversations as they were recorded, each old citation with what has become of its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from rag.answering.answer import Answer
from rag.answering.as_json import Json, to_json
from rag.answering.cite import link_to, rectangles
from rag.filings.page import Page, Span
from rag.filings.text import squeeze, squeeze_map
from rag.retrieval.question import Turn
from rag.store.conversations import Conversation, ConversationBook, StoredTurn
from rag.store.index import FilingIndex

# `current`: the page still has the quote there; `moved`: the filing was read again and the quote is found
# again on its page, the citation says where; `changed`: it is not; `removed`: the filing is not in the index.
Standing = Literal["current", "moved", "changed", "removed"]

TURNS_REMEMBERED = 6  # earlier questions kept for a follow-up; a subject older than that has changed
_LINK = re.compile(r"\?p=(\d+)&")


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """One question and its answer as JSON, as it was shown; each citation has its `standing` beside it."""

    id: int
    conversation_id: str
    at: str
    question: str
    answer: Json


class Conversations:
    """Records, lists and forgets conversations; `owner` is the face and whom it belongs to, None for everybody.

    UserError for a conversation or turn that is not there, no longer kept, or another's.
    """

    def __init__(self, book: ConversationBook, index: FilingIndex) -> None:
        self._book = book
        self._index = index

    def record(self, answer: Answer, owner: str, conversation_id: str = "") -> RecordedTurn:
        """The turn as stored, in a new conversation where none is named."""
        shown = to_json(answer)
        stored = self._book.add(
            owner, answer.question, json.dumps(shown, ensure_ascii=False), conversation_id
        )
        return self._recorded(stored)

    def of(self, owner: str | None) -> tuple[Conversation, ...]:
        """The conversations, the one spoken in last first."""
        return self._book.conversations(owner)

    def one(self, conversation_id: str, owner: str | None) -> Conversation:
        """One conversation's card."""
        return self._book.conversation(conversation_id, owner)

    def turns(self, conversation_id: str, owner: str | None) -> tuple[RecordedTurn, ...]:
        """A conversation's turns in the order of their coming."""
        return tuple(map(self._recorded, self._book.turns(conversation_id, owner)))

    def turn(self, number: int, owner: str | None) -> RecordedTurn:
        """One turn by its number."""
        return self._recorded(self._book.turn(number, owner))

    def history(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """The last turns, as `Assistant.answer` takes them."""
        stored = self._book.turns(conversation_id, owner)[-TURNS_REMEMBERED:]
        return tuple(Turn(turn.question, str(json.loads(turn.answer)["answer"])) for turn in stored)

    def forget(self, conversation_id: str, owner: str | None) -> None:
        """Deletes a conversation; feedback given on its answers stays."""
        self._book.forget(conversation_id, owner)

    def forget_all(self, owner: str) -> int:
        """Deletes all conversations of an owner; how many there were."""
        return self._book.forget_all(owner)

    def _recorded(self, stored: StoredTurn) -> RecordedTurn:
        answer: Json = json.loads(stored.answer)
        cited = answer["citations"]
        citations = [self._standing(citation) for citation in cited] if isinstance(cited, list) else []
        answer = answer | {"citations": citations}
        return RecordedTurn(stored.id, stored.conversation_id, stored.at, stored.question, answer)

    def _standing(self, citation: Json) -> Json:
        """The citation with what has become of its place, which is set right where the quote has moved."""
        filing_id, quote = str(citation["filing_id"]), str(citation["quote"])
        if self._index.filing(filing_id) is None:
            return citation | {"standing": "removed"}
        place = _LINK.search(str(citation["link"]))
        page = self._index.page(filing_id, int(place[1])) if place else None
        if page is None:
            return citation | {"standing": "changed"}
        start = citation["start"]
        if isinstance(start, int) and page.text.startswith(quote, start):
            return citation | {"standing": "current"}
        span = _found_again(page, quote)
        if span is None:
            return citation | {"standing": "changed"}
        return citation | {
            "standing": "moved",
            "quote": page.text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "rects": [list(rect) for rect in rectangles(page, span)],
            "link": link_to(filing_id, span),
        }


def _found_again(page: Page, quote: str) -> Span | None:
    """Where the quote stands on the page, white space aside; None where it does not, or stands twice."""
    text, origins = squeeze_map(page.text)
    wanted = squeeze(quote)
    start = text.find(wanted)
    if not wanted or start < 0 or text.find(wanted, start + 1) >= 0:
        return None
    return Span(page.position, origins[start], origins[start + len(wanted) - 1] + 1)
