"""What was asked and answered: list, read again, forget."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from rag import Conversation, UserError
from rag.interfaces.http.access import Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import AnswerShape

router = APIRouter(prefix="/api/conversations", tags=["对话"])
ConversationId = Annotated[str, Path(max_length=64)]


class Card(BaseModel):
    id: str
    title: str
    started: str
    last: str
    turn_count: int


class Cards(BaseModel):
    conversations: list[Card]


class TurnShape(BaseModel):
    id: int
    at: str
    question: str
    answer: AnswerShape


class Whole(Card):
    turns: list[TurnShape]


@router.get("", response_model=Cards)
def conversations(caller: Reader, served: Served) -> dict[str, object]:
    """The caller's conversations, the one spoken in last first."""
    return {"conversations": [_card(one) for one in served.assistant.conversations.of(caller.owner)]}


@router.get("/{conversation_id}", response_model=Whole)
def conversation(conversation_id: ConversationId, caller: Reader, served: Served) -> dict[str, object]:
    """One conversation; each old citation tells what has become of its place."""
    book = served.assistant.conversations
    try:
        card, turns = book.one(conversation_id, caller.owner), book.turns(conversation_id, caller.owner)
    except UserError as error:
        raise _unknown(error) from error
    told = [
        {"id": turn.id, "at": turn.at, "question": turn.question, "answer": turn.answer} for turn in turns
    ]
    return {**_card(card), "turns": told}


@router.delete("/{conversation_id}", status_code=204)
def forget(conversation_id: ConversationId, caller: Reader, served: Served) -> None:
    """Deletes a conversation for good."""
    try:
        served.assistant.conversations.forget(conversation_id, caller.owner)
    except UserError as error:
        raise _unknown(error) from error


@router.delete("", status_code=204)
def forget_all(caller: Reader, served: Served) -> None:
    """Deletes all of the caller's conversations for good."""
    served.assistant.conversations.forget_all(caller.owner)


def _card(one: Conversation) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "started": one.started,
        "last": one.last,
        "turn_count": one.turn_count,
    }


def _unknown(error: UserError) -> Refused:
    return Refused(404, "no_conversation", str(error))
