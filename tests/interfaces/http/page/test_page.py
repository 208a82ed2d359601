from __future__ import annotations

import re
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from rag import Answer, Assistant
from tests.interfaces.http.page.conftest import REPORT, Opener
from tests.interfaces.http.page.driving import (
    ANSWER,
    QUESTION,
    answering,
    ask,
    covered,
    painted,
    stored_answer,
)
from tests.reading.makers import report

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def _report(assistant: Assistant) -> str:
    return assistant.filing(REPORT).id


def test_an_upload_is_followed_page_by_page_and_listed(page: Page) -> None:
    name = "新报告.pdf"
    page.set_input_files("#files", {"name": name, "mimeType": "application/pdf", "buffer": report(4)})
    page.wait_for_selector('.file[data-state="added"]')
    expect(
        page.locator(".filing", has_text="新报告").or_(page.locator(f'.filing [title="{name}"]')).first
    ).to_be_visible()


def test_a_dropped_file_that_cannot_be_read_says_why(page: Page) -> None:
    dropped = page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["%PDF-1.7 cut"], "坏.pdf"));
            return files;
        }"""
    )
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    expect(page.locator(".file.failed")).to_contain_text("不完整")


def test_a_question_is_answered_and_its_marker_opens_the_page_painted_exactly(
    page: Page, assistant: Assistant
) -> None:
    ask(page)
    expect(page.locator(".answer-text")).to_contain_text(ANSWER)
    page.click(".marker >> nth=0")
    page.wait_for_selector(".box.active")
    citation = assistant.answer(QUESTION).citations[0]
    rects = painted(page)
    assert {rect[0] for rect in rects} == {citation.source.page}
    parts = covered(assistant, citation.source.filing_id, citation.source.page or 0, rects)
    inside = np.zeros(len(parts), dtype=bool)
    inside[citation.start : citation.end] = True
    assert np.nanmin(parts[inside]) >= 0.8
    assert np.nanmax(parts[~inside]) < 0.2


def test_the_page_s_picture_is_as_sharp_as_the_screen(visit: Opener) -> None:
    page = visit(device_scale_factor=2)
    ask(page)
    page.click(".marker >> nth=0")
    image = page.locator(".page:has(.box.active) img")
    expect(image).to_be_visible()
    wide, shown = image.evaluate("(image) => [image.naturalWidth, image.clientWidth * devicePixelRatio]")
    assert wide >= shown * 0.95


def test_hovering_a_marker_shows_its_quote_and_where_it_stands(page: Page) -> None:
    ask(page)
    page.hover(".marker >> nth=0")
    expect(page.locator(".card")).to_contain_text("珀宁医疗 · 2024H1 · 第6页")
    expect(page.locator(".card blockquote")).to_contain_text("463,190,513.06")


def test_evidence_over_two_pages_is_painted_on_both(page: Page, assistant: Assistant) -> None:
    answer = stored_answer(assistant)
    first = answer["citations"][0]
    filing, at = first["filing_id"], first["page"]
    ends, begins = assistant.page(filing, at).text, assistant.page(filing, at + 1).text
    one = {
        **first,
        "quote": ends[-30:],
        "start": len(ends) - 30,
        "end": len(ends),
        "link": f"/v/{filing[:16]}?p={at}",
    }
    two = {**first, "marker": 2, "page": at + 1, "quote": begins[:30], "start": 0, "end": 30}
    two["link"] = f"/v/{filing[:16]}?p={at + 1}"
    answering(page, [{**answer, "answer": "甲[1][2]。", "citations": [one, two]}])
    ask(page)
    page.click(".marker >> nth=0")
    expect(page.locator(".told")).to_contain_text(f"第 {at}、{at + 1} 页")
    page.locator(f'[data-page="{at + 1}"] .box.active').first.wait_for()
    assert {rect[0] for rect in painted(page)} == {at, at + 1}


def test_a_quote_that_cannot_be_placed_paints_nothing_and_says_so(page: Page, assistant: Assistant) -> None:
    answer = stored_answer(assistant)
    answer["citations"][0] |= {"quote": "页上从未印过的话", "start": 3, "end": 11}
    answering(page, [answer])
    ask(page)
    page.click(".marker >> nth=0")
    expect(page.locator(".told")).to_contain_text("未作标记")
    assert painted(page) == []


def test_a_citation_of_a_removed_filing_shows_what_was_quoted(page: Page, assistant: Assistant) -> None:
    ask(page)
    assistant.remove(_report(assistant))
    page.reload()
    page.wait_for_selector(".marker")
    expect(page.locator(".citation .label.warn").first).to_be_visible()
    page.click(".marker >> nth=0")
    expect(page.locator(".lost")).to_contain_text("463,190,513.06")


def test_a_text_filing_is_marked_in_its_text(page: Page) -> None:
    ask(page, "澜图工软2024年上半年营业收入是多少？")
    page.click(".marker >> nth=0")
    expect(page.locator("mark.active")).to_contain_text("214,889,491.45")


def test_a_reload_keeps_the_conversation_and_what_was_painted(page: Page) -> None:
    ask(page)
    page.click(".marker >> nth=0")
    page.wait_for_selector(".box.active")
    before = painted(page)
    page.reload()
    expect(page.locator(".answer-text")).to_contain_text(ANSWER)
    page.wait_for_selector(".box.active")
    assert [rect[0] for rect in painted(page)] == [rect[0] for rect in before]


def test_a_deep_link_opens_its_passage(visit: Opener, assistant: Assistant) -> None:
    link = assistant.answer(QUESTION).citations[0].link
    page = visit(link)
    page.wait_for_selector(".box.active")
    assert {rect[0] for rect in painted(page)} == {6}


def test_a_refusal_shows_its_reason_and_the_nearest_passages(page: Page) -> None:
    ask(page, "珀宁医疗养了几头奶牛？")
    expect(page.locator(".refused .label")).to_have_text("未披露")
    page.click(".nearest .citation >> nth=0")
    page.wait_for_selector(".viewer-head:not([hidden])")


def test_an_ambiguous_question_is_settled_by_a_click(page: Page) -> None:
    ask(page, "营业收入是多少？")
    page.click(".options button.chip >> nth=0")
    expect(page.locator(".reply .answer").nth(1)).to_contain_text("元")


def test_stopping_ends_the_answer_and_the_work(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    said, ended = [], threading.Event()

    def slow(
        self: Assistant, question: str, *, say: Callable[[str], None] | None = None, **_: object
    ) -> Answer:
        try:
            for n in range(200):
                assert say is not None
                say(f"第{n}句。")
                said.append(n)
                time.sleep(0.05)
        finally:
            ended.set()
        return Answer(question, "")

    monkeypatch.setattr(Assistant, "answer", slow)
    page.fill("#question", "慢慢说")
    page.keyboard.press("Enter")
    expect(page.locator(".coming-text")).to_contain_text("第1句")
    page.click(".send")
    expect(page.locator(".reply")).to_contain_text("已停止")
    assert ended.wait(5)
    assert len(said) < 200


def test_feedback_is_stored_with_its_comment(page: Page, assistant: Assistant) -> None:
    ask(page)
    page.click('[data-verdict="wrong_figure"]')
    page.fill(".feedback-note input", "应为合并口径")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback-note")).to_contain_text("已记下")
    (stored,) = assistant.feedback()
    assert (stored.verdict, stored.comment, stored.question) == ("wrong_figure", "应为合并口径", QUESTION)


def test_words_are_found_in_the_filing(page: Page) -> None:
    page.click(".filing .open >> text=半年度报告 >> nth=0")
    page.wait_for_selector(".page")
    page.fill(".find", "营业收入")
    expect(page.locator(".finder [role=status]")).to_have_text(re.compile(r"^1 / \d+$"))
    page.press(".find", "Enter")
    expect(page.locator(".finder [role=status]")).to_have_text(re.compile(r"^2 / \d+$"))
    assert page.locator(".found").count() > 0


def test_pages_are_turned_and_enlarged(page: Page, assistant: Assistant) -> None:
    page.goto(f"{page.url}v/{_report(assistant)[:16]}?p=3")
    page.wait_for_selector(".page img")
    wide = page.locator(".page").first.evaluate("(one) => one.clientWidth")
    page.get_by_label("放大").click()
    assert page.locator(".page").first.evaluate("(one) => one.clientWidth") > wide
    page.get_by_label("下一页").first.click()
    expect(page.locator(".page-number")).to_have_value("4")


def test_a_conversation_can_be_opened_again_and_deleted(page: Page, assistant: Assistant) -> None:
    ask(page)
    page.click("text=新对话")
    page.click(".history .open >> nth=0")
    expect(page.locator(".answer-text")).to_contain_text(ANSWER)
    page.get_by_label("删除对话").click()
    page.click("dialog >> text=删除 >> nth=-1")
    expect(page.locator(".history")).to_contain_text("还没有对话")
    assert assistant.conversations.of(None) == ()


def test_a_phone_shows_one_pane_at_a_time(visit: Opener) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ask(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".marker >> nth=0")
    page.wait_for_selector(".box.active")
    expect(page.locator("#talk")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#tabs >> text=对话")
    expect(page.locator("#viewer")).to_be_hidden()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".marker")
    page.locator("#question").evaluate("(field) => field.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('marker')"):
            break
    expect(page.locator(".card")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector(".box.active")
    page.keyboard.press("]")
    expect(page.locator(".page-number")).to_have_value("7")


def test_a_sent_key_of_an_input_method_sends_nothing(page: Page) -> None:
    page.fill("#question", "问")
    page.dispatch_event("#question", "keydown", {"key": "Enter", "isComposing": True, "keyCode": 229})
    assert page.locator(".turn").count() == 0


def test_the_page_speaks_english_when_asked_to(page: Page) -> None:
    page.get_by_label("English").click()
    expect(page.locator("text=New chat")).to_be_visible()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "md"])
def test_an_answer_is_exported_as_a_file_that_opens(page: Page, tmp_path: Path, kind: str) -> None:
    ask(page)
    page.click(".actions .menu summary")
    with page.expect_download() as saved:
        page.click(f'.actions [data-format="{kind}"]')
    place = tmp_path / f"kept.{kind}"
    saved.value.save_as(place)
    assert saved.value.suggested_filename.endswith(f".{kind}")
    assert ANSWER.removesuffix("元") in _words(place)


def test_key_figures_lead_to_their_rows(page: Page) -> None:
    page.click('.filing:has-text("半年度报告") .menu summary >> nth=0')
    page.click(".menu[open] >> text=关键指标")
    page.click(".sheet .marker >> nth=0")
    page.wait_for_selector(".box.active, mark.active")


def test_a_summary_is_an_answer_with_markers(page: Page) -> None:
    page.click('.filing:has-text("半年度报告") .menu summary >> nth=0')
    page.click(".menu[open] >> text=摘要")
    expect(page.locator(".answer-text .marker").first).to_be_visible()


def _words(place: Path) -> str:
    """The text of an exported file."""
    if place.suffix == ".md":
        return place.read_text(encoding="utf-8")
    with zipfile.ZipFile(place) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
