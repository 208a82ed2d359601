"""A model's grades are read strictly, and how far it agrees with people is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.agreement import agreement
from eval.commands_judge import LABELS, lines_of
from eval.judge import Asked, Opinion, agreements, asked_of, grade, mean_grade, read_labels
from rag import ModelError, PromptedModel, UserError
from rag.answering.prompts import load_prompt
from tests.eval.builders import a_question, an_answer, an_outcome
from tests.fakes_chat import ScriptedModel

ASKED = Asked("存货多少", "存货1元。", "存货为1元[1]。")


def graded(*replies: str | ModelError) -> tuple[Opinion, ScriptedModel]:
    model = ScriptedModel(list(replies))
    return grade(ASKED, PromptedModel(load_prompt("judge"), model)), model


def test_the_model_sees_question_gold_and_answer() -> None:
    _, model = graded('{"fluency": 2, "completeness": 1, "reason": ""}')
    shown = model.asked[0][-1].text
    assert all(part in shown for part in ("存货多少", "存货1元。", "存货为1元[1]。"))


def test_grades_are_read_from_json_with_words_around_it() -> None:
    opinion, _ = graded('好的：```json\n{"fluency": 2, "completeness": 0, "reason": "没答到"}\n```')
    assert opinion == Opinion({"fluency": 2, "completeness": 0}, "没答到")


@pytest.mark.parametrize("reply", ["", "2 分", '{"fluency": 3, "completeness": 1}', '{"fluency": 1}', "{坏"])
def test_a_reply_that_is_no_grade_gives_none(reply: str) -> None:
    assert graded(reply)[0].grades is None


def test_a_model_that_fails_costs_this_answer_only() -> None:
    assert graded(ModelError("连不上。"))[0] == Opinion(None, "连不上。")


def test_an_unanswerable_question_is_put_as_such() -> None:
    question = a_question(unanswerable=True, kind="unanswerable", answer="未披露。")
    assert asked_of(an_outcome(an_answer(), question)).gold == "应当拒答。未披露。"


def test_the_mean_leaves_out_what_could_not_be_judged() -> None:
    opinions = [
        Opinion({"fluency": 2, "completeness": 1}),
        Opinion(None),
        Opinion({"fluency": 1, "completeness": 0}),
    ]
    assert (mean_grade(opinions, "fluency"), mean_grade(opinions, "completeness")) == (0.75, 0.25)
    assert mean_grade([Opinion(None)], "fluency") is None


def test_kappa_is_that_of_the_textbook() -> None:
    found = agreement([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    assert found is not None
    assert (found.share, found.kappa) == (pytest.approx(0.7), pytest.approx(0.4))


def test_kappa_cannot_be_told_where_all_grades_are_one() -> None:
    found = agreement([2, 2], [2, 2])
    assert found is not None
    assert (found.share, found.kappa) == (1.0, None)


def test_agreement_counts_only_what_both_graded() -> None:
    told = agreements(
        [Opinion({"fluency": 2, "completeness": 2}), Opinion(None)],
        [{"fluency": 2, "completeness": 0}, {"fluency": 0, "completeness": 0}],
    )
    assert told["fluency"] is not None
    assert (told["fluency"].count, told["fluency"].share) == (1, 1.0)


def test_grades_are_never_told_without_their_agreement() -> None:
    opinions = [Opinion({"fluency": 2, "completeness": 2})]
    text = "\n".join(lines_of(opinions, agreements([], [])))
    assert "可信程度未知" in text
    assert "只作参考" in text


def test_the_bundled_labels_can_be_read() -> None:
    labels = read_labels(LABELS)
    assert len(labels) >= 30
    assert {grades["fluency"] for _, grades in labels} == {0, 1, 2}


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "a", "gold": "b", "answer": "c", "fluency": 9, "completeness": 1}']
)
def test_a_broken_label_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"labels\.jsonl:2"):
        read_labels(path)
