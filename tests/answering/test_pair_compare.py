from __future__ import annotations

import pytest

from rag.answering.draft import Draft
from rag.checking.check import check
from tests.answering.test_extract import answerer, draft


def claims(question: str) -> list[str]:
    return [claim.text for claim in draft(question).claims]


def test_which_of_two_is_more_is_said_first() -> None:
    assert claims("货币资金和应收账款哪个多？")[0] == (
        "货币资金为210,000,000.00元，高于应收账款的99,000,000.00元，相差111,000,000.00元。"
    )


def test_what_is_said_of_each_follows() -> None:
    said = claims("货币资金和应收账款哪个多？")
    assert ["210,000,000.00元" in said[1], "99,000,000.00元" in said[2]] == [True, True]


def test_the_comparison_passes_the_check() -> None:
    made: Draft = draft("货币资金和应收账款哪个多？")
    assert made.material is not None
    assert all(check(claim, made.material.evidence).passed for claim in made.claims)


@pytest.mark.parametrize("question", ["营业收入是多少？", "货币资金和火星矿产哪个多？"])
def test_what_names_no_two_figures_is_not_compared(question: str) -> None:
    assert not any("高于" in text for text in claims(question))


def test_two_items_asked_for_side_by_side_are_each_answered() -> None:
    assert answerer() is not None
    assert len(claims("货币资金和应收账款各是多少？")) == 2
