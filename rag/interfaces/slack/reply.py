"""A reply on its way into a thread: grows as a stream while it can, and always ends complete."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

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
    instead, and where there is none yet it is posted whole.  While it grows nothing waits for Slack (the
    model is at work): told that it is too fast, it is still for as long as Slack asks.
    """

    def __init__(self, client: WebClient, place: Place, clock: Callable[[], float] = time.monotonic) -> None:
        """`client` waits when it is told to, as the end of a reply must."""
        self._client = client
        self._place = place
        self._clock = clock
        self._next = clock() + PAUSE_S
        self._said = ""
        self._streamed = 0
        self._ts = ""
        self._streams = True

    def grow(self, sentence: str) -> None:
        """Shows a sentence, not more often than Slack likes; what goes wrong is made up for at the end."""
        self._said += sentence
        now = self._clock()
        if now < self._next:
            return
        self._next = now + PAUSE_S
        try:
            self._show(WebClient(token=self._client.token, base_url=self._client.base_url, retry_handlers=[]))
        except SlackApiError as error:
            self._next = now + max(PAUSE_S, _asked_to_wait(error))
        except _FAILED:
            return

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

    def _show(self, client: WebClient) -> None:
        if self._streams:
            try:
                self._stream(client, escaped_markdown(self._said[self._streamed :]))
            except _FAILED as error:
                if _asked_to_wait(error):
                    raise
                self._streams = False
            else:
                self._streamed = len(self._said)
                return
        if self._ts:
            client.chat_update(channel=self._place.channel, ts=self._ts, text=escaped(self._said))

    def _stream(self, client: WebClient, text: str) -> None:
        place = self._place
        if self._ts:
            client.chat_appendStream(channel=place.channel, ts=self._ts, markdown_text=text)
            return
        begun = client.chat_startStream(
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
                channel=self._place.channel,
                ts=self._ts,
                text=message.text,
                blocks=message.blocks,
                unfurl_links=False,
                unfurl_media=False,
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


def _asked_to_wait(error: Exception) -> float:
    """The seconds for which Slack asks to be left alone; 0 where it does not."""
    if not isinstance(error, SlackApiError) or error.response.status_code != 429:
        return 0
    asked = {name.lower(): value for name, value in error.response.headers.items()}.get("retry-after", "")
    return float(asked) if str(asked).isdecimal() else 30.0
