from __future__ import annotations

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.interfaces.http.problems import Refused
from rag.interfaces.http.routes.uploads import plain_name
from tests.interfaces.http.conftest import Opener
from tests.interfaces.http.reading import events
from tests.reading.makers import report

PDF = "application/pdf"


def _done(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    while job["state"] != "done":
        time.sleep(0.05)
        job = client.get(f"/api/jobs/{job['id']}").json()
    return job


def _upload(client: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    answer = client.post("/api/filings", files=[("files", (name, data, PDF)) for name, data in files])
    assert answer.status_code == 202, answer.text
    return _done(client, answer.json())


def test_an_uploaded_filing_can_be_asked_about(client: TestClient) -> None:
    job = _upload(client, ("新报告.pdf", report(2)))
    (one,) = job["files"]
    assert (one["state"], one["name"]) == ("added", "新报告.pdf")
    assert client.get(f"/api/filings/{one['filing_id']}").json()["page_count"] == 2


def test_progress_is_told_page_by_page(client: TestClient) -> None:
    job = client.post("/api/filings", files=[("files", ("新报告.pdf", report(4), PDF))]).json()
    told = [value for _, value in events(client.get(f"/api/jobs/{job['id']}/events").text)]
    assert told[-1]["state"] == "done"
    assert (told[-1]["files"][0]["done"], told[-1]["files"][0]["total"]) == (4, 4)


def test_a_file_that_cannot_be_read_says_why_and_the_others_come_in(client: TestClient) -> None:
    job = _upload(client, ("坏.pdf", b"%PDF-1.7 cut off"), ("好.pdf", report(1)))
    assert [one["state"] for one in job["files"]] == ["failed", "added"]
    assert "不完整" in job["files"][0]["message"]


def test_what_is_there_already_is_not_read_again(client: TestClient) -> None:
    data = report(2)
    _upload(client, ("新报告.pdf", data))
    assert _upload(client, ("又一次.pdf", data))["files"][0]["state"] == "skipped"


def test_two_files_of_one_name_both_come_in(client: TestClient) -> None:
    job = _upload(client, ("报告.pdf", report(1)), ("报告.pdf", report(2)))
    assert [one["state"] for one in job["files"]] == ["added", "added"]


def test_a_file_of_another_kind_is_refused(client: TestClient) -> None:
    answer = client.post("/api/filings", files=[("files", ("程序.exe", b"MZ", PDF))])
    assert answer.status_code == 415
    assert ".pdf" in answer.json()["detail"]


def test_too_large_an_upload_is_refused(serve: Opener) -> None:
    client = serve(upload_mb=1)
    answer = client.post("/api/filings", files=[("files", ("大.pdf", bytes(2 * 2**20), PDF))])
    assert answer.status_code == 413


def test_an_upload_without_files_is_refused(client: TestClient) -> None:
    assert client.post("/api/filings").status_code == 422


def test_what_is_typed_ranks_over_what_the_pages_say(client: TestClient) -> None:
    sent = {"files": [("files", ("新.pdf", report(2), PDF))], "data": {"period": "2024中报"}}
    job = _done(client, client.post("/api/filings", **sent).json())  # type: ignore[arg-type]
    assert job["files"][0]["period"] == "2024H1"


def test_an_unknown_upload_is_not_found(client: TestClient) -> None:
    assert client.get("/api/jobs/nothing").status_code == 404


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/报告.pdf", "报告.pdf"),
        ("C:\\文件\\报告.PDF", "报告.pdf"),
        ("a\x00b\n.txt", "ab.txt"),
        (" .pdf", None),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("长" * 300 + ".pdf", "长" * 66 + ".pdf"),
    ],
)
def test_a_file_name_is_a_plain_name(given: str, plain: str | None) -> None:
    if plain is None:
        with pytest.raises(Refused):
            plain_name(given)
    else:
        assert plain_name(given) == plain
