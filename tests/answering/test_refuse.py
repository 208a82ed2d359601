from __future__ import annotations

from dataclasses import replace

from rag.answering.refuse import refuse_ambiguous, refuse_unanswered, refuse_uncompared, refuse_unrouted
from rag.retrieval.question import Query
from tests.answering.invented import material, needs
from tests.checking.hand_built import FILING, OTHER

QUERY = Query("营业收入", "营业收入", "number", issuers=("青珩科技",), filing_ids=(FILING.id,))
LOADED = (FILING, OTHER)


def test_a_question_that_fits_is_not_refused() -> None:
    assert refuse_unrouted(QUERY, LOADED) is None


def test_an_empty_index_is_told_with_what_to_do() -> None:
    refusal = refuse_unrouted(QUERY, ())
    assert refusal is not None
    assert (refusal.reason, "xunju ingest" in refusal.message) == ("not_found", True)


def test_what_is_not_about_filings_is_out_of_scope() -> None:
    refusal = refuse_unrouted(replace(QUERY, text="今天天气怎么样"), LOADED)
    assert refusal is not None
    assert refusal.reason == "out_of_scope"


def test_a_missing_issuer_is_answered_with_those_loaded() -> None:
    refusal = refuse_unrouted(replace(QUERY, missing="issuer", named="墨白股份"), LOADED)
    assert refusal is not None
    assert "墨白股份" in refusal.message
    assert refusal.options == ("青珩科技", "白砚股份")


def test_a_missing_period_is_told_in_words_with_the_filings_there_are() -> None:
    refusal = refuse_unrouted(replace(QUERY, missing="period", named="2022FY"), LOADED)
    assert refusal is not None
    assert "2022年" in refusal.message
    assert refusal.options == (f"青珩科技 {FILING.title}",)


def test_an_ambiguous_question_names_whom_it_may_mean() -> None:
    refusal = refuse_ambiguous(QUERY, ["青珩科技", "白砚股份"])
    assert (refusal.reason, refusal.options) == ("ambiguous", ("青珩科技", "白砚股份"))


def test_what_was_searched_is_told() -> None:
    held = material("商誉是多少？")
    refusal = refuse_unanswered(held, needs(held))
    assert refusal.reason == "not_disclosed"
    assert "商誉" in refusal.message
    assert any("财务指标" in section for section in refusal.searched)


def test_the_period_that_was_looked_for_is_told() -> None:
    held = material("2024年第一季度商誉是多少？")
    assert "2024年第一季度“商誉" in refuse_unanswered(held, needs(held)).message


def test_the_side_that_does_not_give_the_item_is_named() -> None:
    refusal = refuse_uncompared(Query("", "", "compare", line_items=("goodwill",)), ("乙公司",))
    assert refusal.message == "乙公司的公告中没有读到“商誉”，无法比较。"
