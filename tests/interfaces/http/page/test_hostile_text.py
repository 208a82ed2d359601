"""Nothing that a filing, a model, a file name or a person writes is ever taken for a part of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rag import Assistant
from tests.interfaces.http.page.conftest import Opener
from tests.interfaces.http.page.driving import answering, ask, stored_answer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # sixty questions each, slow on a busy machine

# Texts that run a script where text is taken for a part of a page; each would set `window.ran`.
PAYLOADS = Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines()


def _ran(page: Page) -> bool:
    page.wait_for_timeout(150)
    return bool(page.evaluate("'ran' in window"))


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) == 60


def test_a_hostile_answer_is_text_wherever_it_is_shown(page: Page, assistant: Assistant) -> None:
    answer = stored_answer(assistant)
    citation, figure = answer["citations"][0], answer["figures"][0]
    named = ("quote", "company", "title", "page_label")
    for payload in PAYLOADS:
        hostile_figure = figure | dict.fromkeys(("text", "line_item", "unit"), payload)
        hostile = {
            **answer,
            "answer": f"{payload}[1]\n{payload}",
            "citations": [citation | dict.fromkeys(named, payload) | {"section": [payload]}],
            "figures": [hostile_figure],
            "calculation": {"formula": payload, "operands": [hostile_figure], "result": hostile_figure},
            "alternatives": [{"label": payload, "text": payload, "marker": 1}],
            "warnings": [payload], "suggestions": [payload], "answerer": f"model:{payload}", "generated_by_ai": True,
        }  # fmt: skip
        answering(page, [hostile])
        ask(page, payload)
        page.locator(".answer-text .marker").last.hover()
    assert not _ran(page)
    assert (
        page.locator(
            "#talk :is(script, iframe, svg, object, embed, img, form form, style, link, base)"
        ).count()
        == 0
    )
    expect(page.locator(".answer-text p").first).to_contain_text(PAYLOADS[0])


def test_a_hostile_refusal_is_text(page: Page, assistant: Assistant) -> None:
    refused = stored_answer(assistant, "珀宁医疗养了几头奶牛？")
    hit = refused["nearest"][0]
    for payload in PAYLOADS:
        refusal = {"reason": "ambiguous", "message": payload, "searched": [payload], "options": [payload]}
        nearest = [hit | {"text": payload, "company": payload, "section": [payload]}]
        answering(page, [{**refused, "answer": payload, "refusal": refusal, "nearest": nearest}])
        ask(page, payload)
    assert not _ran(page)


def test_hostile_filings_are_text_in_every_pane(visit: Opener, assistant: Assistant, tmp_path: Path) -> None:
    names = [payload.replace("/", "") for payload in PAYLOADS[:20]]
    for name in names:
        body = "\n".join(["公告", name, f"证券简称：{name}", "第一节 释义", *PAYLOADS])
        (tmp_path / f"{name}.txt").write_text(body, encoding="utf-8")
    added = list(assistant.ingest([tmp_path / f"{name}.txt" for name in names]))
    assert {one.outcome for one in added} == {"added"}
    page = visit(f"/v/{added[0].filing_id[:16]}?p=1&c=0-40")
    page.wait_for_selector("mark")
    page.fill(".find", "<script>")
    page.wait_for_selector("mark.found")
    for one in page.locator(".filing .open").all():
        one.hover()
    assert not _ran(page)


def test_hostile_names_of_uploads_and_conversations_are_text(page: Page) -> None:
    for payload in PAYLOADS[:20]:
        ask(page, f"{payload} 营业收入")
        name = payload.replace("/", "")[:80] + ".pdf"
        page.set_input_files("#files", {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF cut"})
        page.locator(".job button").first.click()  # which says that the failure was seen
    page.reload()
    page.wait_for_selector(".history .open")
    assert not _ran(page)


def test_a_hostile_address_is_no_script(visit: Opener) -> None:
    page = visit(
        "/?v=%22%3E%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E&c=javascript:1-2&m=%3Csvg%20onload%3Dran%3E"
    )
    assert not _ran(page)
