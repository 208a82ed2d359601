from __future__ import annotations

from rag.answering.ageing import tiled
from rag.checking.claim import Operand


def rows(*spans: tuple[int, int]) -> list[tuple[tuple[int, int], Operand]]:
    """Rows of these ages; what they hold does not matter here."""
    return [(span, str(span)) for span in spans]  # type: ignore[misc]


def test_the_rows_of_an_age_and_above_are_summed() -> None:
    assert len(tiled((3, 99), rows((0, 1), (3, 4), (4, 5), (5, 99)))) == 3


def test_a_row_that_is_the_sum_of_others_stands_for_them() -> None:
    assert len(tiled((2, 99), rows((2, 3), (3, 99), (3, 4), (4, 5), (5, 99)))) == 2


def test_ages_with_a_gap_are_not_summed() -> None:
    assert tiled((3, 99), rows((3, 4), (5, 99))) == []
