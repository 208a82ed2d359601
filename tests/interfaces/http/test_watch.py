from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag import Assistant
from rag.interfaces.http.logs import JsonLines
from rag.interfaces.http.pacing import Pace
from tests.interfaces.http.conftest import QUESTION, Opener


def test_every_answer_has_the_id_that_the_request_named(client: TestClient) -> None:
    assert client.get("/livez", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"] == "abc-1"


def test_an_id_that_could_break_a_log_is_replaced(client: TestClient) -> None:
    assert client.get("/livez", headers={"X-Request-Id": "a b\t"}).headers["X-Request-Id"] != "a b\t"


def test_a_page_may_run_its_own_scripts_only(client: TestClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/v/0123456789abcdef", "/c/abc"])
def test_every_address_of_the_page_is_the_page(client: TestClient, path: str) -> None:
    assert "/static/js/main.js" in client.get(path).text


def test_the_page_holds_no_script_or_style_of_its_own(client: TestClient) -> None:
    page = client.get("/").text
    assert "<style" not in page
    assert '<script type="module" src=' in page
    assert page.count("<script") == 1
    assert "https://" not in page


def test_no_file_outside_the_page_is_served(client: TestClient) -> None:
    assert client.get("/static/..%2fapp.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_too_large_a_body_is_refused(serve: Opener) -> None:
    client = serve(body_kb=16)
    answer = client.post("/api/ask", content=b"x" * 20_000, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["kind"] == "too_large"


def test_a_body_that_hides_its_size_is_refused_too(serve: Opener) -> None:
    client = serve(body_kb=16)
    answer = client.post(
        "/api/ask", content=iter([b"x" * 10_000] * 3), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


def test_what_is_wrong_is_told_as_a_problem_in_chinese(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "问", "questoin": 1})
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["kind"]) == (422, "invalid")
    assert problem["errors"] == ["questoin：没有这个字段"]
    assert problem["request_id"] == answer.headers["X-Request-Id"]


def test_a_bug_is_told_without_its_insides(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(Assistant, "filings", fail)
    answer = client.get("/api/filings")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.json()["detail"]


def test_the_log_has_no_question_unless_asked_for(serve: Opener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "xunju")
    serve().post("/api/ask", json={"question": QUESTION})
    (line,) = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert (line["route"], line["status"], line["outcome"]) == ("/api/ask", 200, "answered")
    assert QUESTION not in json.dumps(line, ensure_ascii=False)


def test_the_log_has_questions_where_asked_for(serve: Opener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "xunju")
    serve(log_questions=True).post("/api/ask", json={"question": QUESTION})
    assert QUESTION in JsonLines().format(caplog.records[-1])


def test_a_bug_is_logged_with_its_traceback() -> None:
    error = KeyError("where")
    record = logging.LogRecord("xunju", logging.ERROR, "", 0, "bug", (), (KeyError, error, None))
    assert "KeyError: 'where'" in json.loads(JsonLines().format(record))["traceback"]


def test_what_is_served_is_counted(client: TestClient) -> None:
    client.post("/api/ask", json={"question": QUESTION})
    counted = client.get("/metrics").text
    assert 'xunju_answers_total{answerer="extractive",outcome="answered"} 1.0' in counted
    assert 'xunju_requests_total{method="POST",route="/api/ask",status="200"} 1.0' in counted


def test_the_service_says_that_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "filings": 3}


def test_a_bucket_fills_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("rag.interfaces.http.pacing.time.monotonic", lambda: now)
    pace = Pace(60)
    assert [pace.wait_s("甲") for _ in range(60)] == [0.0] * 60
    assert pace.wait_s("甲") == pytest.approx(1.0)
    assert pace.wait_s("乙") == 0.0
    now = 101.0
    assert pace.wait_s("甲") == 0.0


def test_an_index_that_cannot_be_read_is_not_ready(client: TestClient, index: Path) -> None:
    (index / "catalogue.sqlite3").write_bytes(b"no database" * 1000)
    assert client.get("/readyz").status_code == 503
