"""Questions: an answer as one object, or as events with the passages found first."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from rag import Answer, Filters, Hit, Turn, hit_json, to_json
from rag.interfaces.http.access import Asker, Caller
from rag.interfaces.http.completion_shapes import MOST_CHARS
from rag.interfaces.http.service import Served, Service
from rag.interfaces.http.shapes import Body, KeptAnswer
from rag.interfaces.http.sse import Tell, described, stream

router = APIRouter(prefix="/api", tags=["提问"])
_MARKER = re.compile(r"\[\d+\]")
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？](?:\[\d+\])*|\n|$)")


class TurnBody(Body):
    question: str = Field(max_length=MOST_CHARS)
    answer: str = Field("", max_length=MOST_CHARS)


class AskBody(Body):
    """A question; `conversation` continues a recorded one, `history` gives earlier turns otherwise."""

    question: str = Field(min_length=1, max_length=MOST_CHARS)
    conversation: str = Field("", max_length=64)
    history: list[TurnBody] = Field([], max_length=50)
    company: str = Field("", max_length=200, description="只看这家公司：简称、全称或证券代码")
    period: str = Field("", max_length=200, description="只看这个报告期，如 2024H1")
    filing: str = Field("", max_length=400, description="只看这份公告：编号、文件名或标题")
    use_model: bool = Field(True, description="false：这一次不用大语言模型")
    keep: bool = Field(True, description="false：不存进对话记录")


@router.post("/ask", response_model=KeptAnswer)
async def ask(body: AskBody, caller: Asker, served: Served, request: Request) -> dict[str, object]:
    """The checked answer, or a refusal with its reason."""
    answer, kept = await served.run(lambda: answered(served, caller, body))
    note(request, served, answer)
    return kept


@router.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses=described("sources", "sentence", "answer", "error"),
)
async def ask_in_events(body: AskBody, caller: Asker, served: Served, request: Request) -> StreamingResponse:
    """Events: `sources` (passages found), `sentence` (each as it has passed the check), `answer`, or `error`."""

    def work(tell: Tell) -> None:
        listener = Listener(tell)
        answer, kept = answered(served, caller, body, listener)
        note(request, served, answer)
        listener.rest(answer)
        tell("answer", kept)

    return stream(work, served.workers)


class Listener:
    """Tells what comes of a question as events; sentences that nobody said come from the finished answer.

    A sentence is told without its markers: they are numbered once all sentences are there.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._spoke = False

    def found(self, hits: tuple[Hit, ...]) -> None:
        """The passages found."""
        self._tell("sources", [hit_json(hit) for hit in hits])

    def say(self, sentence: str) -> None:
        """A sentence that has passed the check."""
        self._spoke = True
        self._tell("sentence", {"text": sentence})

    def rest(self, answer: Answer) -> None:
        """The sentences of an answer that was not spoken while it came."""
        if self._spoke or answer.refused:
            return
        for sentence in sentences(_MARKER.sub("", answer.answer)):
            self._tell("sentence", {"text": sentence})


def answered(
    served: Service, caller: Caller, body: AskBody, listener: Listener | None = None
) -> tuple[Answer, dict[str, object]]:
    """The answer, and its JSON with where it was recorded."""
    conversations = served.assistant.conversations
    history = [Turn(turn.question, turn.answer) for turn in body.history]
    if body.conversation:
        history = [*conversations.history(body.conversation, caller.owner), *history]
    answer = served.assistant.answer(
        body.question,
        history=history,
        filters=Filters(body.company, body.period, body.filing),
        found=listener.found if listener else None,
        say=listener.say if listener else None,
        use_model=body.use_model,
    )
    return answer, kept(served, caller, answer, body.conversation if body.keep else None)


def kept(served: Service, caller: Caller, answer: Answer, conversation: str | None) -> dict[str, object]:
    """The answer's JSON, recorded in a conversation, a new one where the name is empty; not where it is None."""
    if conversation is None:
        return {**to_json(answer), "conversation": "", "turn": None}
    turn = served.assistant.conversations.record(answer, caller.owner, conversation)
    return {**turn.answer, "conversation": turn.conversation_id, "turn": turn.id}


def note(request: Request, served: Service, answer: Answer) -> None:
    """Counts an answer, and notes for the log what came of it; the question only where that is asked for."""
    served.metrics.answer(answer)
    request.state.outcome = answer.refusal.reason if answer.refusal else "answered"
    if served.assistant.settings.serve.log_questions:
        request.state.question = answer.question


def sentences(text: str) -> list[str]:
    """The text cut behind its sentence ends, markers kept with their sentence; joined it is the text again."""
    return [piece for piece in _SENTENCE.findall(text) if piece]
