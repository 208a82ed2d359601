"""A reply ends as one complete message, whenever and however its stream dies."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import builtin_handlers

from rag.interfaces.slack.messages import plain_messages
from rag.interfaces.slack.reply import Place, ThreadReply
from rag.interfaces.slack.running import web_client
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.workspace import Workspace

SENTENCES = [f"第{number}句<b>[{number}]。" for number in range(1, 7)]
WHOLE = "".join(SENTENCES)
DEAD = "message_not_in_streaming_state"


@pytest.fixture
def place() -> Iterator[Workspace]:
    with slack.workspace() as made:
        yield made


def reply_to(place: Workspace, step: float = 2.0) -> ThreadReply:
    """A reply on whose clock `step` seconds pass between two looks."""
    ticks = itertools.count(0, step)
    client = web_client("xoxb-test", base_url=f"{place.url}/api/")
    return ThreadReply(client, Place("T1", "C1", "9.1", "U1"), lambda: float(next(ticks)))


def spoken(place: Workspace, step: float = 2.0) -> None:
    reply = reply_to(place, step)
    for sentence in SENTENCES:
        reply.grow(sentence)
    reply.finish(plain_messages(WHOLE))


def is_complete(place: Workspace) -> bool:
    (message,) = place.shown()
    shown = "".join(block["text"]["text"] for block in message.blocks)
    return (shown, message.streaming, message.thread) == (WHOLE.replace("<b>", "&lt;b&gt;"), False, "9.1")


def test_sentences_are_streamed_as_they_come(place: Workspace) -> None:
    spoken(place)
    (begun,) = place.called("chat.startStream")
    assert (begun["recipient_user_id"], begun["recipient_team_id"]) == ("U1", "T1")
    assert len(place.called("chat.appendStream")) == len(SENTENCES) - 1
    assert is_complete(place)


def test_no_link_is_unfurled_streamed_or_not(place: Workspace) -> None:
    spoken(place)
    spoken(place, step=0.01)
    assert [message.unfurls for message in place.shown()] == [False, False]


def test_what_is_streamed_is_escaped(place: Workspace) -> None:
    spoken(place)
    assert place.called("chat.startStream")[0]["markdown_text"] == "第1句&lt;b&gt;\\[1\\]。"


@pytest.mark.parametrize("killed", range(1, len(SENTENCES)))
@pytest.mark.parametrize("error", [DEAD, "internal_error", (500, {})])
def test_a_stream_killed_at_any_append_ends_complete(place: Workspace, killed: int, error: object) -> None:
    place.refusals = {
        "chat.appendStream": [*[None] * (killed - 1), error],
        "chat.stopStream": [DEAD],
    }
    spoken(place)
    assert is_complete(place)


def test_after_the_death_of_a_stream_the_message_still_grows(place: Workspace) -> None:
    place.refusals = {"chat.appendStream": [DEAD]}
    spoken(place)
    grown = [call["text"] for call in place.called("chat.update")]
    assert len(grown) == len(SENTENCES) - 1 + 1
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(grown[:-1]))


def test_where_no_stream_can_be_begun_the_answer_is_posted_whole(place: Workspace) -> None:
    place.refusals = {"chat.startStream": ["not_allowed"]}
    spoken(place)
    assert is_complete(place)
    assert place.called("chat.appendStream") == []


def test_updates_that_fail_on_the_way_do_no_harm(place: Workspace) -> None:
    place.refusals = {"chat.appendStream": [DEAD], "chat.update": ["internal_error"] * 3}
    spoken(place)
    assert is_complete(place)


def test_a_message_that_cannot_be_replaced_is_posted_anew_and_the_part_goes(place: Workspace) -> None:
    place.refusals = {"chat.update": ["cant_update_message"]}
    spoken(place)
    assert is_complete(place)
    assert len(place.called("chat.delete")) == 1


def test_an_answer_that_is_whole_at_once_is_not_streamed(place: Workspace) -> None:
    spoken(place, step=0.01)
    assert [name for name, _ in place.calls] == ["chat.postMessage"]


def test_too_fast_waits_as_long_as_slack_asks(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(builtin_handlers.time, "sleep", slept.append)
    place.refusals = {"chat.postMessage": [(429, {"Retry-After": "30"}), (429, {"Retry-After": "7"})]}
    reply_to(place).finish(plain_messages("完。"))
    assert len(place.shown()) == 1
    assert [30 <= slept[0] < 31, 7 <= slept[1] < 8, len(slept)] == [True, True, 2]


def test_too_fast_in_a_stream_is_still_as_long_as_slack_asks_and_loses_nothing(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin_handlers.time, "sleep", lambda _: pytest.fail("the model would have waited"))
    place.refusals = {"chat.appendStream": [None, (429, {"Retry-After": "3"})]}
    spoken(place)  # two seconds between sentences: the one after the refusal comes too soon
    appended = [call["markdown_text"] for call in place.called("chat.appendStream")]
    assert [text.count("。") for text in appended] == [1, 1, 3, 1]
    assert is_complete(place)


def test_what_cannot_be_posted_at_all_is_an_error(place: Workspace) -> None:
    place.refusals = {"chat.postMessage": [{"error": "missing_scope", "needed": "chat:write"}]}
    with pytest.raises(SlackApiError):
        reply_to(place).finish(plain_messages("完。"))


def test_later_parts_follow_in_the_thread(place: Workspace) -> None:
    reply = reply_to(place)
    reply.grow(SENTENCES[0])
    reply.finish(plain_messages("长。" * 8000))
    shown = place.shown()
    assert len(shown) == 2
    assert {message.thread for message in shown} == {"9.1"}
