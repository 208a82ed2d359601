"""What readers say of answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from rag import Feedback, UserError
from rag.interfaces.http.access import Admin, Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import Body

router = APIRouter(prefix="/api/feedback", tags=["反馈"])
Verdict = Literal["good", "wrong_figure", "wrong_page", "missing"]
_LARGEST = 2**63 - 1  # what the store's numbers go up to


class FeedbackBody(Body):
    """A word on the answer that was recorded as a turn."""

    turn: int = Field(ge=1, le=_LARGEST, strict=True)
    verdict: Verdict
    comment: str = Field("", max_length=2000)


class FeedbackShape(BaseModel):
    id: int
    at: str
    question: str
    verdict: Verdict
    comment: str
    status: Literal["new", "confirmed", "rejected"]


class FeedbackList(BaseModel):
    feedback: list[FeedbackShape]


@router.post("", status_code=201, response_model=FeedbackShape)
def give(body: FeedbackBody, caller: Reader, served: Served) -> dict[str, object]:
    """Stores what a reader says of an answer of theirs."""
    try:
        turn = served.assistant.conversations.turn(body.turn, caller.owner)
    except UserError as error:
        raise Refused(404, "no_turn", str(error)) from error
    return _shape(served.assistant.give_feedback(turn, body.verdict, body.comment))


@router.get("", response_model=FeedbackList)
def feedback(caller: Admin, served: Served) -> dict[str, object]:
    """Everybody's feedback, in the order of its coming."""
    return {"feedback": [_shape(one) for one in served.assistant.feedback()]}


def _shape(one: Feedback) -> dict[str, object]:
    return {
        "id": one.id,
        "at": one.at,
        "question": one.question,
        "verdict": one.verdict,
        "comment": one.comment,
        "status": one.status,
    }
