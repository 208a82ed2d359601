"""A model's replies recorded once and played again: a loopback service between the product and its model.

It speaks the OpenAI chat protocol, so that the product is measured as it is, from prompt to checked answer.
A reply is kept under the hash of the very messages that asked for it: when prompt, evidence or question have
changed there is none, the call fails as an unreachable model does, and the miss is counted.
"""

from __future__ import annotations

import hashlib
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from rag import Settings, UserError

Json = dict[str, Any]
_PASSED_ON = ("Authorization", "Content-Type")
_POLL_S = 0.05  # between looks whether to stop
_MARGIN_S = 5.0  # the product gives up first


@dataclass(slots=True)
class Replies:
    """Replies by the hash of their messages; those that come in are added to the file."""

    path: Path
    known: dict[str, Json] = field(default_factory=dict)
    missed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def read(cls, path: Path) -> Replies:
        """The replies in a file, one a line; UserError with file and line where one is none."""
        known: dict[str, Json] = {}
        for number, line in enumerate(_text(path).split("\n"), 1):
            if line.strip():
                try:
                    record = json.loads(line)
                    known[record["key"]] = record["reply"]
                except (ValueError, KeyError, TypeError) as error:
                    raise UserError(
                        f"{path.name}:{number} 不是录下的回答。请删去这一行，或重新录制。"
                    ) from error
        return cls(path, known)

    def find(self, key: str) -> Json | None:
        """The reply to these messages; None, and counted, where there is none."""
        with self._lock:
            reply = self.known.get(key)
            self.missed += reply is None
            return reply

    def add(self, key: str, reply: Json) -> None:
        """Keeps a reply in the file."""
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            self.known[key] = reply
            file.write(json.dumps({"key": key, "reply": reply}, ensure_ascii=False) + "\n")


def key_of(request: Mapping[str, Any]) -> str:
    """The hash of a request's messages."""
    told = [[turn.get("role"), turn.get("content")] for turn in request.get("messages", [])]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@contextmanager
def replaying(settings: Settings, path: Path) -> Iterator[tuple[Settings, Replies]]:
    """Settings whose model is the recorded replies of a file, as long as the context lasts."""
    if not path.is_file():
        raise UserError(f"找不到录下的回答 {path}。请先用 --record 录制。")
    replies = Replies.read(path)
    with _served(lambda request, _: replies.find(key_of(request))) as address:
        yield _speaking_to(settings, address), replies


@contextmanager
def recording(settings: Settings, path: Path) -> Iterator[tuple[Settings, Replies]]:
    """Settings whose model is the configured one, its replies kept in a file; known replies are not asked again.

    UserError: no address of an OpenAI-compatible service is configured.
    """
    if settings.llm.provider in ("none", "ollama") or not settings.llm.base_url:
        raise UserError(
            "录制要用兼容 OpenAI 的接口。请写明 --set llm.provider=openai --set llm.base_url=接口地址。"
        )
    replies = Replies.read(path)
    upstream = settings.llm.base_url.rstrip("/")
    wait_s = settings.llm.timeout_s + _MARGIN_S

    def answer(request: Json, headers: Mapping[str, str]) -> Json | None:
        key = key_of(request)
        known = replies.known.get(key)
        if known is not None:
            return known
        reply = _asked(f"{upstream}/chat/completions", request, headers, wait_s)
        if reply is not None:
            replies.add(key, reply)
        return reply

    with _served(answer) as address:
        yield _speaking_to(settings, address), replies


def _asked(url: str, request: Json, headers: Mapping[str, str], wait_s: float) -> Json | None:
    """What the service replies; None where it does not."""
    call = urllib.request.Request(url, json.dumps(request).encode(), dict(headers))  # noqa: S310  the user's own
    try:
        with urllib.request.urlopen(call, timeout=wait_s) as response:  # noqa: S310
            reply: Json = json.load(response)
    except (OSError, ValueError):
        return None
    return reply


@contextmanager
def _served(answer: Callable[[Json, Mapping[str, str]], Json | None]) -> Iterator[str]:
    """The address of a service on this machine that answers chat requests."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
            reply = answer(request, headers)
            body = json.dumps(reply or {"error": {"message": "no recorded reply"}}).encode()
            self.send_response(200 if reply is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _speaking_to(settings: Settings, address: str) -> Settings:
    """The settings with their model behind this address, each reply in one piece."""
    own = {
        "provider": "openai",
        "base_url": address,
        "stream": False,
        "model": settings.llm.model or "recorded",
    }
    return settings.model_copy(update={"llm": settings.llm.model_copy(update=own)})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"录下的回答 {path} 读不出来（{error}）。请检查文件。") from error
