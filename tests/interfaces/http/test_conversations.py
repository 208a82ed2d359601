from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.interfaces.http.conftest import QUESTION


@pytest.fixture
def asked(client: TestClient) -> dict[str, object]:
    return dict(client.post("/api/ask", json={"question": QUESTION}).json())


def test_a_conversation_can_be_read_again(client: TestClient, asked: dict[str, object]) -> None:
    whole = client.get(f"/api/conversations/{asked['conversation']}").json()
    assert whole["title"] == QUESTION
    (turn,) = whole["turns"]
    assert turn["answer"]["answer"] == asked["answer"]
    assert turn["answer"]["citations"][0]["standing"] == "current"


def test_an_old_citation_says_that_its_filing_is_gone(
    client: TestClient, asked: dict[str, object], text: str
) -> None:
    client.delete(f"/api/filings/{text}")
    whole = client.get(f"/api/conversations/{asked['conversation']}").json()
    assert whole["turns"][0]["answer"]["citations"][0]["standing"] == "removed"


def test_a_conversation_is_forgotten_for_good(
    client: TestClient, asked: dict[str, object], index: Path
) -> None:
    address = f"/api/conversations/{asked['conversation']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_all_conversations_can_be_forgotten(client: TestClient, asked: dict[str, object]) -> None:
    client.delete("/api/conversations")
    assert client.get("/api/conversations").json() == {"conversations": []}


def test_feedback_is_stored_with_the_answer_it_is_of(client: TestClient, asked: dict[str, object]) -> None:
    body = {"turn": asked["turn"], "verdict": "wrong_page", "comment": "应在第 7 页"}
    given = client.post("/api/feedback", json=body)
    assert given.status_code == 201
    (stored,) = client.get("/api/feedback").json()["feedback"]
    assert (stored["question"], stored["verdict"], stored["status"]) == (QUESTION, "wrong_page", "new")


def test_feedback_on_no_answer_is_refused(client: TestClient) -> None:
    assert client.post("/api/feedback", json={"turn": 999, "verdict": "good"}).status_code == 404


def test_search_gives_passages_the_nearest_first(client: TestClient) -> None:
    hits = client.post("/api/search", json={"query": "营业收入", "k": 3}).json()["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
