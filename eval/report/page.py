"""The report as one HTML file: style, script and plots inside, nothing fetched, nothing from outside run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

from eval.measures.citations import CITATION_HIT, PAGE_EXACT, QUOTES_VERBATIM
from eval.measures.expense import LATENCY_P95
from eval.measures.refusals import ANSWERED, REFUSAL_RECALL
from eval.report.content import Content, Row
from eval.report.markup import Markup, element, joined
from eval.report.plots import bars, curve, histogram
from eval.report.question import card
from eval.report.words import KINDS, VERDICTS, fault_name, scored

_HERE = Path(__file__).resolve().parent
_HEADS = (CITATION_HIT, PAGE_EXACT, QUOTES_VERBATIM, ANSWERED, REFUSAL_RECALL, LATENCY_P95)


def page(content: Content) -> str:
    """The whole file as text."""
    style = Markup((_HERE / "style.css").read_text(encoding="utf-8"))
    script = Markup((_HERE / "filter.js").read_text(encoding="utf-8"))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("title", f"评测报告：{content.title}"),
        element("style", style),
    )
    body = element("body", _header(content), _main(content), _footer(), element("script", script))
    return f"<!doctype html>\n{element('html', head, body, lang='zh-CN')}\n"


def _policy(style: str, script: str) -> str:
    """Only this very style and script may act, so that even a slip in escaping runs nothing."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _header(content: Content) -> Markup:
    told = (element("li", f"{name}：{value}") for name, value in content.facts if value)
    notes = (element("p", note) for note in content.notes)
    title = element("h1", f"评测报告：{content.title}")
    return element("header", title, element("ul", *told, class_="facts soft small"), *notes, _heads(content))


def _heads(content: Content) -> Markup:
    rows = [content.accuracy, *(content.row(measure.name) for measure in _HEADS)]
    tiles = (
        element("li", element("strong", scored(row.measure, row.totals[""])), row.measure.title)
        for row in rows
        if row is not None
    )
    return element("ul", *tiles, class_="heads")


def _main(content: Content) -> Markup:
    return element(
        "main",
        element("h2", "图"),
        element("div", *_plots(content), class_="plots"),
        element("h2", "各项指标"),
        _table(content),
        _definitions(content),
        element("h2", "逐题"),
        _filter(content),
        element("p", f"共 {len(content.judged)} 题", class_="shown soft small", aria_live="polite"),
        *(card(one) for one in content.judged),
    )


def _plots(content: Content) -> Iterator[Markup]:
    accuracy = content.accuracy
    if accuracy is not None:
        yield bars(f"{accuracy.measure.title}，按题型", list(_by_kind(accuracy, content.kinds)))
    if content.faults:
        most = content.faults[0][1]
        rows = [(fault_name(fault), count / most, f"{count} 题") for fault, count in content.faults]
        yield bars("错因", rows)
    if len(content.recall) > 1:
        yield curve("检索查全率", content.recall, "前 k 条")
    if content.latencies:
        yield histogram("用时分布", content.latencies, content.latency_signs, "毫秒")


def _by_kind(row: Row, kinds: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    for kind in ("", *kinds):
        share = row.totals[kind]
        if share is not None:
            yield KINDS.get(kind, kind) or "全部", share, f"{share:.1%}（{row.counts[kind]}）"


def _table(content: Content) -> Markup:
    names = ["指标", "题数", "全部", *(KINDS.get(kind, kind) for kind in content.kinds)]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in names)))
    body = element("tbody", *(_line(row, content.kinds) for row in content.rows))
    return element("div", element("table", head, body), class_="wide", tabindex="0")


def _line(row: Row, kinds: tuple[str, ...]) -> Markup:
    cells = (element("td", scored(row.measure, row.totals[kind])) for kind in ("", *kinds))
    name = row.measure.title + ("（越低越好）" if row.measure.direction == "down" else "")
    return element("tr", element("th", name, scope="row"), element("td", str(row.counts[""])), *cells)


def _definitions(content: Content) -> Markup:
    rows = (
        joined(
            element("dt", row.measure.title),
            element("dd", f"{row.measure.definition}来源：{row.measure.source}"),
        )
        for row in content.rows
    )
    return element(
        "details",
        element("summary", "指标的定义与来源", class_="small"),
        element("dl", *rows, class_="small"),
    )


def _filter(content: Content) -> Markup:
    """The filter is hidden until the script that serves it runs."""
    faults = {str(fault): fault_name(fault) for fault, _ in content.faults}
    return element(
        "form",
        _choice("kind", "题型", {kind: KINDS.get(kind, kind) for kind in content.kinds}),
        _choice("verdict", "对错", dict(VERDICTS)),
        _choice("set", "题集", {name: name for name in dict.fromkeys(one.key[0] for one in content.judged)}),
        _choice("fault", "错因", faults),
        element(
            "label",
            "查找文字",
            element("input", type="search", name="words", autocomplete="off"),
            class_="free",
        ),
        class_="filter",
        hidden=True,
    )


def _choice(name: str, label: str, options: dict[str, str]) -> Markup:
    given = (element("option", shown, value=value) for value, shown in options.items())
    return element("label", label, element("select", element("option", "全部", value=""), *given, name=name))


def _footer() -> Markup:
    return element(
        "footer",
        element(
            "p", "循据评测。引文与页码出自所列公告；本页不含任何外部脚本，可离线打开。", class_="soft small"
        ),
    )
