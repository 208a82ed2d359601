"""Around every request: its id, its size limit, the headers that keep a page safe, its count and its log line."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.interfaces.http.problems import Refused, answer, respond

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_UPLOADS = "/api/filings"
_MIB, _KIB = 1024 * 1024, 1024
_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_LOG = logging.getLogger("xunju.http")


class Watch:
    """ASGI middleware; `body_kb` bounds a request's body, `upload_mb` that of an upload."""

    def __init__(self, app: ASGIApp, body_kb: int, upload_mb: int) -> None:
        self._app = app
        self._body = body_kb * _KIB
        self._upload = upload_mb * _MIB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, request_id)
            await send(message)

        try:
            await self._bounded(scope, receive, sent)
        except Exception as error:
            if status:  # the response had begun: all that is left is to cut it off
                raise
            await (await answer(Request(scope), error))(scope, receive, sent)
        finally:
            _account(scope, status, time.perf_counter() - started)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = self._upload if scope["method"] == "POST" and scope["path"] == _UPLOADS else self._body
        declared = _header(scope, b"content-length")
        if declared.isdigit() and int(declared) > most:
            await respond(Request(scope), too_large(most))(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, str(too_large(most)))
            return message

        await self._app(scope, counted, send)


def too_large(most: int) -> Refused:
    """The refusal of a body of more than so many bytes."""
    size = f"{most // _MIB} MiB" if most >= _MIB else f"{most // _KIB} KiB"
    return Refused(413, "too_large", f"请求超过 {size}。请分几次提交，或调大 [serve] body_kb、upload_mb。")


def _add_headers(message: MutableMapping[str, Any], request_id: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")
    headers["X-Request-Id"] = request_id


def _account(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "")
    scope["app"].state.service.metrics.request(scope["method"], route, status, seconds)
    told = {
        "request_id": scope["state"]["request_id"],
        "method": scope["method"],
        "route": route,
        "status": status,
        "ms": round(seconds * 1000),
        "caller": scope["state"].get("caller"),
        "question": scope["state"].get("question"),
        "outcome": scope["state"].get("outcome"),
    }
    _LOG.info("request", extra=told)


def _request_id(scope: Scope) -> str:
    given = _header(scope, b"x-request-id")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
