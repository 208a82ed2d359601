from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.interfaces.http.access import is_loopback
from rag.interfaces.http.keys import KeyFile
from tests.interfaces.http.conftest import QUESTION, Opener


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def key(index: Path) -> str:
    return KeyFile(index).add("张三", ["read"])


def test_without_a_key_configured_this_machine_comes_in(client: TestClient) -> None:
    session = client.get("/api/session").json()
    assert session["open"] is True
    assert set(session["scopes"]) == {"read", "ingest", "admin"}


def test_without_a_key_configured_nobody_comes_in_from_elsewhere(serve: Opener) -> None:
    assert serve(local=False).get("/api/filings").status_code == 401


def test_with_a_key_configured_it_is_asked_for(key: str, client: TestClient) -> None:
    answer = client.get("/api/filings")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert client.get("/api/filings", headers=_bearer(key)).status_code == 200


def test_a_wrong_key_is_no_key(key: str, client: TestClient) -> None:
    assert client.get("/api/filings", headers=_bearer(key[:-1] + "x")).status_code == 401


def test_a_reader_may_neither_upload_nor_remove(key: str, client: TestClient) -> None:
    files = [("files", ("新.pdf", b"%PDF", "application/pdf"))]
    assert client.post("/api/filings", files=files, headers=_bearer(key)).status_code == 403
    wanted = client.get("/api/filings", headers=_bearer(key)).json()["filings"][0]["id"]
    assert client.delete(f"/api/filings/{wanted}", headers=_bearer(key)).status_code == 403


def test_a_removed_key_is_worth_nothing_at_once(key: str, client: TestClient, index: Path) -> None:
    KeyFile(index).add("李四", ["admin"])
    KeyFile(index).remove("张三")
    assert client.get("/api/filings", headers=_bearer(key)).status_code == 401


def test_everybody_sees_their_own_conversations_only(key: str, client: TestClient, index: Path) -> None:
    other = KeyFile(index).add("李四", ["read", "admin"])
    asked = client.post("/api/ask", json={"question": QUESTION}, headers=_bearer(key)).json()
    assert client.get("/api/conversations", headers=_bearer(other)).json() == {"conversations": []}
    address = f"/api/conversations/{asked['conversation']}"
    assert client.get(address, headers=_bearer(other)).status_code == 404
    assert client.delete(address, headers=_bearer(other)).status_code == 404
    assert client.get(address, headers=_bearer(key)).status_code == 200


def test_the_page_shows_its_key_by_a_cookie_that_no_script_reads(key: str, client: TestClient) -> None:
    begun = client.post("/api/session", json={"key": key})
    assert begun.status_code == 204
    cookie = begun.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert client.get("/api/session").json()["name"] == "张三"


def test_a_wrong_key_begins_no_session(key: str, client: TestClient) -> None:
    assert client.post("/api/session", json={"key": "nothing"}).status_code == 401


def test_the_session_ends(key: str, client: TestClient) -> None:
    client.post("/api/session", json={"key": key})
    client.delete("/api/session")
    assert client.get("/api/session").status_code == 401


def test_an_open_service_hears_no_other_host_name(client: TestClient) -> None:
    answer = client.get("/api/filings", headers={"Host": "evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_site_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/ask", json={"question": QUESTION}, headers=headers).status_code == 403


def test_the_own_page_may_ask(client: TestClient) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/ask", json={"question": QUESTION}, headers=headers).status_code == 200


def test_somebody_who_comes_too_often_has_to_wait(serve: Opener) -> None:
    client = serve(requests_per_minute=2)
    statuses = [client.get("/api/filings").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("pc", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local
