"""The one listener behind Socket Mode and HTTP: what Slack delivers is taken once and handed on."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from rag import XunjuError
from rag.interfaces.exits import in_words
from rag.interfaces.slack.desk import Desk
from rag.interfaces.slack.messages import FEEDBACK, Message, plain_messages
from rag.interfaces.slack.pictures import show_pages
from rag.interfaces.slack.reply import Place, ThreadReply
from rag.interfaces.slack.troubles import in_slack_words
from rag.interfaces.slack.wording import question_of

if TYPE_CHECKING:
    from rag import Answer, Assistant

Payload = Mapping[str, Any]  # as Slack sends it

_logger = logging.getLogger("xunju.slack")
_WORKERS = 8  # answers at work at once; a thread waits for the database or the model most of the time
_MOST_RESPONSES = 5  # Slack takes no more answers to one command


class Listener:
    """Registers with a Bolt app; every message is acknowledged at once and answered by a worker, once."""

    def __init__(self, assistant: Assistant, desk: Desk, client: WebClient, signing_secret: str = "") -> None:
        self._assistant = assistant
        self._desk = desk
        self._client = client
        self._workers = ThreadPoolExecutor(_WORKERS, "slack")
        self.app = App(
            client=client, signing_secret=signing_secret, listener_executor=self._workers, name="xunju"
        )
        self.app.event("app_mention")(self._mentioned)
        self.app.event("message")(self._messaged)
        self.app.command("/公告")(self._commanded)
        self.app.action(re.compile(f"^{FEEDBACK}"))(self._judged)
        self.app.error(self._failed)

    def close(self) -> None:
        """Waits for the answers that are under way."""
        self._workers.shutdown(wait=True)

    def _mentioned(self, body: Payload) -> None:
        if not _is_direct(body["event"]):  # a direct message comes as such, too
            self._heard(body)

    def _messaged(self, body: Payload) -> None:
        event = body["event"]
        if _is_direct(event) and event.get("subtype") in (None, "file_share") and not event.get("bot_id"):
            self._heard(body)

    def _heard(self, body: Payload) -> None:
        if not self._assistant.take_once(f"slack/{body['event_id']}"):
            return
        event = body["event"]
        place = Place(
            str(body.get("team_id") or event.get("team") or ""),
            str(event["channel"]),
            str(event.get("thread_ts") or event["ts"]),
            str(event.get("user") or ""),
        )
        self._busy(place)
        reply = ThreadReply(self._client, place)
        answer = self._desk.hear(
            place, question_of(str(event.get("text") or "")), event.get("files") or (), reply
        )
        if answer is not None and self._assistant.settings.slack.page_picture:
            self._show_pages(place, answer)

    def _show_pages(self, place: Place, answer: Answer) -> None:
        try:
            show_pages(self._assistant, self._client, place, answer)
        except SlackClientError as error:
            ThreadReply(self._client, place).finish(plain_messages(in_slack_words(error)))

    def _busy(self, place: Place) -> None:
        """Says in a direct message that somebody is at it; where Slack does not show it, nothing is lost."""
        if place.channel.startswith("D"):
            with suppress(SlackClientError, OSError):
                self._client.assistant_threads_setStatus(
                    channel_id=place.channel, thread_ts=place.thread, status="正在查阅公告……"
                )

    def _commanded(self, ack: Ack, body: Payload, respond: Respond) -> None:
        ack(response_type="ephemeral", text="正在查阅公告……")
        if not self._assistant.take_once(f"slack/{body['trigger_id']}"):
            return
        team, channel, user = str(body["team_id"]), str(body["channel_id"]), str(body["user_id"])
        # A command belongs to no thread: each is a conversation of its own.
        place = Place(team, channel, f"command-{user}-{body['trigger_id']}", user)
        self._desk.hear(place, question_of(str(body.get("text") or "")), (), _CommandReply(respond))

    def _judged(self, ack: Ack, body: Payload, respond: Respond) -> None:
        ack()
        turn, _, verdict = str(body["actions"][0]["value"]).partition(":")
        try:
            told = self._desk.judge(int(turn), verdict, str(body["user"]["id"]))
        except XunjuError as error:
            told = in_words(error)
        respond(text=told, response_type="ephemeral", replace_original=False)

    def _failed(self, error: Exception, body: Payload) -> None:
        """The last resort: the log says what is missing, and never what was asked."""
        if isinstance(error, SlackClientError):
            _logger.error("%s", in_slack_words(error))
        else:
            _logger.error("处理 Slack 消息时出错", exc_info=error)


class _CommandReply:
    """Answers a command where only its sender sees it; Slack takes a few messages, all at the end."""

    def __init__(self, respond: Callable[..., object]) -> None:
        self._respond = respond

    def grow(self, sentence: str) -> None:
        """Nothing: what is sent cannot be changed."""

    def finish(self, messages: Sequence[Message]) -> None:
        for message in messages[:_MOST_RESPONSES]:
            self._respond(
                text=message.text,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )


def _is_direct(event: Payload) -> bool:
    return event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
