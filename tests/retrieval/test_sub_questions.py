from __future__ import annotations

import pytest

from rag.retrieval.question import Asked, Filters
from rag.retrieval.sub_questions import sub_questions
from rag.retrieval.understand import understand
from tests.checking.hand_built import FILING


def parts(question: str) -> list[str]:
    query = understand(Asked(question), [FILING])
    return [part.text for part in sub_questions(query, Filters(), [FILING])]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("青珩科技营业收入多少，员工人数多少", ["青珩科技营业收入多少", "员工人数多少"]),
        ("青珩科技研发费用和专利数各多少", ["青珩科技研发费用多少", "专利数多少"]),
        ("青珩科技2024年上半年存货多少，商誉多少", ["青珩科技2024年上半年存货多少", "2024年上半年商誉多少"]),
        ("青珩科技母公司存货多少，商誉多少", ["青珩科技母公司存货多少", "母公司商誉多少"]),
    ],
)
def test_each_thing_asked_for_is_a_question(question: str, asked: list[str]) -> None:
    assert parts(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技营业收入多少，同比呢",
        "青珩科技毛利率多少，为什么提高",
        "青珩科技营业收入和营业成本相差多少",
        "青珩科技董事长持股数量和持股比例多少",
        "青珩科技营业收入是多少",
    ],
)
def test_what_depends_on_the_rest_is_no_question_of_its_own(question: str) -> None:
    assert parts(question) == []
