"""The class of fault is read from what the result holds."""

from __future__ import annotations

import pytest

from eval.faults import fault_of
from tests.eval.builders import a_citation, a_hit, a_question, a_refusal, an_answer, an_outcome

OTHER = "b" * 64


def figure(**changed: object) -> dict[str, object]:
    return {"text": "900.00万元", "value": "900.00", "unit": "万元", "check": "cell", **changed}


def test_a_question_without_an_answer_broke() -> None:
    assert fault_of(an_outcome(None, error="超时")) == "error"


def test_an_answer_from_another_filing_was_routed_wrongly() -> None:
    answer = an_answer(citations=[a_citation(filing=OTHER)])
    assert fault_of(an_outcome(answer, hits=[a_hit()])) == "routing"


@pytest.mark.parametrize("reason", ["not_found", "ambiguous"])
def test_a_refusal_that_saw_no_filing_was_routed_wrongly(reason: str) -> None:
    assert fault_of(an_outcome(a_refusal(reason))) == "routing"


def test_evidence_that_no_hit_holds_was_not_retrieved() -> None:
    answer = an_answer(citations=[a_citation("固定资产 5.00 6.00", page=9)])
    assert fault_of(an_outcome(answer, hits=[a_hit("固定资产 5.00 6.00", page=9)])) == "retrieval"


def test_words_of_the_evidence_without_its_figures_were_read_badly() -> None:
    question = a_question(evidence=tuple(a_question().evidence[:1]))
    piece = question.evidence[0]
    long = type(piece)(piece.file, "存货跌价准备期末余额1,200.00900.00700.00600.00", 7, piece.document)
    badly = a_hit("存货跌价准备期末余额 1 2 3")
    answer = an_answer(citations=[a_citation("别的", page=9)])
    assert fault_of(an_outcome(answer, a_question(evidence=(long,)), hits=[badly])) == "reading"


def test_a_refusal_with_the_evidence_at_hand_is_one_too_many() -> None:
    assert fault_of(an_outcome(a_refusal(nearest=[a_hit()]))) == "refusal"


def test_an_answer_to_what_cannot_be_answered_is_a_refusal_too_few() -> None:
    question = a_question(unanswerable=True, kind="unanswerable", evidence=())
    assert fault_of(an_outcome(an_answer(), question)) == "refusal"


def test_an_answer_that_the_check_dropped_is_told_from_others() -> None:
    answer = a_refusal(nearest=[a_hit()]) | {"warnings": ["模型的回答没有通过核对，已改用摘录式回答。"]}
    assert fault_of(an_outcome(answer)) == "check"


@pytest.mark.parametrize(("asked", "said"), [("", "parent"), ("parent", "consolidated")])
def test_figures_of_another_scope_are_a_fault_of_scope(asked: str, said: str) -> None:
    answer = an_answer(figures=[figure(scope=said)])
    assert fault_of(an_outcome(answer, a_question(scope=asked), hits=[a_hit()])) == "scope"


def test_a_wrong_result_from_the_right_rows_is_a_fault_of_calculation() -> None:
    assert fault_of(an_outcome(an_answer(), a_question(kind="calc"), hits=[a_hit()])) == "calculation"


def test_a_wrong_figure_from_the_right_row_is_misread() -> None:
    answer = an_answer(figures=[figure(scope="consolidated")])
    assert fault_of(an_outcome(answer, hits=[a_hit()])) == "passage"


def test_without_recorded_hits_the_cited_page_tells() -> None:
    assert fault_of(an_outcome(an_answer(citations=[a_citation("别的一行")]))) == "passage"
    assert fault_of(an_outcome(an_answer(citations=[a_citation("别的一行", page=3)]))) == "retrieval"
