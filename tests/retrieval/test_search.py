from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.question import Query
from rag.retrieval.search import JUDGED, MATTER_WEIGHT, fuse, judged, search_tokens
from rag.retrieval.windows import Window

RANKING = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.floats(0, 50)), max_size=6, unique_by=lambda x: x[0]
)


def test_a_passage_that_both_rankings_find_comes_first() -> None:
    fused = fuse([("a", 9.0), ("b", 8.0)], [("b", 0.9), ("c", 0.7)], 0.5)
    assert fused[0][0] == "b"


def test_the_best_of_one_ranking_counts_as_the_last_of_the_other() -> None:
    fused = dict(fuse([("a", 9.0), ("b", 3.0)], [("b", 0.8), ("c", 0.7)], 0.5))
    assert fused["a"] == pytest.approx(0.5 * 1.0 + 0.5 * 0.7)
    assert fused["c"] == pytest.approx(0.5 * 3.0 / 9.0 + 0.5 * 0.7)


def test_lexical_scores_count_as_shares_of_the_best() -> None:
    assert fuse([("a", 20.0), ("b", 10.0)], [], 0.6) == [("a", pytest.approx(0.6)), ("b", pytest.approx(0.3))]


def test_a_negative_similarity_counts_nothing() -> None:
    assert fuse([], [("a", -0.5)], 0.5) == [("a", 0.0)]


def test_without_weight_a_ranking_decides_nothing() -> None:
    assert [key for key, _ in fuse([("c", 9.0), ("b", 1.0)], [("a", 0.2), ("b", 0.1)], 0.0)] == [
        "a",
        "b",
        "c",
    ]


def test_equal_scores_are_ordered_by_id() -> None:
    assert [key for key, _ in fuse([("b", 5.0), ("a", 5.0)], [], 0.5)] == ["a", "b"]


def test_nothing_found_is_an_empty_ranking() -> None:
    assert fuse([], [], 0.5) == []


@given(RANKING, RANKING, st.floats(0, 1))
def test_every_passage_found_is_ranked_once(
    lexical: list[tuple[str, float]], dense: list[tuple[str, float]], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    assert sorted(key for key, _ in fused) == sorted({key for key, _ in lexical + dense})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


class LongestFirst:
    """A reranker for which longer texts are better."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]


def windows(*texts: str) -> list[tuple[Window, float]]:
    found = []
    for n, text in enumerate(texts):
        passage = Passage(f"p-{n}", "f", n, "prose", (), (Span(1, 0, len(text)),), text)
        found.append((Window(passage, (passage,), {passage.id: 1.0}), 1 - n / 100))
    return found


def test_a_reranking_model_has_the_last_word_on_the_first_windows() -> None:
    found = judged(Query("q", "q", "text"), windows("短", "长一些的"), LongestFirst())
    assert [window.text for window, _ in found] == ["长一些的", "短"]


def test_scores_go_down_whatever_the_model_gives() -> None:
    found = judged(Query("q", "q", "text"), windows("一", "二二", "三三三"), LongestFirst())
    assert [score for _, score in found] == [1.0, 0.99, 0.98]


def test_windows_that_the_model_does_not_read_stay_behind() -> None:
    found = judged(Query("q", "q", "text"), windows(*["短"] * JUDGED, "很长很长很长"), LongestFirst())
    assert found[-1][0].text == "很长很长很长"


def test_the_question_as_it_stands_is_searched_beside_its_content_words() -> None:
    tokens = search_tokens(Query("现金够吗", "现金够吗", "yesno", matter="现金够吗"))
    assert tokens.count("金够") == MATTER_WEIGHT
