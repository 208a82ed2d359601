from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.interfaces.http.conftest import QUESTION, UNANSWERABLE
from tests.interfaces.http.live import live, open_on
from tests.interfaces.http.reading import chunks


def _ask(question: str, **more: object) -> dict[str, object]:
    return {"model": "xunju", "messages": [{"role": "user", "content": question}], **more}


def test_a_completion_has_a_link_for_each_marker(client: TestClient) -> None:
    message = client.post("/v1/chat/completions", json=_ask(QUESTION)).json()["choices"][0]["message"]
    (one,) = message["annotations"]
    cited = one["url_citation"]
    assert message["content"][cited["start_index"] : cited["end_index"]] == "[1]"
    assert cited["url"].startswith("http://testserver/v/")
    assert "第6页" in cited["title"]


def test_the_sources_are_told_in_the_text_as_well(client: TestClient) -> None:
    content = client.post("/v1/chat/completions", json=_ask(QUESTION)).json()["choices"][0]["message"][
        "content"
    ]
    assert "出处：" in content
    assert "](http://testserver/v/" in content


def test_a_refusal_is_a_message(client: TestClient) -> None:
    completion = client.post("/v1/chat/completions", json=_ask(UNANSWERABLE)).json()
    assert "没有找到" in completion["choices"][0]["message"]["content"]


def test_earlier_messages_are_the_history(client: TestClient) -> None:
    messages = [
        {"role": "system", "content": "请简短回答"},
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "……\n\n出处：\n\n- [1] 某处"},
        {"role": "user", "content": [{"type": "text", "text": "那归母净利润呢？"}]},
    ]
    completion = client.post("/v1/chat/completions", json={"model": "xunju", "messages": messages}).json()
    assert "澜图工软" in completion["choices"][0]["message"]["content"]


def test_a_streamed_completion_is_the_whole_one_in_pieces(client: TestClient) -> None:
    whole = client.post("/v1/chat/completions", json=_ask(QUESTION)).json()["choices"][0]["message"]
    body = _ask(QUESTION, stream=True, stream_options={"include_usage": True})
    came = chunks(client.post("/v1/chat/completions", json=body).text)
    assert came[-1] is None
    assert came[-2]["choices"] == []
    deltas = [chunk["choices"][0]["delta"] for chunk in came[:-2]]
    assert "".join(delta.get("content", "") for delta in deltas) == whole["content"]
    assert [delta["annotations"] for delta in deltas if "annotations" in delta] == [whole["annotations"]]
    assert came[-3]["choices"][0]["finish_reason"] == "stop"


def test_nothing_of_a_completion_is_recorded(client: TestClient) -> None:
    client.post("/v1/chat/completions", json=_ask(QUESTION))
    assert client.get("/api/conversations").json() == {"conversations": []}


@pytest.mark.parametrize(
    "body",
    [
        {"model": "gpt-9", "messages": [{"role": "user", "content": "问"}]},
        {"model": "xunju", "messages": [{"role": "assistant", "content": "答"}]},
        {"model": "xunju", "messages": []},
    ],
)
def test_what_is_wrong_is_told_in_openai_s_shape(client: TestClient, body: dict[str, object]) -> None:
    answer = client.post("/v1/chat/completions", json=body)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["message"]


def test_openai_s_own_client_asks_streams_and_lists(index: Path) -> None:
    from openai import NotFoundError, OpenAI

    with (
        live(open_on(index)) as address,
        OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client,
    ):
        assert [model.id for model in client.models.list()] == ["xunju", "xunju-extractive"]
        messages = [{"role": "user", "content": QUESTION}]
        answer = client.chat.completions.create(model="xunju", messages=messages)  # type: ignore[call-overload]
        message = answer.choices[0].message
        assert "214,889,491.45元" in message.content
        assert message.annotations[0].url_citation.url.startswith(f"{address}/v/")
        stream = client.chat.completions.create(model="xunju", messages=messages, stream=True)  # type: ignore[call-overload]
        pieces = [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]
        assert "".join(pieces) == message.content
        with pytest.raises(NotFoundError, match="没有名为"):
            client.chat.completions.create(model="gpt-9", messages=messages)  # type: ignore[call-overload]


def test_langchain_s_client_asks_and_streams(index: Path) -> None:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    with live(open_on(index)) as address:
        client = ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("none"), model="xunju", max_retries=0)
        assert "214,889,491.45元" in client.invoke(QUESTION).text
        assert "214,889,491.45元" in "".join(chunk.text for chunk in client.stream(QUESTION))
