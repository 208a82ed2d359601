from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rag import Answer, Citation, Figure, Hit, Refusal
from rag.filings.source import Source
from rag.interfaces.show import answer_lines, page_in_words, tame


def _source(page: int | None = 7, label: str | None = "7", inferred: bool = False) -> Source:
    return Source(
        "f",
        "a.txt",
        "报告",
        "甲公司",
        "600000",
        "2024H1",
        "half_year",
        ("第二节", "一、"),
        page,
        label,
        inferred,
    )


def _hit(text: str = "没有存货") -> Hit:
    return Hit(1, 0.5, text, _source(), 0, 4)


def _refused(refusal: Refusal) -> str:
    return "\n".join(answer_lines(Answer("问", refusal.message, refusal=refusal, nearest=(_hit(),))))


def test_a_refusal_shows_reason_places_options_and_nearest() -> None:
    text = _refused(Refusal("not_disclosed", "没有披露。", ("第二节 › 一、",), ("甲公司", "乙公司")))
    assert text.splitlines() == [
        "未披露：没有披露。",
        "查看过：第二节 › 一、",
        "可选：甲公司；乙公司",
        "",
        "最接近的段落：",
        "1. 甲公司 · 2024H1 · 第7页 · 第二节 › 一、",
        "   没有存货",
    ]


def test_pages_say_how_they_were_numbered() -> None:
    pages = [_source(7, "7"), _source(8, "7"), _source(3, None, True), _source(None, None)]
    assert [page_in_words(Hit(1, 0, "", page, 0, 0)) for page in pages] == [
        "第7页", "第8页（印刷页码 7）", "第3页（由分页推算）", "页码不详"
    ]  # fmt: skip


def test_a_page_read_from_a_picture_says_so() -> None:
    recognized = replace(_source(3, None), page_recognized=True)
    assert page_in_words(Hit(1, 0, "", recognized, 0, 0)) == "第3页（图像识别）"


def test_figures_are_told_with_scope_and_check_but_not_restated() -> None:
    quote = Citation(1, _source(), "营业收入 12,345.00", 0, 15)
    about = ("元", "revenue", "2024H1", "consolidated", 1, "cell")
    figures = (
        Figure("12,345.00元", Decimal("12345.00"), *about),  # type: ignore[arg-type]
        Figure("1.23万元", Decimal("1.23"), "万元", *about[1:]),  # type: ignore[arg-type]
    )
    lines = list(answer_lines(Answer("问", "答[1]。", citations=(quote,), figures=figures)))
    assert lines[-1] == "数字（2024H1 · 合并 · 与表格单元格核对）：12,345.00元[1]"


def test_a_model_answer_is_labelled() -> None:
    assert any("AI 生成，已核对" in line for line in answer_lines(Answer("问", "答。", answerer="model:x")))


def test_signs_that_a_terminal_obeys_are_taken_out() -> None:
    assert tame("营\x1b[2J收\x9b1m\r入") == "营[2J收1m入"
