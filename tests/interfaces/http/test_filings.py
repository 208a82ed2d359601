from __future__ import annotations

from fastapi.testclient import TestClient


def test_the_filings_are_listed_with_their_issuers(client: TestClient) -> None:
    filings = client.get("/api/filings").json()["filings"]
    assert {one["file_name"] for one in filings} >= {"报告.pdf", "lantu_2024_half_year.txt"}
    assert "澜图工软" in {one["issuer"]["short_name"] for one in filings}


def test_a_filing_has_its_pages_and_outline(client: TestClient, pdf: str) -> None:
    filing = client.get(f"/api/filings/{pdf[:16]}").json()
    assert [(page["position"], page["width"], page["height"]) for page in filing["pages"]] == [
        (1, 420.0, 600.0),
        (2, 420.0, 600.0),
        (3, 420.0, 600.0),
    ]


def test_an_unknown_filing_is_not_found_in_words(client: TestClient) -> None:
    answer = client.get(f"/api/filings/{'0' * 64}")
    assert answer.status_code == 404
    assert "已被移除" in answer.json()["detail"]


def test_a_removed_filing_is_gone(client: TestClient, pdf: str) -> None:
    assert client.delete(f"/api/filings/{pdf}").status_code == 204
    assert client.get(f"/api/filings/{pdf}").status_code == 404


def test_a_page_has_its_text_and_the_lines_it_prints(client: TestClient, pdf: str) -> None:
    page = client.get(f"/api/filings/{pdf}/pages/2").json()
    texts = [page["text"][line["start"] : line["end"]] for line in page["lines"]]
    assert "收入有所增长。" in texts


def test_a_page_of_a_text_filing_has_no_lines(client: TestClient, text: str) -> None:
    page = client.get(f"/api/filings/{text}/pages/6").json()
    assert page["lines"] == []
    assert "营业收入" in page["text"]


def test_a_page_that_is_not_there_is_not_found(client: TestClient, pdf: str) -> None:
    assert client.get(f"/api/filings/{pdf}/pages/4").status_code == 404


def test_a_page_is_a_picture_that_the_browser_may_keep(client: TestClient, pdf: str) -> None:
    picture = client.get(f"/api/filings/{pdf}/pages/1/image?scale=1")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert "private" in picture.headers["cache-control"]


def test_a_text_filing_has_no_picture(client: TestClient, text: str) -> None:
    answer = client.get(f"/api/filings/{text}/pages/1/image")
    assert answer.status_code == 404
    assert "没有第 1 页的图像" in answer.json()["detail"]


def test_a_quote_is_placed_or_said_not_to_be(client: TestClient, pdf: str) -> None:
    wanted = [
        {"page": 1, "start": 0, "end": 4, "quote": "收入有所增长"},
        {"page": 1, "start": 0, "end": 4, "quote": "从未印过"},
    ]
    there, gone = client.post(f"/api/filings/{pdf}/marks", json={"marks": wanted}).json()["marks"]
    assert (there["placed"], there["moved"], there["page"], len(there["boxes"])) == (True, True, 2, 1)
    assert gone["placed"] is False


def test_words_are_found_with_what_stands_around_them(client: TestClient, text: str) -> None:
    found = client.get(f"/api/filings/{text}/find", params={"q": "214,889,491.45"}).json()["found"]
    assert found[0]["page"] == 6
    assert found[0]["before"].endswith("营业收入")
