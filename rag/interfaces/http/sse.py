"""Server-sent events: work in a thread tells as it goes on, the client reads, or leaves and so stops it."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from fastapi.responses import StreamingResponse

from rag import XunjuError

TYPE = "text/event-stream"
_ALIVE_S = 15.0  # proxies close a connection that is silent for half a minute
_LOG = logging.getLogger("xunju.http")

Told = tuple[str, object]
Tell = Callable[[str, object], None]


def described(*names: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a stream of events with these names; the data of each is JSON as text."""
    event_name = {"event": {"type": "string", "enum": list(names)}} if names else {}
    each = {"type": "object", "properties": {**event_name, "data": {"type": "string"}}, "required": ["data"]}
    return {200: {"description": "事件流", "content": {TYPE: {"schema": each}}}}


class Stopped(BaseException):
    """The client has left: nobody reads what would still come.

    Not an Exception: what turns failures of a model into words must let it pass.
    """


def event(name: str, value: object) -> str:
    """One event; its data is one line of JSON."""
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"


def stream(work: Callable[[Tell], None], executor: Executor) -> StreamingResponse:
    """The events that the work tells, each as soon as it is told; an error ends them with an `error` event."""
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_events(work, executor), media_type=TYPE, headers=headers)


class _Work:
    """Work in a thread, and the queue by which it reaches the loop."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._left = threading.Event()
        self.queue: asyncio.Queue[Told | None] = asyncio.Queue()

    def run(self) -> None:
        """Does the work; whatever goes wrong in it is told as an `error`."""
        try:
            self._work(self._tell)
        except Stopped:
            return
        except XunjuError as error:
            self._put(("error", {"kind": error.kind, "message": str(error)}))
        except Exception as error:  # the last resort of a thread that nobody waits for
            _LOG.exception("bug")
            message = f"程序内部出错（{type(error).__name__}），已存的内容没有改动。"
            self._put(("error", {"kind": "bug", "message": message}))
        finally:
            self._put(None)

    def leave(self) -> None:
        """Stops the work at the next thing it tells."""
        self._left.set()

    def _tell(self, name: str, value: object) -> None:
        if self._left.is_set():
            raise Stopped
        self._put((name, value))

    def _put(self, item: Told | None) -> None:
        with suppress(RuntimeError):  # the loop has ended: the server stops
            self._loop.call_soon_threadsafe(self.queue.put_nowait, item)


async def told(work: Callable[[Tell], None], executor: Executor) -> AsyncIterator[Told | None]:
    """What the work tells in a thread of the executor, None while it is silent; leaving early stops it."""
    at_work = _Work(work)
    executor.submit(at_work.run)
    try:
        while True:
            try:
                item = await asyncio.wait_for(at_work.queue.get(), _ALIVE_S)
            except TimeoutError:
                yield None
                continue
            if item is None:
                return
            yield item
    finally:
        at_work.leave()


async def _events(work: Callable[[Tell], None], executor: Executor) -> AsyncIterator[str]:
    async for item in told(work, executor):
        yield ": \n\n" if item is None else event(*item)
