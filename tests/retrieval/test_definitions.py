from __future__ import annotations

from dataclasses import replace
from typing import cast

from rag.filings.page import Span
from rag.filings.passage import Passage, passage_id
from rag.retrieval.corpus import Corpus
from rag.retrieval.definitions import defined, definitions
from rag.retrieval.question import Asked
from rag.retrieval.search import search_tokens
from rag.retrieval.understand import understand
from tests.retrieval.filings import ALL, HALF

# As a text filing prints its table: nothing parts a row from the next.
TEXT = (
    "常用词语释义青珩科技、本公司、公司指青珩科技股份有限公司成都珩研指成都珩研软件有限公司,公司的全资子公司"
    "云壁投资指海南云壁创业投资合伙企业(有限合伙)报告期指2024年1月1日至2024年6月30日"
)


def a_passage(text: str, heading: str = "第一节释义") -> Passage:
    return Passage(passage_id(HALF.id, 0), HALF.id, 0, "prose", (heading,), (Span(1, 0, len(text)),), text)


class _Held:
    """A corpus of one passage."""

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return ((a_passage(TEXT), TEXT),)


CORPUS = cast(Corpus, _Held())


def test_short_names_stand_before_what_they_mean() -> None:
    found = definitions([a_passage(TEXT)])
    assert found["成都珩研"] == "成都珩研软件有限公司"
    assert found["云壁投资"] == "海南云壁创业投资合伙企业(有限合伙)"


def test_a_term_that_is_no_part_of_the_full_name_is_not_taken() -> None:
    assert "公司" not in definitions([a_passage(TEXT)])


def test_other_sections_define_nothing() -> None:
    assert definitions([a_passage(TEXT, "第二节公司简介")]) == {}


def test_a_question_with_a_short_name_is_searched_by_the_full_one_too() -> None:
    query = defined(understand(Asked("青珩科技2024中报成都珩研的净利润"), ALL), CORPUS)
    assert query.defined == (("成都珩研", "成都珩研软件有限公司"),)
    assert "软件" in search_tokens(query)


def test_the_issuers_own_name_is_left_to_routing() -> None:
    assert defined(understand(Asked("青珩科技2024中报的净利润"), ALL), CORPUS).defined == ()


def test_a_question_to_many_filings_asks_for_no_definitions() -> None:
    query = understand(Asked("成都珩研的净利润"), ALL)
    assert defined(replace(query, filing_ids=tuple("abcd")), CORPUS).defined == ()
