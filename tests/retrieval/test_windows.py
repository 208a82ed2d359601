from __future__ import annotations

from dataclasses import replace

from rag.filings.page import Span
from rag.filings.passage import Passage, passage_id
from rag.retrieval.windows import NEIGHBOURS, reach, windows_of

FILING = "ab" * 32


def a_passage(ordinal: int, text: str = "十个字的一段文字而已", heading: str = "一、概述") -> Passage:
    section = ("第三节 管理层讨论与分析", heading)
    return Passage(
        passage_id(FILING, ordinal), FILING, ordinal, "prose", section, (Span(1, 0, len(text)),), text
    )


def by_id(*passages: Passage) -> dict[str, Passage]:
    return {passage.id: passage for passage in passages}


def key(ordinal: int) -> str:
    return passage_id(FILING, ordinal)


def test_neighbours_under_the_same_heading_join_in_reading_order() -> None:
    passages = by_id(*map(a_passage, range(3)))
    (window,) = windows_of([(key(1), 0.9)], passages, 100)
    assert [passage.ordinal for passage in window.passages] == [0, 1, 2]


def test_a_passage_under_another_heading_stays_outside() -> None:
    passages = by_id(a_passage(0, heading="前一节"), a_passage(1), a_passage(2))
    (window,) = windows_of([(key(1), 0.9)], passages, 100)
    assert [passage.ordinal for passage in window.passages] == [1, 2]


def test_a_window_holds_no_more_characters_than_allowed() -> None:
    (window,) = windows_of([(key(1), 0.9)], by_id(*map(a_passage, range(3))), 25)
    assert sum(len(passage.text) for passage in window.passages) <= 25


def test_the_neighbour_that_search_found_joins_before_the_other() -> None:
    ranked = [(key(1), 0.9), (key(0), 0.5)]
    (window, *_) = windows_of(ranked, by_id(*map(a_passage, range(3))), 25)
    assert [passage.ordinal for passage in window.passages] == [0, 1]


def test_no_passage_stands_in_two_windows() -> None:
    ranked = [(key(n), 0.9 - n / 10) for n in range(6)]
    windows = windows_of(ranked, by_id(*map(a_passage, range(6))), 30)
    shown = [passage.id for window in windows for passage in window.passages]
    assert sorted(shown) == sorted({*shown})


def test_without_room_a_window_is_the_passage_alone() -> None:
    (window,) = windows_of([(key(1), 0.9)], by_id(*map(a_passage, range(3))), 0)
    assert window.passages == (a_passage(1),)


def test_a_window_keeps_the_scores_of_what_search_found() -> None:
    (window,) = windows_of([(key(1), 0.9), (key(2), 0.4)], by_id(*map(a_passage, range(3))), 100)
    assert window.scores == {key(1): 0.9, key(2): 0.4}


def test_a_passage_that_is_gone_makes_no_window() -> None:
    assert windows_of([(key(9), 0.9)], by_id(a_passage(1)), 100) == []


def test_neighbours_reach_no_further_than_the_filings_first_passage() -> None:
    assert reach([(key(1), 0.9)]) == [key(n) for n in range(1 + NEIGHBOURS + 1)]


def test_a_neighbour_too_far_away_stays_outside() -> None:
    passages = by_id(*(replace(a_passage(n), text="字") for n in range(12)))
    (window,) = windows_of([(key(5), 0.9)], passages, 100)
    assert [passage.ordinal for passage in window.passages] == list(range(5 - NEIGHBOURS, 6 + NEIGHBOURS))
