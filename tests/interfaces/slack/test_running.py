"""Before it listens, the bot looks whether it can: tokens, permissions, the way in."""

from __future__ import annotations

import asyncio
import json
import os
import urllib.error
from pathlib import Path
from typing import Any

import pytest

import rag
from rag.interfaces.slack import manifest as manifests
from rag.interfaces.slack import running
from rag.interfaces.slack.serving import MOST_BYTES, Door
from rag.interfaces.slack.troubles import in_slack_words, missing_scopes
from tests.interfaces.conftest import Xunju
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.conftest import JSON, Bot, Heard
from tests.interfaces.slack.workspace import Workspace

TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-test",
    "SLACK_APP_TOKEN": "xapp-test",
    "SLACK_SIGNING_SECRET": slack.SECRET,
}


@pytest.fixture
def runs(
    assistant: rag.Assistant,
    place: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Any:
    """Runs the bot up to where it would listen; what it said on standard error."""
    made = running.web_client
    monkeypatch.setattr(running, "web_client", lambda token: made(token, base_url=f"{place.url}/api/"))
    monkeypatch.setattr(running, "_listen", lambda handler: None)

    def run(env: dict[str, str] = TOKENS) -> str:
        running.run(assistant, env)
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_missing_token_is_named(runs: Any, name: str) -> None:
    with pytest.raises(rag.UserError, match=name):
        runs({key: value for key, value in TOKENS.items() if key != name})


def test_a_token_that_slack_refuses_is_told(runs: Any, place: Workspace) -> None:
    place.refusals = {"auth.test": ["invalid_auth"]}
    with pytest.raises(rag.UserError, match="SLACK_BOT_TOKEN"):
        runs()


def test_permissions_that_are_missing_are_named(runs: Any, place: Workspace) -> None:
    place.scopes = "chat:write,commands,app_mentions:read,im:history"
    assert "缺少权限 assistant:write、files:read" in runs()


def test_pictures_need_one_permission_more() -> None:
    assert missing_scopes(slack.SCOPES, ["files:write"]) == ["files:write"]


def test_with_all_permissions_nothing_is_said(runs: Any) -> None:
    assert runs() == ""


def test_a_slack_that_cannot_be_reached_is_told(
    assistant: rag.Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.URLError("refused")

    monkeypatch.setattr("slack_sdk.WebClient.auth_test", refuse)
    with pytest.raises(rag.UserError, match="连不上 Slack"):
        running.run(assistant, TOKENS)


def test_a_permission_missing_for_a_reply_is_in_the_log(
    bot: Bot, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    missing = {"error": "missing_scope", "needed": "chat:write"}
    bot.place.refusals = {"chat.postMessage": [missing, missing]}
    bot.deliver(slack.event("一个秘密问题"))
    bot.settled()
    assert "缺少权限 chat:write" in caplog.text


def test_the_manifest_asks_for_no_more_than_is_used() -> None:
    told = json.loads(manifests.manifest())
    assert set(told["features"]["agent_view"]) == {"agent_description", "suggested_prompts"}
    assert told["settings"]["event_subscriptions"]["bot_events"] == ["app_mention", "message.im"]
    assert [one["command"] for one in told["features"]["slash_commands"]] == ["/公告"]
    assert manifests.wanted_scopes() == (
        "app_mentions:read", "assistant:write", "chat:write", "commands", "files:read", "im:history",
    )  # fmt: skip


def test_the_manifest_can_be_shown(xunju: Xunju) -> None:
    run = xunju("slack", "--manifest")
    assert (run.code, json.loads(run.out)["settings"]["socket_mode_enabled"]) == (0, True)


def test_without_the_extra_the_command_says_what_to_install(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    run = xunju("slack", "--index", built)
    assert (run.code, "'.[slack]'" in run.err) == (1, True)


def test_without_tokens_the_command_says_what_to_set(xunju: Xunju, built: Path) -> None:
    run = xunju("slack", "--index", built)
    assert (run.code, "SLACK_BOT_TOKEN" in run.err) == (1, True)


def test_where_no_text_may_leave_the_machine_there_is_no_slack(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", {**os.environ, "XUNJU_LIMITS_LOCAL_ONLY": "true"})
    run = xunju("slack", "--index", built)
    assert (run.code, "local_only" in run.err) == (1, True)


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "token_revoked"])
def test_known_errors_say_what_to_do(code: str) -> None:
    from slack_sdk.errors import SlackApiError

    said = in_slack_words(SlackApiError("x", {"error": code}))  # type: ignore[no-untyped-call]
    assert "请" in said
    assert code not in said


def over_http(bot: Bot, body: str, headers: dict[str, str], path: str = "/slack/events") -> int:
    """The status that the HTTP way in gives to one request."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "method": "POST", "path": path, "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Door(bot.listener.app)(scope, receive, send))
    return int(sent[0]["status"])


def test_the_http_way_in_answers_signed_requests_alone(bot: Bot, heard: Heard) -> None:
    body = slack.event("营收多少")
    good = slack.signed_headers(body, JSON) | {"content-length": str(len(body.encode()))}
    assert over_http(bot, body, good | {"x-slack-signature": "v0=00"}) == 401
    assert over_http(bot, body, good) == 200
    assert len(bot.settled().shown()) == 1


@pytest.mark.parametrize("length", [{}, {"content-length": str(MOST_BYTES + 1)}, {"content-length": "x"}])
def test_a_large_body_is_turned_away_unread(bot: Bot, length: dict[str, str]) -> None:
    assert over_http(bot, "{}", slack.signed_headers("{}", JSON) | length) == 413
