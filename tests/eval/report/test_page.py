"""The HTML report holds everything, fetches nothing and runs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.report.content import content_of
from eval.report.page import page
from eval.results import Result
from tests.eval.builders import (
    a_citation,
    a_gold_file,
    a_hit,
    a_question,
    a_refusal,
    a_run,
    an_answer,
    right,
    wrong,
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><iframe src=javascript:alert(1)>",
    "<!--<b>-->]]>{{7*7}}&lt;",
    "javascript:alert(1)\x00\x0b",
)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text in scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def report(tmp_path: Path, results: list[Result], name: str = "试", **question: object) -> str:
    gold = a_gold_file(tmp_path, [a_question(result.id, **question) for result in results])
    return page(content_of(a_run(tmp_path / "results", gold, results, name), [gold]))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_from_outside_becomes_markup(tmp_path: Path, payload: str) -> None:
    nasty = wrong(
        "q1", an_answer(payload + "[1]", citations=[a_citation(payload)]), error=None, hits=(a_hit(payload),)
    )
    broken = wrong("q2", error=payload)
    text = report(tmp_path, [nasty, broken], payload, question=payload, answer=payload)
    plain = report(tmp_path / "plain", [wrong("q1", hits=(a_hit(),)), wrong("q2", error="坏")])
    assert [tag for tag, _ in Elements(text).found] == [tag for tag, _ in Elements(plain).found]
    assert not [
        name for _, attributes in Elements(text).found for name in attributes if name.startswith("on")
    ]
    assert not re.search(r"[\x00-\x08\x0b\x0c]", text)


@pytest.fixture(autouse=True)
def _a_second_folder(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()


def test_only_our_own_style_and_script_may_act(tmp_path: Path) -> None:
    text = report(tmp_path, [right("q1")])
    (policy,) = [m["content"] or "" for m in Elements(text).named("meta") if m.get("http-equiv")]
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_nothing_is_fetched(tmp_path: Path) -> None:
    elements = Elements(report(tmp_path, [right("q1")])).found
    assert not [a for _, a in elements if {"src", "href", "srcset", "style"} & set(a)]


def test_each_question_can_be_filtered(tmp_path: Path) -> None:
    text = report(tmp_path, [right("q1"), wrong("q2"), wrong("q3", a_refusal(nearest=[a_hit()]), hits=None)])
    cards = [a for a in Elements(text).named("details") if (a.get("class") or "").startswith("case")]
    assert [(a["data-kind"], a["data-verdict"], a["data-set"], a["data-fault"]) for a in cards] == [
        ("number", "right", "made", ""),
        ("number", "wrong", "made", "passage"),
        ("number", "wrong", "made", "refusal"),
    ]


def test_a_card_shows_answer_gold_and_where_the_evidence_stands(tmp_path: Path) -> None:
    text = report(tmp_path, [right("q1")])
    for told in ("存货为1,200.00万元", "存货1,200.00万元。", "第 7 页", "已引用 [1]", "存货1,200.00900.00"):
        assert told in text


def test_evidence_found_and_not_cited_is_told(tmp_path: Path) -> None:
    answer = an_answer(citations=[a_citation("别的一行")])
    assert "检索到，第 1 位，未引用" in report(tmp_path, [wrong("q1", answer)])


def test_a_run_cut_off_says_so_and_counts_what_is_missing_as_wrong(tmp_path: Path) -> None:
    gold = a_gold_file(tmp_path, [a_question("q1"), a_question("q2")])
    text = page(content_of(a_run(tmp_path / "results", gold, [right("q1")], finished=None), [gold]))
    assert "没有跑完" in text
    assert "<strong>50.0%</strong>回答正确率" in text


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    gold = a_gold_file(tmp_path, [a_question("q1")])
    run = a_run(tmp_path / "results", gold, [right("q1")])
    assert page(content_of(run, [gold])) == page(content_of(run, [gold]))
