from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from tests.interfaces.http.conftest import QUESTION, Opener


def test_a_summary_has_a_citation_for_every_sentence_and_is_recorded(client: TestClient, text: str) -> None:
    answer = client.post("/api/summarize", json={"filing": text, "max_chars": 200}).json()
    assert answer["citations"]
    assert "[1]" in answer["answer"]
    assert answer["turn"] > 0


def test_a_summary_of_no_filing_says_so(client: TestClient) -> None:
    answer = client.post("/api/summarize", json={"filing": "没有的.pdf"})
    assert answer.status_code == 400
    assert answer.json()["kind"] == "user"


def test_a_report_has_a_card_of_key_figures(client: TestClient, text: str) -> None:
    card = client.get(f"/api/filings/{text}/card").json()
    revenue = next(one for one in card["figures"] if one["name"] == "营业收入")
    assert revenue["current"]["value"] == "214889491.45"
    assert revenue["page"] == 6


def test_a_filing_without_key_figures_has_no_card(client: TestClient, pdf: str) -> None:
    assert client.get(f"/api/filings/{pdf}/card").status_code == 404


def test_a_card_is_a_workbook_to_keep(client: TestClient, text: str) -> None:
    file = client.get(f"/api/filings/{text}/card/file?format=xlsx")
    assert zipfile.is_zipfile(io.BytesIO(file.content))
    assert "澜图工软2024H1关键指标.xlsx" in unquote(file.headers["content-disposition"])


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_answer_is_a_document_to_keep(client: TestClient, kind: str) -> None:
    turn = client.post("/api/ask", json={"question": QUESTION}).json()["turn"]
    file = client.post("/api/export", json={"turns": [turn], "format": kind})
    assert zipfile.is_zipfile(io.BytesIO(file.content))
    assert file.headers["content-disposition"].startswith("attachment;")


def test_an_answer_in_markdown_has_its_sources(client: TestClient) -> None:
    turn = client.post("/api/ask", json={"question": QUESTION}).json()["turn"]
    text = client.post("/api/export", json={"turns": [turn], "format": "md"}).content.decode()
    assert "214,889,491.45" in text
    assert "第6页" in text


def test_an_answer_that_is_not_there_cannot_be_kept(client: TestClient) -> None:
    assert client.post("/api/export", json={"turns": [999], "format": "md"}).status_code == 404


def test_the_newest_evaluation_report_is_shown_under_its_own_policy(serve: Opener, tmp_path: Path) -> None:
    for name, age in (("一", 20), ("二", 10)):
        place = tmp_path / name / "report.html"
        place.parent.mkdir()
        policy = "default-src &#39;none&#39;; script-src &#39;sha256-x&#39;"
        place.write_text(f'<meta http-equiv="Content-Security-Policy" content="{policy}">{name}', "utf-8")
        os.utime(place, (1_000_000 - age, 1_000_000 - age))
    client = serve(evaluation_folder=tmp_path)
    report = client.get("/evaluation")
    assert report.text.endswith("二")
    assert report.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'sha256-x';")
    assert client.get("/api/session").json()["evaluation"] is True


def test_without_a_report_the_way_to_one_is_told(serve: Opener, tmp_path: Path) -> None:
    answer = serve(evaluation_folder=tmp_path).get("/evaluation")
    assert answer.status_code == 404
    assert "xunju eval report" in answer.json()["detail"]
