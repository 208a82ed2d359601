"""Files sent in Slack come into the index for those who may, and the token goes to Slack alone."""

from __future__ import annotations

from typing import Any

import pytest

import rag
from rag import sample_folder
from rag.interfaces.slack.uploads import Uploads
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.conftest import Bot, Heard
from tests.interfaces.slack.workspace import Workspace


def shared(place: Workspace, name: str = "年报.txt", content: bytes = b"") -> dict[str, Any]:
    place.files["/files/F1"] = content
    return {"id": "F1", "name": name, "url_private_download": f"{place.url}/files/F1"}


@pytest.fixture
def filing(place: Workspace) -> dict[str, Any]:
    """A filing that the index does not have yet."""
    first = next(path for path in sorted(sample_folder().glob("*.txt")) if "2024_half_year" not in path.name)
    return shared(place, first.name, first.read_bytes() + "\n补充说明。\n".encode())


def test_a_file_of_an_uploader_is_read_in(bot: Bot, assistant: rag.Assistant, filing: dict[str, Any]) -> None:
    before = len(assistant.filings())
    bot.deliver(slack.event("", subtype="file_share", files=[filing]))
    (message,) = bot.settled().shown()
    assert f"{filing['name']}：已读入" in message.text
    assert len(assistant.filings()) == before + 1
    assert bot.place.called("GET /files/F1")[0]["authorization"] == "Bearer xoxb-test"


def test_a_question_beside_the_file_is_answered_after_it(
    bot: Bot, heard: Heard, filing: dict[str, Any]
) -> None:
    bot.deliver(slack.mention("营收多少", files=[filing]))
    told, answered = bot.settled().shown()
    assert "已读入" in told.text
    assert "关于营收多少的回答。" in answered.text


def test_others_are_told_whom_to_ask(bot: Bot, assistant: rag.Assistant, filing: dict[str, Any]) -> None:
    before = assistant.filings()
    bot.deliver(slack.event("", user="U9", subtype="file_share", files=[filing]))
    (message,) = bot.settled().shown()
    assert "没有上传公告的权限" in message.text
    assert "U9" in message.text
    assert (assistant.filings(), bot.place.called("GET /files/F1")) == (before, [])


def test_a_file_that_cannot_be_read_is_told_and_the_next_is_read(
    bot: Bot, assistant: rag.Assistant, filing: dict[str, Any]
) -> None:
    bad = {"name": "坏.pdf", "url_private_download": f"{bot.place.url}/files/none"}
    bot.deliver(slack.event("", subtype="file_share", files=[bad, filing]))
    (message,) = bot.settled().shown()
    assert "坏.pdf：公告读不了" in message.text
    assert "已读入" in message.text


def test_without_the_permission_slack_sends_to_its_login_and_the_permission_is_named(
    bot: Bot, heard: Heard
) -> None:
    gone = {"name": "年报.pdf", "url_private_download": f"{bot.place.url}/files/none"}
    bot.deliver(slack.event("", subtype="file_share", files=[gone]))
    assert "缺少权限 files:read" in bot.settled().shown()[0].text


def test_a_file_over_the_limit_is_not_read(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.interfaces.slack.uploads._CHUNK", 1 << 10)
    limits = bot.listener._assistant.settings.limits
    monkeypatch.setattr(type(limits), "file_mb", property(lambda _: 0), raising=False)
    big = shared(bot.place, content=b"x" * 5000)
    bot.deliver(slack.event("", subtype="file_share", files=[big]))
    assert "超过上限" in bot.settled().shown()[0].text


@pytest.mark.parametrize(
    "url",
    [
        "", "file:///etc/passwd", "https://evil.example/f", "http://files.slack.com/f", "https://evilslack.com/f",
        "https://files.slack.com@evil.example/f", "//files.slack.com/f",
    ],
)  # fmt: skip
def test_the_token_is_sent_nowhere_else(assistant: rag.Assistant, url: str) -> None:
    uploads = Uploads(assistant, "xoxb-test", "https://slack.com/api/")
    assert not uploads._trusted(url)


@pytest.mark.parametrize("url", ["https://files.slack.com/f", "https://slack.com/files/f"])
def test_slacks_own_hosts_get_the_token(assistant: rag.Assistant, url: str) -> None:
    assert Uploads(assistant, "xoxb-test", "https://slack.com/api/")._trusted(url)


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "a\\b.txt", "..", "", ".hidden.txt", "\x00.txt"])
def test_a_files_name_stays_a_name(bot: Bot, heard: Heard, name: str) -> None:
    bot.deliver(slack.event("", subtype="file_share", files=[shared(bot.place, name, b"x")]))
    said = bot.settled().shown()[0].text
    assert "/" not in said.split("：")[0]
    assert not said.startswith(".")
