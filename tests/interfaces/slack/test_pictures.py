"""The pages cited come as pictures, where that is wanted and there are any."""

from __future__ import annotations

from dataclasses import replace

import pytest

import rag
from rag.interfaces.slack.pictures import show_pages
from rag.interfaces.slack.reply import Place
from rag.interfaces.slack.running import web_client
from tests.answering.test_as_json import ANSWER
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.conftest import Bot
from tests.interfaces.slack.workspace import Workspace

PLACE = Place("T1", "C1", "9.1", "U1")


def cited(*links: str) -> rag.Answer:
    citations = [replace(ANSWER.citations[0], marker=n, link=link) for n, link in enumerate(links, 1)]
    return replace(ANSWER, citations=tuple(citations))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    pages: list[int] = []

    def image(_: object, filing_id: str, position: int) -> bytes:
        if position > 90:
            raise rag.UserError("没有图片。")
        pages.append(position)
        return b"PNG"

    monkeypatch.setattr(rag.Assistant, "page_image", image)
    return pages


def show(assistant: rag.Assistant, place: Workspace, answer: rag.Answer) -> list[str]:
    show_pages(assistant, web_client("xoxb-test", base_url=f"{place.url}/api/"), PLACE, answer)
    return [call["filename"] for call in place.called("files.getUploadURLExternal")]


def test_each_page_is_shown_once_and_two_at_most(
    assistant: rag.Assistant, place: Workspace, drawn: list[int]
) -> None:
    answer = cited("/v/a?p=7&c=1-2", "/v/a?p=7&c=5-9", "/v/a?p=8&c=1-2", "/v/a?p=9&c=1-2")
    assert show(assistant, place, answer) == ["page-7.png", "page-8.png"]
    done = place.called("files.completeUploadExternal")[0]
    assert (done["channel_id"], done["thread_ts"]) == ("C1", "9.1")


def test_a_text_filing_has_no_picture(assistant: rag.Assistant, place: Workspace, drawn: list[int]) -> None:
    assert show(assistant, place, cited("/v/a?p=91&c=1-2")) == []


def test_pictures_come_only_where_they_are_wanted(bot: Bot, drawn: list[int]) -> None:
    bot.deliver(slack.event("澜图工软2024年上半年营业收入是多少？"))
    bot.settled()
    assert drawn == []


def wanting_pictures(assistant: rag.Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = assistant.settings
    slack_settings = settings.slack.model_copy(update={"page_picture": True})
    monkeypatch.setattr(assistant, "_settings", settings.model_copy(update={"slack": slack_settings}))


def test_pictures_follow_the_answer(
    assistant: rag.Assistant, bot: Bot, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting_pictures(assistant, monkeypatch)
    bot.deliver(slack.event("澜图工软2024年上半年营业收入是多少？"))
    bot.settled()
    assert drawn[0] == 6


def test_a_permission_missing_for_pictures_is_told_in_the_thread(
    assistant: rag.Assistant, bot: Bot, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting_pictures(assistant, monkeypatch)
    bot.place.refusals = {"files.getUploadURLExternal": [{"error": "missing_scope", "needed": "files:write"}]}
    bot.deliver(slack.event("澜图工软2024年上半年营业收入是多少？"))
    answered, told = bot.settled().shown()
    assert "214,889,491.45" in answered.text
    assert "缺少权限 files:write" in told.text
