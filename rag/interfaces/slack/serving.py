"""The HTTP way in: Slack's signed requests over one small server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

# Slack's requests are small; whoever sends more is turned away before the signature is worked out.
MOST_BYTES = 1 << 20


class Door:
    """The ASGI application: requests that say their size, and a small one, go on to Bolt."""

    def __init__(self, app: App) -> None:
        self._bolt = SlackRequestHandler(app, path="/slack/events")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            length = dict(scope["headers"]).get(b"content-length", b"")
            if not length.isdigit() or int(length) > MOST_BYTES:
                await send({"type": "http.response.start", "status": 413, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
        await self._bolt(scope, receive, send)  # type: ignore[arg-type]


def serve(app: App, host: str, port: int) -> None:
    """Serves until it is stopped."""
    uvicorn.run(Door(app), host=host, port=port, log_level="warning")
