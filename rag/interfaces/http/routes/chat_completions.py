"""The interface that clients of OpenAI's speak: models, and chat completions with citations as annotations."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from rag import Answer, Citation, Turn
from rag.interfaces.http.access import Asker, Reader
from rag.interfaces.http.completion_shapes import (
    EXTRACTIVE,
    MODEL,
    MOST_CHARS,
    Annotation,
    Choice,
    Completion,
    CompletionBody,
    Message,
    ModelCard,
    ModelList,
    Said,
    UrlCitation,
    Usage,
)
from rag.interfaces.http.problems import OPENAI_RESPONSES, Refused
from rag.interfaces.http.routes.ask import AskBody, TurnBody, answered, note, sentences
from rag.interfaces.http.service import Served, Service
from rag.interfaces.http.sse import TYPE, Tell, Told, described, told
from rag.interfaces.show import place

router = APIRouter(prefix="/v1", tags=["兼容 OpenAI"], responses=OPENAI_RESPONSES)
_SOURCES = re.compile(r"\n\n出处：\n.*\Z", re.S)


@router.get("/models")
def models(caller: Reader, served: Served) -> ModelList:
    """What can be asked: with the language model, where one is configured, and without."""
    return ModelList(data=[ModelCard(id=name) for name in (MODEL, EXTRACTIVE)])


@router.get("/models/{name}")
def model(name: str, caller: Reader) -> ModelCard:
    """One of them."""
    return ModelCard(id=_known(name))


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses=described(),
)
async def complete(body: CompletionBody, caller: Asker, served: Served, request: Request) -> Response:
    """The answer to the last message of the user; earlier ones are its history.  Nothing is recorded."""
    asked = _asked(body)
    base = str(request.base_url).rstrip("/")

    def work(tell: Tell) -> None:
        answer, _ = answered(served, caller, asked)
        note(request, served, answer)
        tell("answer", answer)

    if body.stream:
        frames = _frames(served, body, work, base)
        return StreamingResponse(frames, media_type=TYPE, headers={"X-Accel-Buffering": "no"})
    answer, _ = await served.run(lambda: answered(served, caller, asked))
    note(request, served, answer)
    completion = Completion(
        id=_id(),
        created=int(time.time()),
        model=body.model,
        choices=[Choice(message=Said(content=_text(answer, base), annotations=links(answer, base)))],
        usage=_usage(answer),
    )
    return JSONResponse(completion.model_dump())


def links(answer: Answer, base: str) -> list[Annotation]:
    """Each marker of the answer's text as a link into the viewer."""
    cited = {citation.marker: citation for citation in answer.citations}
    found = re.finditer(r"\[(\d+)\]", answer.answer)
    return [
        Annotation(
            url_citation=UrlCitation(
                start_index=one.start(),
                end_index=one.end(),
                url=base + cited[int(one[1])].link,
                title=place(cited[int(one[1])]),
            )
        )
        for one in found
        if int(one[1]) in cited
    ]


def _asked(body: CompletionBody) -> AskBody:
    """The question and its history; 400 where the last message is not the user's."""
    said = [
        message for message in body.messages if message.role in ("user", "assistant") and message.text.strip()
    ]
    if not said or said[-1].role != "user":
        raise Refused(400, "invalid_request_error", "最后一条消息应是用户的问题。")
    question = said[-1].text
    if len(question) > MOST_CHARS:
        raise Refused(400, "invalid_request_error", f"问题超过 {MOST_CHARS} 字，请缩短。")
    history = [
        TurnBody(question=turn.question[:MOST_CHARS], answer=turn.answer[:MOST_CHARS])
        for turn in _turns(said[:-1])
    ]
    use_model = _known(body.model) == MODEL
    return AskBody(question=question, history=history[-50:], use_model=use_model, keep=False)


def _turns(said: list[Message]) -> Iterator[Turn]:
    """Questions each with the answer that followed, the list of sources taken off it."""
    turn: Turn | None = None
    for message in said:
        if message.role == "user":
            if turn:
                yield turn
            turn = Turn(message.text)
        elif turn:
            turn = replace(turn, answer=_SOURCES.sub("", message.text))
    if turn:
        yield turn


def _known(name: str) -> str:
    if name not in (MODEL, EXTRACTIVE):
        raise Refused(
            404, "model_not_found", f"没有名为“{name[:80]}”的模型。可用的有：{MODEL}、{EXTRACTIVE}。"
        )
    return name


def _text(answer: Answer, base: str) -> str:
    return answer.answer + "".join(_sources(answer, base))


def _sources(answer: Answer, base: str) -> Iterator[str]:
    """The sources as a list, for clients that show no annotations; brackets would end the link's text."""
    if answer.citations:
        yield "\n\n出处：\n"
    for one in answer.citations:
        yield f"\n- [{one.marker}] [{_plain(place(one))}]({base}{one.link})：“{_quote(one)}”"


def _quote(citation: Citation) -> str:
    return _plain(" ".join(citation.quote.split()))


def _plain(text: str) -> str:
    """The text without signs that Markdown obeys."""
    return re.sub(r"([\\`*_\[\]<>!|])", r"\\\1", text)


async def _frames(
    served: Service, body: CompletionBody, work: Callable[[Tell], None], base: str
) -> AsyncIterator[str]:
    """The chunks of a streamed completion; an error is told in one, in OpenAI's shape.

    Sentences come once the whole answer is checked: their markers, and the annotations that count the text's
    characters, stand fast only then.
    """
    chunks = _Chunks(body, base)
    yield chunks.chunk({"role": "assistant", "content": ""})
    async for item in told(work, served.workers):
        for frame in chunks.of(item):
            yield frame
    yield "data: [DONE]\n\n"


class _Chunks:
    """What is told of an answer, as chunks of one completion."""

    def __init__(self, body: CompletionBody, base: str) -> None:
        self._head = {
            "id": _id(),
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": body.model,
        }
        self._counted = bool(body.stream_options and body.stream_options.include_usage)
        self._base = base

    def of(self, item: Told | None) -> Iterator[str]:
        """The frames of one thing told."""
        name, value = item or ("", None)
        if not name:
            yield ": \n\n"
        elif name == "error":
            yield _data({"error": value})
        elif isinstance(value, Answer):
            yield from self._ended(value)

    def chunk(self, delta: dict[str, object], finish: str | None = None) -> str:
        """One chunk."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _data({**self._head, "choices": [choice]})

    def _ended(self, answer: Answer) -> Iterator[str]:
        for piece in (*sentences(answer.answer), "".join(_sources(answer, self._base))):
            if piece:
                yield self.chunk({"content": piece})
        yield self.chunk({"annotations": [one.model_dump() for one in links(answer, self._base)]})
        yield self.chunk({}, "stop")
        if self._counted:
            yield _data({**self._head, "choices": [], "usage": _usage(answer).model_dump()})


def _usage(answer: Answer) -> Usage:
    spent = answer.usage or {}
    prompt, total = spent.get("prompt", 0), spent.get("total", 0)
    return Usage(
        prompt_tokens=prompt, completion_tokens=spent.get("completion", total - prompt), total_tokens=total
    )


def _id() -> str:
    return f"chatcmpl-{secrets.token_hex(12)}"


def _data(value: object) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
