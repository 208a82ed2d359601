"""Answers become legal Slack messages: within its limits, nothing cut wrong, nothing obeyed."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from rag import Answer, Citation, Hit, Refusal
from rag.interfaces.slack.messages import Block, Message, answer_messages, plain_messages
from tests.answering.test_as_json import ANSWER, SOURCE
from tests.interfaces.slack.test_wording import PAYLOADS

BASE = "https://xunju.example/"
LINK = "/v/abababababababab?p=7&c=3-5"
CITED = tuple(replace(ANSWER.citations[0], marker=number, link=LINK) for number in (1, 2))


def texts(block: Block) -> list[str]:
    inside = block.get("elements") or [block.get("text")]
    return [piece["text"] for piece in inside if isinstance(piece["text"], str)]  # type: ignore[index,union-attr]


def shown(message: Message) -> str:
    return "\n".join(text for block in message.blocks for text in texts(block))


def is_legal(message: Message) -> bool:
    sizes = [len(text) for block in message.blocks for text in texts(block)]
    return len(message.blocks) <= 50 and max(sizes) <= 3000 and sum(sizes) <= 13_000


def test_a_marker_leads_to_the_page() -> None:
    (message,) = answer_messages(Answer("问", "答[2]。", citations=CITED), BASE, None)
    assert "答<https://xunju.example/v/abababababababab?p=7&amp;c=3-5|[2]>。" in shown(message)


def test_without_an_address_nothing_is_a_link() -> None:
    (message,) = answer_messages(Answer("问", "答[2]。", citations=CITED), "", None)
    assert "<" not in shown(message)
    assert "答[2]。" in shown(message)


def test_a_citation_shows_where_it_stands_and_its_quote() -> None:
    (message,) = answer_messages(Answer("问", "答[1]。", citations=CITED[:1]), BASE, None)
    assert "|[1] 甲公司 · 2024H1 · 第7页 · 第二节>" in shown(message)
    assert ">原文" in shown(message)


@pytest.mark.parametrize("payload", [*PAYLOADS, "a|b>c"])
def test_no_text_of_a_filing_or_a_model_is_obeyed(payload: str) -> None:
    source = replace(SOURCE, company=payload, title=payload, source=payload, section=(payload,))
    citation = Citation(1, source, payload, 0, 1, (), LINK)
    answer = Answer(
        payload, f"{payload}[1]。", citations=(citation,), warnings=(payload,), suggestions=(payload,)
    )
    refused = replace(
        answer,
        refusal=Refusal("not_disclosed", payload, (payload,), (payload,)),
        nearest=(Hit(1, 0.5, payload, source, 0, 1),),
    )
    for message in [*answer_messages(answer, BASE, 1), *answer_messages(refused, BASE, 1)]:
        for text in (shown(message), message.text):
            ours = re.sub(r"<https://xunju\.example/v/[^<>|]*\|[^<>|]*>", "", text)
            assert "<" not in ours
            assert ">" not in re.sub(r"(?m)^>", "", ours)  # a quote opens its line so


def test_a_heading_over_two_lines_does_not_break_its_link() -> None:
    source = replace(SOURCE, section=("第二节\n主要指标",))
    answer = Answer("问", "答[1]。", citations=(Citation(1, source, "原文", 0, 1, (), LINK),))
    assert "· 第二节 主要指标>" in shown(answer_messages(answer, BASE, None)[0])


def test_slack_is_told_to_leave_names_and_addresses_alone() -> None:
    (message,) = answer_messages(replace(ANSWER, answer="@channel https://evil.example[1]"), BASE, None)
    objects = re.findall(r'\{"type": "mrkdwn"[^{}]*\}', json.dumps(message.blocks))
    assert objects
    assert all(json.loads(one)["verbatim"] is True for one in objects)


def test_twenty_thousand_characters_are_split_legally() -> None:
    sentence = "报告期内营业收入为1,234,567,890.12元，同比增长12.34%，主要因为新产品放量<&>[1]；"
    text = (sentence * 500)[:19_990] + "[2]。"
    messages = answer_messages(Answer("问", text, citations=CITED), BASE, 7)
    assert len(messages) > 1
    assert all(is_legal(message) for message in messages)
    sections = [
        found
        for message in messages
        for block in message.blocks
        for found in texts(block)
        if block["type"] == "section"
    ]
    said = "".join(sections[:-2])  # the last two are the citations
    plain = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", said)
    assert plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
    assert all(re.search(r"[；。](?:<[^<>]*>)?$|\[\d+\]>；$", section) for section in sections[:-2])


def test_only_the_last_message_has_the_buttons() -> None:
    messages = answer_messages(Answer("问", "长。" * 9000), BASE, 7)
    kinds = [[block["type"] for block in message.blocks] for message in messages]
    assert ["actions" in found for found in kinds] == [False, True]
    assert kinds[-1][-1] == "actions"


def test_many_citations_are_spread_over_messages() -> None:
    many = tuple(replace(CITED[0], marker=number) for number in range(1, 121))
    messages = answer_messages(Answer("问", "答。", citations=many), BASE, 7)
    assert len(messages) == 3
    assert all(is_legal(message) for message in messages)


def test_a_button_names_the_turn_and_the_verdict() -> None:
    (message,) = answer_messages(Answer("问", "答。"), BASE, 7)
    values = [button["value"] for button in message.blocks[-1]["elements"]]  # type: ignore[attr-defined]
    assert values == ["7:good", "7:wrong_figure", "7:wrong_page", "7:missing"]


def test_an_answer_that_was_not_stored_has_no_buttons() -> None:
    (message,) = answer_messages(Answer("问", "答。"), BASE, None)
    assert all(block["type"] != "actions" for block in message.blocks)


def test_a_refusal_tells_its_reason_and_the_nearest_passages() -> None:
    refused = replace(
        ANSWER,
        answer="",
        citations=(),
        refusal=Refusal("not_disclosed", "没有披露。", ("第三节",), ("甲", "乙")),
    )
    (message,) = answer_messages(refused, BASE, 7)
    said = shown(message)
    assert "未披露：没有披露。" in said
    assert "查看过：第三节" in said
    assert "可选：甲；乙" in said
    assert "最接近的段落 1：甲公司" in said


@pytest.mark.parametrize(("answerer", "label"), [("extractive", "摘录式"), ("model:m", "AI 生成")])
def test_an_answer_says_who_worded_it(answerer: str, label: str) -> None:
    (message,) = answer_messages(Answer("问", "答。", answerer=answerer), BASE, None)
    assert label in shown(message)


def test_the_plain_words_of_a_message_are_those_of_its_blocks() -> None:
    (message,) = plain_messages("甲<乙")
    assert message.text == "甲&lt;乙"
