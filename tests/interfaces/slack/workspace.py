"""A Slack workspace on loopback: its Web API over HTTP, its signed requests, what was posted into it."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode

from slack_bolt import BoltRequest

SECRET = "signing-secret"
BOT, TEAM, USER = "UBOT", "T1", "U1"
SCOPES = "app_mentions:read,assistant:write,chat:write,commands,files:read,im:history"


@dataclass(slots=True)
class Posted:
    """A message of the bot as the workspace shows it."""

    channel: str
    thread: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    streaming: bool = False
    unfurls: bool = True


@dataclass(slots=True)
class Workspace:
    """Answers the Web API; `refusals` holds, by method, what its next calls get instead of success.

    A refusal is an error name, or (status, headers) for HTTP errors.
    """

    url: str = ""
    socket: str = ""
    messages: dict[str, Posted] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: dict[str, list[Any]] = field(default_factory=dict)
    scopes: str = SCOPES
    files: dict[str, bytes] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    def shown(self) -> list[Posted]:
        """The messages in the order of their coming."""
        return list(self.messages.values())

    def take(self, method: str, arguments: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Status, headers and body of the reply to one call."""
        with self._turn:
            self.calls.append((method, arguments))
            refusal = self.refusals.get(method)
            if refusal and (refused := refusal.pop(0)) is not None:
                if isinstance(refused, tuple):
                    return refused[0], refused[1], {"ok": False, "error": "ratelimited"}
                return (
                    200,
                    {},
                    {"ok": False, **(refused if isinstance(refused, dict) else {"error": refused})},
                )
            return 200, {"x-oauth-scopes": self.scopes}, {"ok": True, **self._done(method, arguments)}

    def _done(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        if method in ("chat.postMessage", "chat.startStream"):
            ts = f"200.{next(self._numbers):06d}"
            self.messages[ts] = Posted(given["channel"], given.get("thread_ts", ""))
            self._write(ts, given)
            self.messages[ts].streaming = method == "chat.startStream"
            return {"ts": ts, "channel": given["channel"]}
        if method in ("chat.update", "chat.appendStream", "chat.stopStream"):
            if method == "chat.appendStream":
                given = given | {"text": self.messages[given["ts"]].text + given["markdown_text"]}
            self._write(given["ts"], given)
            self.messages[given["ts"]].streaming = method == "chat.appendStream"
        if method == "chat.delete":
            del self.messages[given["ts"]]
        return self._fixed().get(method, {})

    def _fixed(self) -> dict[str, dict[str, Any]]:
        """What calls return that change nothing here."""
        who = {"user_id": BOT, "bot_id": "B1", "team_id": TEAM, "url": "https://x", "team": "x", "user": "x"}
        return {
            "auth.test": who,
            "apps.connections.open": {"url": self.socket},
            "files.getUploadURLExternal": {"upload_url": f"{self.url}/upload", "file_id": "F9"},
            "files.completeUploadExternal": {"files": [{"id": "F9"}]},
        }

    def _write(self, ts: str, given: dict[str, Any]) -> None:
        message = self.messages[ts]
        message.text = given.get("text") or given.get("markdown_text") or message.text
        blocks = given.get("blocks")
        message.blocks = json.loads(blocks) if isinstance(blocks, str) else blocks or message.blocks
        message.unfurls = str(given.get("unfurl_links", message.unfurls)).lower() in ("1", "true")


def _handler(place: Workspace) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if "json" in self.headers.get("content-type", ""):
                arguments = json.loads(body or b"{}")
            else:
                arguments = dict(parse_qsl(body.decode("utf-8", "replace")))
            self._reply(*place.take(self.path.removeprefix("/api/").lstrip("/"), arguments))

        def do_GET(self) -> None:
            if self.path not in place.files:
                self._reply(302, {"location": f"{place.url}/login"}, {})
                return
            place.calls.append((f"GET {self.path}", {"authorization": self.headers.get("authorization")}))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(place.files[self.path])

        def _reply(self, status: int, headers: dict[str, str], body: dict[str, Any]) -> None:
            sent = json.dumps(body).encode()
            self.send_response(status)
            about = {"content-type": "application/json", "content-length": str(len(sent))}
            for name, value in (about | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A workspace whose Web API listens until the end."""
    place = Workspace()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(place))
    server.daemon_threads = True
    place.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signed(body: str, kind: str, *, at: float | None = None, secret: str = SECRET) -> BoltRequest:
    """A request as Slack sends it over HTTP."""
    return BoltRequest(body=body, headers=signed_headers(body, kind, at=at, secret=secret))  # type: ignore[arg-type]


def signed_headers(body: str, kind: str, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """Slack's headers for a body."""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={mac}",
    }


def event(text: str, event_id: str = "Ev1", **changed: Any) -> str:
    """The body of a direct message's event, or of another event's with some fields changed."""
    inner = {
        "type": "message", "channel": "D1", "channel_type": "im", "user": USER, "ts": f"100.{event_id}", "text": text,
    }  # fmt: skip
    whole = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": inner | changed}
    return json.dumps(whole, ensure_ascii=False)


def mention(text: str, event_id: str = "Ev1", **changed: Any) -> str:
    """The body of a mention's event in a channel."""
    kind = {"type": "app_mention", "channel": "C1", "channel_type": "channel"}
    return event(f"<@{BOT}> {text}", event_id, **(kind | changed))


def command(text: str, response_url: str, trigger: str = "1.1") -> str:
    """The body of `/公告`."""
    given = {"command": "/公告", "text": text, "trigger_id": trigger, "response_url": response_url}
    return urlencode(given | {"team_id": TEAM, "channel_id": "C1", "user_id": USER})


def press(value: str, response_url: str, user: str = USER) -> str:
    """The body of a button pressed under an answer."""
    payload = {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user}, "channel": {"id": "C1"},
        "actions": [{"action_id": "xunju_feedback_good", "value": value, "type": "button", "block_id": "b"}],
        "response_url": response_url, "trigger_id": "9",
    }  # fmt: skip
    return urlencode({"payload": json.dumps(payload)})
