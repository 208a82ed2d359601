"""What Slack delivers is answered once, in its place, whoever delivers it how often."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter

import pytest

import rag
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.conftest import FORM, Bot, Heard, start
from tests.interfaces.slack.workspace import Workspace


def test_a_direct_message_is_answered_in_its_thread(bot: Bot, heard: Heard) -> None:
    assert bot.deliver(slack.event("营收多少", ts="100.5")) == 200
    (message,) = bot.settled().shown()
    assert (message.channel, message.thread, "关于营收多少的回答。" in message.text) == ("D1", "100.5", True)


def test_a_mention_is_answered_in_the_thread_it_stands_in(bot: Bot, heard: Heard) -> None:
    bot.deliver(slack.mention("营收多少", thread_ts="99.1"))
    (message,) = bot.settled().shown()
    assert (message.channel, message.thread) == ("C1", "99.1")
    assert heard.questions == ["营收多少"]


def test_real_answers_have_their_citations_as_links(bot: Bot) -> None:
    bot.deliver(slack.event("澜图工软2024年上半年营业收入是多少？"))
    (message,) = bot.settled().shown()
    assert "214,889,491.45元" in message.text
    assert "<https://xunju.example/v/" in message.text
    assert "|[1]>" in message.text
    assert not message.unfurls


@pytest.mark.timeout(300)  # ten seconds on a quiet machine
def test_a_thousand_messages_each_delivered_up_to_four_times_get_one_answer_each(
    bot: Bot, heard: Heard
) -> None:
    chance = random.Random(8)
    deliveries = [f"Ev{number}" for number in range(1000) for _ in range(chance.randint(1, 4))]
    chance.shuffle(deliveries)
    statuses = Counter(bot.deliver(slack.event(f"问题{name}", name)) for name in deliveries)
    place = bot.settled()
    assert statuses == {200: len(deliveries)}
    assert sorted(heard.questions) == sorted(f"问题Ev{number}" for number in range(1000))
    assert Counter(message.thread for message in place.shown()) == Counter(f"100.Ev{n}" for n in range(1000))


def test_a_restart_does_not_answer_again(
    assistant: rag.Assistant, place: Workspace, bot: Bot, heard: Heard
) -> None:
    bot.deliver(slack.event("一"))
    bot.settled()
    again = start(assistant, place)
    again.deliver(slack.event("一"))
    assert len(again.settled().shown()) == 1


def test_slack_is_answered_before_the_assistant_has_thought(bot: Bot, heard: Heard) -> None:
    acknowledged = threading.Event()

    def thinks(question: str) -> rag.Answer:
        assert acknowledged.wait(50)
        return rag.Answer(question, "想好了。")

    heard.says = thinks
    assert bot.deliver(slack.event("一")) == 200
    acknowledged.set()
    assert "想好了。" in bot.settled().shown()[0].text


@pytest.mark.parametrize(("secret", "age_s"), [("wrong", 0), (slack.SECRET, 600), (slack.SECRET, -600)])
def test_a_wrong_signature_or_a_stale_timestamp_gets_401(
    bot: Bot, heard: Heard, secret: str, age_s: int
) -> None:
    assert bot.deliver(slack.event("一"), secret=secret, at=time.time() - age_s) == 401
    assert bot.settled().shown() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"bot_id": "B7"},
        {"channel": "C1", "channel_type": "channel"},
        {"user": slack.BOT},
    ],
)
def test_what_is_no_question_to_the_bot_is_let_go(bot: Bot, heard: Heard, changed: dict[str, str]) -> None:
    bot.deliver(slack.event("一", **changed))
    assert bot.settled().shown() == []


def test_a_mention_in_a_direct_message_is_not_answered_twice(bot: Bot, heard: Heard) -> None:
    bot.deliver(slack.event("一", "Ev1", ts="7.7"))
    bot.deliver(slack.mention("一", "Ev2", ts="7.7", channel="D1", channel_type="im"))
    assert len(bot.settled().shown()) == 1


def test_a_follow_up_in_a_thread_knows_what_was_said(
    bot: Bot, heard: Heard, assistant: rag.Assistant
) -> None:
    bot.deliver(slack.mention("一", "Ev1", ts="9.1"))
    bot.settled()
    later = start(assistant, bot.place)
    later.deliver(slack.mention("二", "Ev2", ts="9.2", thread_ts="9.1"))
    later.deliver(slack.mention("别处", "Ev3", ts="9.3"))
    later.settled()
    assert dict(zip(heard.questions, heard.histories, strict=True)) == {"一": [], "二": ["一"], "别处": []}


def test_a_conversation_can_be_deleted_where_it_stands(
    bot: Bot, heard: Heard, assistant: rag.Assistant
) -> None:
    bot.deliver(slack.mention("一", "Ev1", ts="9.1"))
    bot.settled()
    later = start(assistant, bot.place)
    later.deliver(slack.mention("删除对话", "Ev2", ts="9.2", thread_ts="9.1"))
    assert "已删除" in later.settled().shown()[-1].text
    assert assistant.conversations.of(None) == ()


def test_the_filings_can_be_listed(bot: Bot, heard: Heard) -> None:
    bot.deliver(slack.event("公告列表"))
    assert "澜图工软 2024H1" in bot.settled().shown()[0].text


def test_a_bare_mention_gets_help(bot: Bot, heard: Heard) -> None:
    bot.deliver(slack.mention(""))
    assert "直接提问即可" in bot.settled().shown()[0].text


def test_an_error_is_told_in_words(bot: Bot) -> None:
    bot.deliver(slack.event("长" * 3000))
    assert "超过上限" in bot.settled().shown()[0].text


def test_an_error_of_ours_is_told_without_its_text(
    bot: Bot, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str) -> rag.Answer:
        raise RuntimeError("内情")

    heard.says = broken
    bot.deliver(slack.event("一个秘密问题"))
    (message,) = bot.settled().shown()
    assert "程序出错" in message.text
    assert "内情" not in message.text
    assert "一个秘密问题" not in caplog.text


def test_a_command_is_acknowledged_and_answered_to_its_sender_alone(
    bot: Bot, heard: Heard, assistant: rag.Assistant
) -> None:
    assert bot.deliver(slack.command("营收多少", f"{bot.place.url}/respond"), FORM) == 200
    acknowledged = json.loads(bot.responses[0].body)
    place = bot.settled()
    (answered,) = place.called("respond")
    assert acknowledged["response_type"] == "ephemeral"
    assert (answered["response_type"], "关于营收多少的回答。" in answered["text"]) == ("ephemeral", True)
    assert answered["unfurl_links"] is False
    assert place.shown() == []


def test_a_command_delivered_twice_is_answered_once(bot: Bot, heard: Heard) -> None:
    for _ in range(2):
        bot.deliver(slack.command("一", f"{bot.place.url}/respond"), FORM)
    assert len(bot.settled().called("respond")) == 1


def test_a_button_pressed_is_feedback_on_the_answer_shown(
    bot: Bot, heard: Heard, assistant: rag.Assistant
) -> None:
    bot.deliver(slack.event("营收多少"))
    buttons = bot.settled().shown()[0].blocks[-1]["elements"]
    again = start(assistant, bot.place)
    for _ in range(2):
        again.deliver(slack.press(buttons[1]["value"], f"{bot.place.url}/respond"), FORM)
    told = again.settled().called("respond")
    (entry,) = assistant.feedback()
    assert (entry.verdict, entry.question) == ("wrong_figure", "营收多少")
    assert "关于营收多少的回答。" in entry.answer
    assert [one["text"] for one in told] == ["已记下，谢谢。"] * 2


def test_feedback_on_a_forgotten_answer_says_that_it_is_gone(bot: Bot, heard: Heard) -> None:
    bot.deliver(slack.press("77:good", f"{bot.place.url}/respond"), FORM)
    assert "没有这段对话" in bot.settled().called("respond")[0]["text"]
