"""A reply on its way into a thread: grows as a stream while it can, and always ends complete."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from rag.interfaces.slack.messages import Message
from rag.interfaces.slack.wording import escaped, escaped_markdown

# A stream takes few calls a minute, and an answer that is whole sooner needs none.
PAUSE_S = 1.0
_FAILED = (SlackClientError, OSError)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question was asked; `thread` is the timestamp of the thread's first message."""

    team: str
    channel: str
    thread: str
    user: str

    @property
    def owner(self) -> str:
        """Whose conversation this is: all who can read the thread."""
        return f"slack:{self.team}/{self.channel}/{self.thread}"


class Delivery(Protocol):
    """Takes the sentences of an answer as they come, then all of it."""

    def grow(self, sentence: str) -> None: ...

    def finish(self, messages: Sequence[Message]) -> None: ...


class ThreadReply:
    """One reply in a thread.

    Slack ends a stream after some minutes and refuses it in some places; then the message is updated
    instead, and where there is none yet it is posted whole.
    """

    def __init__(self, client: WebClient, place: Place, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._place = place
        self._clock = clock
        self._last = clock()
        self._said = ""
        self._waiting = ""
        self._ts = ""
        self._streams = True

    def grow(self, sentence: str) -> None:
        """Shows a sentence, not more often than Slack likes; what goes wrong is made up for at the end."""
        self._said += sentence
        self._waiting += sentence
        if self._clock() - self._last < PAUSE_S:
            return
        with suppress(*_FAILED):
            self._show()
        self._waiting, self._last = "", self._clock()

    def finish(self, messages: Sequence[Message]) -> None:
        """The whole reply in place of what was shown of it; SlackClientError where it cannot be posted."""
        first, *others = messages
        if not self._replaced(first):
            self._post(first)
            if self._ts:
                with suppress(*_FAILED):
                    self._client.chat_delete(channel=self._place.channel, ts=self._ts)
        for message in others:
            self._post(message)

    def _show(self) -> None:
        if self._streams:
            try:
                self._stream(escaped_markdown(self._waiting))
            except _FAILED:
                self._streams = False
            else:
                return
        if self._ts:
            self._client.chat_update(channel=self._place.channel, ts=self._ts, text=escaped(self._said))

    def _stream(self, text: str) -> None:
        place = self._place
        if self._ts:
            self._client.chat_appendStream(channel=place.channel, ts=self._ts, markdown_text=text)
            return
        begun = self._client.chat_startStream(
            channel=place.channel,
            thread_ts=place.thread,
            recipient_team_id=place.team,
            recipient_user_id=place.user,
            markdown_text=text,
        )
        self._ts = str(begun["ts"])

    def _replaced(self, message: Message) -> bool:
        """Whether the message shown so far could be replaced by this one."""
        if not self._ts:
            return False
        with suppress(*_FAILED):  # over already, or the update below ends it
            self._client.chat_stopStream(channel=self._place.channel, ts=self._ts)
        try:
            self._client.chat_update(
                channel=self._place.channel, ts=self._ts, text=message.text, blocks=message.blocks
            )
        except _FAILED:
            return False
        return True

    def _post(self, message: Message) -> None:
        self._client.chat_postMessage(
            channel=self._place.channel,
            thread_ts=self._place.thread,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
