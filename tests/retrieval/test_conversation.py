from __future__ import annotations

import pytest

from rag.retrieval.conversation import filled_in
from rag.retrieval.naming import companies
from rag.retrieval.question import Asked, Query, Turn
from rag.retrieval.understand import understand
from tests.retrieval.filings import ALL, HALF

FIRST = "青珩科技2024年上半年的营业收入是多少？"


def query(question: str, *before: str) -> Query:
    return understand(Asked(question, tuple(Turn(text) for text in before)), ALL)


def filled(question: str, *before: str) -> str:
    return filled_in(question, [Turn(text) for text in before], companies(ALL))


def test_a_question_that_opens_a_conversation_stays_as_it_is() -> None:
    assert filled(FIRST) == "青珩科技2024年上半年的营业收入是多少?"


@pytest.mark.parametrize("question", ["上一年呢", "去年同期呢", "那上年同期呢？"])
def test_another_period_keeps_the_figure(question: str) -> None:
    found = query(question, FIRST)
    assert (found.kind, found.line_items, found.periods) == ("number", ("revenue",), ("2023H1",))


def test_the_change_of_the_figure_keeps_company_and_period() -> None:
    found = query("那同比呢", FIRST)
    assert (found.issuers, found.line_items, found.asks_change) == (("青珩科技",), ("revenue",), True)


def test_another_scope_takes_the_place_of_the_one_before() -> None:
    assert query("换成母公司口径", FIRST).scope == "parent"
    assert query("那合并口径呢", FIRST, "换成母公司口径").scope == "consolidated"


def test_a_scope_stays_for_the_next_change() -> None:
    found = query("那同比呢", FIRST, "换成母公司口径")
    assert (found.scope, found.line_items) == ("parent", ("revenue",))


def test_another_thing_takes_the_place_of_the_one_asked_about() -> None:
    found = query("那内窥镜呢", "青珩科技2024年上半年导管收入是多少")
    assert found.line_items == ("revenue",)
    assert [term.text for term in found.terms] == ["内窥镜"]


def test_what_was_spoken_of_goes_with_a_question_that_leaves_it_out() -> None:
    found = query("那是哪天股东大会通过的？", "青珩科技2024年股权激励对多少人开展")
    assert {"股权激励", "股东大会"} <= {term.text for term in found.terms}


def test_the_reason_is_asked_of_the_figure_and_not_of_its_comparative() -> None:
    found = query("为什么变少了", "青珩科技2024年上半年的营业收入多少，去年同期呢")
    assert (found.kind, found.line_items, found.stated_periods) == ("why", ("revenue",), ("2024H1",))


def test_a_pronoun_takes_the_company_of_the_turn_before() -> None:
    assert query("他们的专利有多少项", FIRST).issuers == ("青珩科技",)


def test_another_company_drops_a_period_that_it_has_no_filing_of() -> None:
    found = query("那白砚医疗呢？", "青珩科技2023年的营业收入是多少？")
    assert (found.issuers, found.missing, found.line_items) == (("白砚医疗",), "", ("revenue",))


def test_a_question_of_its_own_takes_nothing_from_before() -> None:
    assert filled("白砚医疗2024年上半年的净利润是多少?", FIRST) == "白砚医疗2024年上半年的净利润是多少?"
    assert HALF.id not in query("白砚医疗2024年上半年的净利润是多少?", FIRST).filing_ids
