"""Differences between runs come with how likely chance would make them."""

from __future__ import annotations

import pytest

from eval.paired import paired, sign_test


@pytest.mark.parametrize(
    ("wins", "losses", "p"), [(9, 1, 0.021484375), (5, 5, 1.0), (0, 0, 1.0), (6, 0, 0.03125), (0, 6, 0.03125)]
)
def test_the_sign_test_is_the_binomial_one(wins: int, losses: int, p: float) -> None:
    assert sign_test(wins, losses) == pytest.approx(p)


def test_the_same_seed_gives_the_same_interval() -> None:
    base, other = [0.0, 1.0] * 20, [1.0, 1.0, 0.0, 1.0] * 10
    assert paired(base, other, seed=5) == paired(base, other, seed=5)


def test_the_interval_holds_the_difference() -> None:
    found = paired([0.0] * 30 + [1.0] * 70, [1.0] * 20 + [0.0] * 10 + [1.0] * 70)
    assert found is not None
    assert found.low < found.difference < found.high
    assert (found.difference, found.wins, found.losses, found.is_clear) == (pytest.approx(0.2), 20, 0, True)


def test_two_equal_runs_differ_by_nothing() -> None:
    found = paired([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])
    assert found is not None
    assert (found.low, found.high, found.p, found.is_clear) == (0.0, 0.0, 1.0, False)


def test_less_wins_where_less_is_better() -> None:
    found = paired([10.0, 10.0], [5.0, 20.0], lower_is_better=True)
    assert found is not None
    assert (found.wins, found.losses) == (1, 1)


def test_a_measure_that_applies_to_other_questions_is_compared_by_its_means() -> None:
    found = paired([1.0, None, 1.0, None], [1.0, 0.0, None, 0.0])
    assert found is not None
    assert (found.questions, found.base, found.other) == (1, 1.0, pytest.approx(1 / 3))


@pytest.mark.parametrize(("base", "other"), [([], []), ([None], [1.0]), ([1.0], [None])])
def test_without_scores_there_is_no_comparison(base: list[float | None], other: list[float | None]) -> None:
    assert paired(base, other) is None
