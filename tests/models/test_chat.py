"""The door to chat models over a real socket: replies, streaming, and every way a service fails."""

from __future__ import annotations

import time

import pytest
from pydantic import SecretStr

from rag.errors import ModelError
from rag.models.chat import Message, Reply, open_chat, token_estimate
from rag.settings import LlmSettings
from tests.fakes_chat import WireReply, chat_server

ASKED = [Message("system", "你是查阅员。"), Message("human", "营收多少？")]
SCHEMA: dict[str, object] = {"type": "object"}
# ChatOpenAI's own client is closed by the garbage collector, which pytest would call an unclosed socket.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.models.chat._PAUSE_S", 0.01)


def settings(url: str, **changed: object) -> LlmSettings:
    return LlmSettings(provider="openai", model="m", base_url=url, retries=0, timeout_s=60).model_copy(
        update=changed
    )


def failing(reply: WireReply, **changed: object) -> ModelError:
    with chat_server(reply) as (url, _), pytest.raises(ModelError) as caught:
        open_chat(settings(url, **changed)).reply(ASKED)
    return caught.value


def answered(reply: WireReply, **changed: object) -> tuple[Reply, list[dict[str, object]]]:
    with chat_server(reply) as (url, requests):
        return open_chat(settings(url, **changed)).reply(ASKED, SCHEMA), requests


def test_a_streamed_reply_comes_whole() -> None:
    assert answered(WireReply('{"claims": []}'))[0].text == '{"claims": []}'


def test_a_reply_at_once_tells_its_tokens() -> None:
    reply, _ = answered(WireReply("好"), stream=False)
    assert reply.usage == {"prompt": 7, "completion": 3, "total": 10}


def test_tokens_come_piece_by_piece() -> None:
    pieces: list[str] = []
    with chat_server(WireReply("一二三四五六七八九十")) as (url, _):
        open_chat(settings(url)).reply(ASKED, None, pieces.append)
    assert pieces == ["一二三四五六七八", "九十"]


def test_json_mode_is_asked_for() -> None:
    assert answered(WireReply())[1][0]["response_format"] == {"type": "json_object"}


def test_json_mode_is_not_asked_for_when_set_to_text() -> None:
    assert "response_format" not in answered(WireReply(), structured="text")[1][0]


def test_the_limit_goes_out_under_the_name_that_all_services_know() -> None:
    assert answered(WireReply(), max_output_tokens=99)[1][0]["max_tokens"] == 99


def test_a_server_without_json_mode_is_asked_again_without_it() -> None:
    with chat_server(WireReply(status=400), WireReply("好")) as (url, requests):
        assert open_chat(settings(url)).reply(ASKED, SCHEMA).text == "好"
    assert "response_format" not in requests[1]


def test_a_rate_limit_is_retried_before_the_first_token() -> None:
    with chat_server(WireReply(status=429), WireReply("好")) as (url, requests):
        assert open_chat(settings(url, retries=1)).reply(ASKED).text == "好"
    assert len(requests) == 2


def test_a_failure_is_sent_once_without_retries() -> None:
    with chat_server(WireReply(status=500)) as (url, requests), pytest.raises(ModelError):
        open_chat(settings(url)).reply(ASKED)
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("status", "word", "retryable"),
    [
        (401, "密钥", False),
        (403, "拒绝访问", False),
        (404, "base_url", False),
        (429, "限流", True),
        (503, "503", True),
    ],
)
def test_a_status_is_told_in_words(status: int, word: str, retryable: bool) -> None:
    error = failing(WireReply(status=status))
    assert word in str(error)
    assert error.retryable is retryable


@pytest.mark.parametrize("stream", [True, False])
def test_a_web_page_is_told_from_an_answer(stream: bool) -> None:
    assert "网页" in str(failing(WireReply(html=True), stream=stream))


@pytest.mark.parametrize("stream", [True, False])
def test_an_empty_reply_is_an_error(stream: bool) -> None:
    error = failing(WireReply(""), stream=stream)
    assert isinstance(error, ModelError)


def test_a_slow_server_meets_the_deadline() -> None:
    assert "超时" in str(failing(WireReply(wait_s=0.6), timeout_s=0.3))


def test_a_dripping_server_meets_the_deadline() -> None:
    started = time.monotonic()
    error = failing(WireReply("字" * 400, drip_s=0.05), timeout_s=0.4)
    assert "超时" in str(error)
    assert time.monotonic() - started < 1.5


def test_a_stream_that_breaks_off_is_an_error_with_its_tokens() -> None:
    error = failing(WireReply("一二三四五六七八九十", cut=True))
    assert "断开" in str(error)
    assert error.tokens_spent > 0


def test_nothing_listening_is_told() -> None:
    with chat_server(WireReply()) as (url, _):
        pass
    with pytest.raises(ModelError, match="连不上"):
        open_chat(settings(url)).reply(ASKED)


def test_a_key_that_cannot_be_sent_is_told() -> None:
    assert "密钥" in str(failing(WireReply(), api_key=SecretStr("密钥")))


def test_a_missing_key_is_told_before_anything_is_sent() -> None:
    with pytest.raises(ModelError, match="XUNJU_LLM_API_KEY"):
        open_chat(LlmSettings(provider="deepseek"))


def test_a_preset_brings_its_model() -> None:
    assert open_chat(LlmSettings(provider="deepseek", api_key=SecretStr("k"))).name == "deepseek-chat"


def test_a_missing_model_name_is_told() -> None:
    with pytest.raises(ModelError, match="model"):
        open_chat(LlmSettings(provider="ollama"))


def test_tokens_are_counted_without_a_download() -> None:
    assert token_estimate("营业收入abc") == 5
