"""`xunju slack`: tokens and permissions looked at, then Socket Mode or HTTP until it is stopped."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import typer
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from rag import UserError
from rag.interfaces.exits import say
from rag.interfaces.slack.desk import Desk
from rag.interfaces.slack.listener import Listener
from rag.interfaces.slack.serving import serve
from rag.interfaces.slack.troubles import in_slack_words, missing_scopes, told_missing
from rag.interfaces.slack.uploads import Uploads

if TYPE_CHECKING:
    from rag import Assistant

BOT, APP, SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
_NEEDED = {"socket": (BOT, APP), "http": (BOT, SECRET)}
_PATIENCE = 5  # times that a call waits as long as Slack asks before it is given up


def run(assistant: Assistant, env: Mapping[str, str] = os.environ) -> None:
    """Answers until it is stopped; UserError for missing tokens and those that Slack refuses."""
    if assistant.settings.limits.local_only:
        raise UserError("设置了 [limits] local_only：回答里的公告原文会经过 Slack 的服务器，所以不能启动。")
    settings = assistant.settings.slack
    _require(_NEEDED[settings.mode], env)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    client = web_client(env[BOT])
    _greet(client, ["files:write"] if settings.page_picture else [])
    listener = make_listener(assistant, client, env.get(SECRET, ""))
    try:
        if settings.mode == "http":
            typer.echo(f"Slack 事件地址：http://{settings.host}:{settings.port}/slack/events（Ctrl-C 停止）")
            serve(listener.app, settings.host, settings.port)
        else:
            typer.echo("已连上 Slack（Socket Mode），Ctrl-C 停止。")
            _listen(SocketModeHandler(listener.app, env[APP]))
    finally:
        listener.close()


def web_client(token: str, **changed: Any) -> WebClient:
    """A client that waits as long as Slack asks when it is too fast."""
    client = WebClient(token=token, **changed)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=_PATIENCE))
    return client


def make_listener(assistant: Assistant, client: WebClient, signing_secret: str) -> Listener:
    """The listener over an assistant, with everything it needs."""
    uploads = Uploads(assistant, client.token or "", client.base_url)
    return Listener(assistant, Desk(assistant, uploads), client, signing_secret)


def _require(names: tuple[str, ...], env: Mapping[str, str]) -> None:
    missing = [name for name in names if not env.get(name)]
    if missing:
        raise UserError(
            f"请设置环境变量 {'、'.join(missing)}。它们在 Slack 应用的设置页里，步骤见 docs/slack.md。"
        )


def _greet(client: WebClient, more: Sequence[str]) -> None:
    """Looks whether the token is good, and says which permissions it lacks."""
    try:
        granted = client.auth_test().headers.get("x-oauth-scopes", "")
    except SlackClientError as error:
        raise UserError(in_slack_words(error)) from error
    except OSError as error:
        raise UserError(f"连不上 Slack（{error}）。请检查网络。") from error
    lacking = missing_scopes(granted, more) if granted else []
    if lacking:
        say(told_missing(lacking))


def _listen(handler: SocketModeHandler) -> None:
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackClientError as error:
        raise UserError(in_slack_words(error)) from error
    try:
        threading.Event().wait()
    finally:
        with suppress(AttributeError, OSError):  # the other end may have hung up at the same moment
            handler.close()  # type: ignore[no-untyped-call]
