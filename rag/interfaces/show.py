"""Answers, hits and citations in lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rag import Answer, Card, Citation, Figure, Hit

REASONS = {
    "not_disclosed": "未披露", "not_found": "未检索到", "ambiguous": "有歧义", "conflicting": "相互矛盾",
    "out_of_scope": "超出范围", "unsupported_premise": "前提有误",
}  # fmt: skip
SCOPES = {"consolidated": "合并", "parent": "母公司"}
CHECKS = {"cell": "与表格单元格核对", "sentence": "与原句核对", "computed": "由所引数字算出"}
AI_LABEL = "AI 生成，已核对"
EXTRACTIVE_LABEL = "摘录式回答，未用语言模型"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST_HIT = 160  # characters of a passage shown in a list; `xunju filings show` has the whole page


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer or the refusal, with its evidence."""
    if answer.refusal is not None:
        yield from _refusal_lines(answer)
    else:
        yield tame(answer.answer)
        yield from _evidence_lines(answer)
    for warning in answer.warnings:
        yield f"注意：{warning}"
    if answer.suggestions:
        yield f"可以接着问：{'；'.join(answer.suggestions)}"


def card_lines(card: Card) -> Iterator[str]:
    """The card as a table of text: name, figure, the year before, change, scope, page."""
    filing = card.filing
    yield f"{filing.issuer.short_name or filing.issuer.name} · {filing.period} · {filing.title}（{filing.file_name}）"
    for figure in card.figures:
        current = figure.current.text + (f"（{figure.current.short}）" if figure.current.short else "")
        before = f"，上期 {figure.previous.text}" if figure.previous else ""
        change = figure.change
        moved = f"，{change.versus} {change.text}{'（计算）' if change.computed else ''}" if change else ""
        about = f"{figure.scope} · {page_in_words(figure.citation)}"
        yield tame(f"{figure.name}：{current}{moved}{before}（{about}）")
    if card.missing:
        yield f"没有印出：{'、'.join(card.missing)}"
    yield typer.style(f"（{EXTRACTIVE_LABEL}）", dim=True)


def origin(answer: Answer) -> str:
    """Who worded the answer, as the label that belongs beside it."""
    return AI_LABEL if answer.generated_by_ai else EXTRACTIVE_LABEL


def hit_lines(hit: Hit) -> Iterator[str]:
    """A passage found: where it stands, and its beginning."""
    yield f"{hit.rank}. {place(hit)}"
    yield f"   {shortened(hit.text, LONGEST_HIT)}"


def citation_lines(citation: Citation) -> Iterator[str]:
    """A citation: where it stands, and its quote on one line."""
    yield f"[{citation.marker}] {place(citation)}"
    yield f"    “{tame(' '.join(citation.quote.split()))}”"


def tame(text: str) -> str:
    """The text without signs that a terminal obeys: what a filing holds must not move the cursor."""
    return _CONTROL.sub("", text)


def place(piece: Citation | Hit) -> str:
    """Company · period · page · section of a citation or a hit."""
    source = piece.source
    named = source.company or source.title or source.source
    parts = (named, source.period, page_in_words(piece), " › ".join(source.section))
    return tame(" · ".join(part for part in parts if part))


def page_in_words(piece: Citation | Hit) -> str:
    """The page, with its printed number where that differs."""
    source = piece.source
    if source.page is None:
        return "页码不详"
    other = source.page_label and source.page_label != str(source.page)
    notes = (
        "由分页推算" * source.page_inferred,
        f"印刷页码 {source.page_label}" if other and not source.page_inferred else "",
        "图像识别" * source.page_recognized,
    )
    told = "，".join(note for note in notes if note)
    return f"第{source.page}页（{told}）" if told else f"第{source.page}页"


def shortened(text: str, most: int) -> str:
    """The text on one line, cut where it is long."""
    line = tame(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _evidence_lines(answer: Answer) -> Iterator[str]:
    yield typer.style(f"（{origin(answer)}）", dim=True)
    yield ""
    for citation in answer.citations:
        yield from citation_lines(citation)
    yield from _figure_lines(answer)
    if answer.calculation is not None:
        yield f"算式：{answer.calculation.formula}"
        operands = "，".join(_marked(operand) for operand in answer.calculation.operands)
        yield f"    其中 {operands}；得 {answer.calculation.result.text}"
    for other in answer.alternatives:
        yield f"另：{other.label} {other.text}[{other.marker}]"


def _figure_lines(answer: Answer) -> Iterator[str]:
    """The figures by what holds for them: period, scope, how they were checked."""
    groups: dict[str, list[str]] = {}
    for figure in _as_printed(answer):
        about = [figure.period, SCOPES.get(figure.scope, figure.scope), CHECKS[figure.check]]
        groups.setdefault(" · ".join(part for part in about if part), []).append(_marked(figure))
    for about_all, texts in groups.items():
        yield f"数字（{about_all}）：{'，'.join(dict.fromkeys(texts))}"


def _marked(figure: Figure) -> str:
    unit = "" if figure.text.endswith(figure.unit) else figure.unit
    return f"{figure.text}{unit}[{figure.marker}]"


def _as_printed(answer: Answer) -> Iterator[Figure]:
    """The figures that stand in a quote; one restated in another unit (约2.15亿元) needs no line of its own."""
    quotes = {citation.marker: "".join(citation.quote.split()) for citation in answer.citations}
    for figure in answer.figures:
        digits = "".join(figure.text.removesuffix(figure.unit).split())
        if figure.check == "computed" or digits in quotes.get(figure.marker, ""):
            yield figure


def _refusal_lines(answer: Answer) -> Iterator[str]:
    refusal = answer.refusal
    if refusal is None:
        return
    yield f"{REASONS[refusal.reason]}：{refusal.message}"
    if refusal.searched:
        yield f"查看过：{'；'.join(refusal.searched)}"
    if refusal.options:
        yield f"可选：{'；'.join(refusal.options)}"
    for citation in answer.citations:
        yield from citation_lines(citation)
    if answer.nearest:
        yield ""
        yield "最接近的段落："
        for hit in answer.nearest:
            yield from hit_lines(hit)
