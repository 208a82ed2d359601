from __future__ import annotations

import pytest

from rag.answering.contrast import needs_contrasted
from rag.answering.relevance import Need


def need(word: str) -> Need:
    return Need((word,), 1.0, 1, is_name=True)


NEEDS = (need("青梭"), need("白梭"), need("平台"), need("客户"))


@pytest.mark.parametrize(
    "question",
    [
        "青梭平台和白梭平台，客户有什么不一样",
        "青梭平台与白梭平台的客户有啥区别？",
    ],
)
def test_each_of_two_things_has_its_own_needs_and_those_of_what_is_asked(question: str) -> None:
    first, second = needs_contrasted(question, NEEDS)
    assert {n.words[0] for n in first} == {"青梭", "客户"}
    assert {n.words[0] for n in second} == {"白梭", "客户"}


@pytest.mark.parametrize(
    "question", ["青梭平台和白梭平台的客户有哪些", "青梭平台有什么不同", "客户和客户有什么不同"]
)
def test_a_question_that_sets_no_two_things_apart_contrasts_nothing(question: str) -> None:
    assert needs_contrasted(question, NEEDS) == []
