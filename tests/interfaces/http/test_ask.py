from __future__ import annotations

import re

from fastapi.testclient import TestClient

from rag.interfaces.http.routes.ask import sentences
from tests.interfaces.http.conftest import QUESTION, UNANSWERABLE, Opener
from tests.interfaces.http.reading import events


def test_an_answer_comes_with_its_citations_and_where_it_was_recorded(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert "214,889,491.45元" in answer["answer"]
    assert answer["citations"][0]["page"] == 6
    assert answer["conversation"]
    assert answer["turn"] > 0


def test_a_refusal_is_an_answer_with_its_reason(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": UNANSWERABLE})
    assert answer.status_code == 200
    assert answer.json()["refusal"]["reason"] == "not_disclosed"
    assert answer.json()["nearest"]


def test_sources_come_first_then_sentences_then_the_answer(client: TestClient) -> None:
    told = events(client.post("/api/ask/stream", json={"question": QUESTION}).text)
    names = [name for name, _ in told]
    assert names[0] == "sources"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"sentence"}


def test_the_sentences_together_are_the_answer_without_its_markers(client: TestClient) -> None:
    told = events(client.post("/api/ask/stream", json={"question": QUESTION}).text)
    spoken = "".join(value["text"] for name, value in told if name == "sentence")
    assert spoken == re.sub(r"\[\d+\]", "", told[-1][1]["answer"])


def test_an_error_of_the_question_is_told_in_words_in_the_stream(client: TestClient) -> None:
    body = {"question": QUESTION, "company": "没有这家公司"}
    ((name, value),) = events(client.post("/api/ask/stream", json=body).text)
    assert (name, value["kind"]) == ("error", "user")


def test_a_follow_up_goes_on_in_its_conversation(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": QUESTION}).json()
    body = {"question": "那归母净利润呢？", "conversation": first["conversation"]}
    second = client.post("/api/ask", json=body).json()
    assert second["conversation"] == first["conversation"]
    assert "澜图工软" in second["answer"]
    assert "净利润" in second["answer"]


def test_a_history_given_with_the_question_serves_as_well(client: TestClient) -> None:
    body = {"question": "那归母净利润呢？", "history": [{"question": QUESTION, "answer": "……"}]}
    assert "净利润" in client.post("/api/ask", json=body).json()["answer"]


def test_a_question_that_is_not_to_be_kept_leaves_no_conversation(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION, "keep": False}).json()
    assert (answer["conversation"], answer["turn"]) == ("", None)
    assert client.get("/api/conversations").json() == {"conversations": []}


def test_too_long_a_question_is_refused_in_words(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "问" * 3000})
    assert answer.status_code == 400
    assert "question_chars" in answer.json()["detail"]


def test_somebody_who_asks_too_often_has_to_wait(serve: Opener) -> None:
    client = serve(questions_per_minute=1)
    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 200
    second = client.post("/api/ask", json={"question": QUESTION})
    assert second.status_code == 429
    assert 1 <= int(second.headers["Retry-After"]) <= 60


def test_text_is_cut_behind_its_sentences_with_their_markers() -> None:
    assert sentences("甲增长[1]。乙下降。[2]丙") == ["甲增长[1]。", "乙下降。[2]", "丙"]
