"""The gate is red where a measure falls below its floor, and says which questions fell."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gate import GATE, Floors, falls, in_words, misses, read_floors
from eval.results import Result
from rag import UserError

LIMITS = Floors("samples", {"correct": 0.6}, {"latency_p95": 100.0})


def _results(*correct: float, ms: float = 10.0) -> list[Result]:
    return [
        Result(f"q-{n}", "samples", "number", scores={"correct": score, "latency_p95": ms})
        for n, score in enumerate(correct, 1)
    ]


def test_results_above_the_floor_pass() -> None:
    assert falls(_results(1, 1, 0), LIMITS, {}) == []


def test_the_questions_that_fell_are_named_apart_from_those_known() -> None:
    (fall,) = falls(_results(1, 0, 0), LIMITS, {"correct": ["q-2"]})
    assert (fall.new, fall.known) == (("q-3",), ("q-2",))
    assert any("q-3" in line for line in in_words(fall))


def test_a_measure_that_nothing_has_any_more_is_a_fall() -> None:
    results = [Result("q-1", "samples", "number", scores={"latency_p95": 1.0})]
    assert [fall.measure for fall in falls(results, LIMITS, {})] == ["correct"]


def test_a_ceiling_holds_for_what_should_be_small() -> None:
    assert [fall.measure for fall in falls(_results(1, ms=500.0), LIMITS, {})] == ["latency_p95"]


def test_misses_are_kept_by_measure() -> None:
    assert misses(_results(1, 0), LIMITS) == {"correct": ["q-2"]}


def test_the_projects_own_floors_can_be_read() -> None:
    assert read_floors(GATE).floors


def test_an_unknown_measure_in_the_floors_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('set = "samples"\n[floors]\nbeauty = 1.0\n', encoding="utf-8")
    with pytest.raises(UserError, match="不认识的指标 beauty"):
        read_floors(path)
