"""Language models for tests: one that says what it is told to, and a server that speaks the wire format."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rag.errors import ModelError
from rag.models.chat import Message, Reply


@dataclass
class ScriptedModel:
    """Answers with the replies given, in order; an exception among them is raised."""

    replies: list[str | ModelError]
    name: str = "scripted"
    asked: list[Sequence[Message]] = field(default_factory=list)

    def reply(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        on_token: Callable[[str], None] | None = None,
        timeout_s: float | None = None,
    ) -> Reply:
        """The next reply, streamed four signs at a time where somebody listens."""
        self.asked.append(messages)
        said = self.replies.pop(0)
        if isinstance(said, ModelError):
            raise said
        if on_token:
            for start in range(0, len(said), 4):
                on_token(said[start : start + 4])
        return Reply(said, {"prompt": 10, "completion": 5, "total": 15})


@dataclass
class WireReply:
    """What the fake server sends for one request."""

    text: str = "{}"
    status: int = 200
    html: bool = False
    wait_s: float = 0.0
    cut: bool = False
    drip_s: float = 0.0


@contextmanager
def chat_server(*replies: WireReply) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The address of an OpenAI-compatible server with these replies (the last repeats), and its requests."""
    requests: list[dict[str, object]] = []
    left = list(replies)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            requests.append(body)
            reply = left.pop(0) if len(left) > 1 else left[0]
            time.sleep(reply.wait_s)
            try:
                _answer(self, body, reply)
            except (BrokenPipeError, ConnectionResetError):
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", requests
    finally:
        server.shutdown()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, body: Mapping[str, object], reply: WireReply) -> None:
    if reply.status != 200 or reply.html:
        raw = b"<html><body>login</body></html>" if reply.html else b'{"error": {"message": "no"}}'
        _send(handler, reply.status, "text/html" if reply.html else "application/json", raw)
    elif body.get("stream"):
        _stream(handler, reply)
    else:
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": reply.text},
        }
        usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        whole: dict[str, object] = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
        whole |= {"choices": [choice], "usage": usage}
        _send(handler, 200, "application/json", json.dumps(whole).encode())


def _send(handler: BaseHTTPRequestHandler, status: int, kind: str, raw: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw)


def _stream(handler: BaseHTTPRequestHandler, reply: WireReply) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    if reply.cut:
        handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for start in range(0, len(reply.text), 8):
        delta = {"role": "assistant", "content": reply.text[start : start + 8]}
        chunk = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
        }
        handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        handler.wfile.flush()
        time.sleep(reply.drip_s)
    if not reply.cut:
        handler.wfile.write(b"data: [DONE]\n\n")
    handler.close_connection = True
