"""Two runs are compared question by question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import Comparison, compare
from eval.report.comparison import comparison_text
from eval.results import Result
from rag import UserError
from tests.eval.builders import a_gold_file, a_question, a_refusal, a_run, right, wrong

KEYS = ("q1", "q2", "q3")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return a_gold_file(tmp_path, [a_question(key) for key in KEYS])


def compared(tmp_path: Path, gold: Path, base: list[Result], other: list[Result]) -> Comparison:
    results = tmp_path / "results"
    return compare(a_run(results, gold, base), a_run(results, gold, other), [gold])


def test_questions_that_turned_are_named_with_their_fault(tmp_path: Path, gold: Path) -> None:
    found = compared(
        tmp_path,
        gold,
        [right("q1"), wrong("q2"), right("q3")],
        [right("q1"), right("q2"), wrong("q3", a_refusal(nearest=[]))],
    )
    assert [(one.base.key[1], one.is_gain, one.fault) for one in found.turned] == [
        ("q2", True, "passage"),
        ("q3", False, "refusal"),
    ]


def test_accuracy_is_compared_in_all_and_by_kind(tmp_path: Path, gold: Path) -> None:
    found = compared(tmp_path, gold, [right(key) for key in KEYS], [wrong(key) for key in KEYS])
    rows = {(row.measure.name, row.kind): row for row in found.measures}
    for kind in ("", "number"):
        row = rows["correct", kind]
        assert (row.base, row.other, row.paired and row.paired.losses) == (1.0, 0.0, 3)


def test_a_question_without_a_result_counts_as_wrong(tmp_path: Path, gold: Path) -> None:
    found = compared(tmp_path, gold, [right(key) for key in KEYS], [right("q1"), right("q2")])
    (turned,) = found.turned
    assert (turned.other.verdict, turned.fault) == ("broken", "error")
    assert next(row for row in found.measures if row.measure.name == "correct").other == pytest.approx(2 / 3)


def test_a_gold_set_edited_since_is_told(tmp_path: Path, gold: Path) -> None:
    results = tmp_path / "results"
    runs = [a_run(results, gold, [right(key) for key in KEYS]) for _ in range(2)]
    a_gold_file(tmp_path, [a_question(key, answer="改过") for key in KEYS])
    assert any("改过" in note for note in compare(runs[0], runs[1], [gold]).notes)


def test_a_run_cut_off_is_told(tmp_path: Path, gold: Path) -> None:
    results = tmp_path / "results"
    whole = a_run(results, gold, [right(key) for key in KEYS])
    half = a_run(results, gold, [right("q1")], finished=None)
    assert any("没有跑完" in note for note in compare(whole, half, [gold]).notes)


def test_a_gold_set_that_is_gone_is_named(tmp_path: Path, gold: Path) -> None:
    results = tmp_path / "results"
    runs = [a_run(results, gold, [right(key) for key in KEYS]) for _ in range(2)]
    gold.unlink()
    with pytest.raises(UserError, match=r"made\.jsonl"):
        compare(runs[0], runs[1])


def test_the_text_tells_wins_losses_and_what_turned(tmp_path: Path, gold: Path) -> None:
    found = compared(
        tmp_path, gold, [right("q1"), right("q2"), right("q3")], [wrong("q1"), right("q2"), right("q3")]
    )
    text = comparison_text(found)
    assert "| 回答正确率 | 3 | 100.0% | 66.7% | -33.3 |" in text
    assert "由对变错：1 题（错因：取数 1）" in text


def test_the_text_of_two_equal_runs_says_so(tmp_path: Path, gold: Path) -> None:
    same = [right(key) for key in KEYS]
    assert "变了的题\n\n没有。" in comparison_text(compared(tmp_path, gold, same, same))


def test_runs_of_different_modes_share_only_some_measures(tmp_path: Path, gold: Path) -> None:
    results = tmp_path / "results"
    whole = a_run(results, gold, [wrong(key) for key in KEYS])
    searched = a_run(results, gold, [wrong(key, scores={"recall@10": 1.0}) for key in KEYS])
    found = compare(whole, replace(searched, card=replace(searched.card, mode="retrieval")), [gold])
    assert {row.measure.name for row in found.measures} == {"recall@10"}
    assert found.turned == ()
