"""Confirmed feedback becomes gold where figure and place can be borne out, else a draft that says what lacks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from eval.answered import reply_of
from eval.from_feedback import record_of
from eval.gold import question_of
from eval.results import Json
from rag import Feedback, UserError
from tests.eval.builders import FILING, a_hit, a_refusal, an_answer

FIGURE = {"text": "1,200.00万元", "value": "1200.00", "unit": "万元", "marker": 1, "check": "cell"}


@dataclass
class Page:
    text: str


@dataclass
class Filings:
    """Two pages of one filing."""

    pages: dict[int, str] = field(
        default_factory=lambda: {7: "存货 1,200.00 900.00\n其他", 9: "存货合计 1,500.00 元"}
    )

    def page(self, filing_id: str, position: int) -> Page:
        if filing_id != FILING or position not in self.pages:
            raise UserError("没有这一页。")
        return Page(self.pages[position])


def entry(verdict: str, answer: Json, comment: str = "") -> Feedback:
    stored = json.dumps(answer, ensure_ascii=False)
    return Feedback(3, "2026-01-02T03:04:05+00:00", "甲公司存货", stored, verdict, comment, "confirmed")  # type: ignore[arg-type]


def gold(verdict: str, answer: Json, comment: str = "") -> dict[str, object]:
    return record_of(entry(verdict, answer, comment), Filings())


def with_figure(**changed: object) -> Json:
    return an_answer(figures=[FIGURE], **changed)


def test_a_good_answer_becomes_a_whole_question() -> None:
    record = gold("good", with_figure())
    question = question_of(dict(record), "x:1")
    assert (question.id, question.answer) == ("fb-20260102-3", "存货为1,200.00万元。")
    assert [str(value.value) for value in question.values] == ["1200.00"]
    assert (question.evidence[0].page, question.evidence[0].quote) == (7, "存货1,200.00900.00")


def test_only_the_figure_said_first_is_asked_for() -> None:
    second = {**FIGURE, "text": "9.00%", "value": "9.00", "unit": "%"}
    answer = an_answer("存货为1,200.00万元，增9.00%[1]。", figures=[second, FIGURE])
    assert gold("good", answer)["values"] == [{"value": "1200.00", "unit": "万元"}]


def test_a_good_refusal_becomes_an_unanswerable_question() -> None:
    question = question_of(dict(gold("good", a_refusal("out_of_scope"))), "x:1")
    assert (question.unanswerable, question.reason) == (True, "out_of_scope")


def test_a_wrong_figure_is_replaced_by_that_of_the_comment() -> None:
    answer = with_figure(
        citations=[{"marker": 1, "filing_id": FILING, "source": "jia.txt", "quote": "存货", "page": 9}]
    )
    record = gold("wrong_figure", answer, "应为 1,500.00元")
    assert record["values"] == [{"value": "1500.00", "unit": "元"}]
    assert record["evidence"] == [
        {"document": FILING, "file": "jia.txt", "page": 9, "quote": "存货合计1,500.00元"}
    ]


def test_a_wrong_page_is_replaced_by_that_of_the_comment() -> None:
    reader = Filings({7: "没有", 12: "存货 1,200.00"})
    record = record_of(entry("wrong_page", with_figure(), "在第 12 页"), reader)
    assert record["evidence"][0]["page"] == 12  # type: ignore[index]


def test_what_was_missing_is_looked_for_where_the_refusal_looked() -> None:
    record = gold("missing", a_refusal(nearest=[a_hit(page=1)]), "第9页写着1,500.00元")
    assert record["evidence"][0]["page"] == 9  # type: ignore[index]


@pytest.mark.parametrize(
    ("verdict", "answer", "comment"),
    [
        ("good", an_answer("存货周转加快[1]。"), ""),
        ("wrong_figure", with_figure(), "不对"),
        ("wrong_page", with_figure(), "页码错了"),
        ("wrong_page", with_figure(), "第 99 页"),
        ("wrong_figure", with_figure(), "应为 77.00元"),
        ("missing", a_refusal(), "有的"),
    ],
)
def test_what_is_not_borne_out_stays_a_draft_with_the_readers_words(
    verdict: str, answer: Json, comment: str
) -> None:
    record = gold(verdict, answer, comment)
    assert "请补" in str(record["note"])
    assert comment in str(record["note"])


def test_a_stored_answer_that_cannot_be_read_is_no_crash() -> None:
    broken = Feedback(1, "2026-01-02T03:04:05+00:00", "问", "{", "good", "", "confirmed")
    assert "note" in record_of(broken, Filings())


def test_what_is_stored_is_what_is_read() -> None:
    assert reply_of(with_figure()).figures[0].value == "1200.00"
