"""Checked claims become text with markers, citations, figures and a calculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composed, compose
from rag.answering.draft import Draft, Material
from rag.checking.calculation import calculate
from rag.checking.claim import Claim, Quote
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, QuestionKind
from rag.settings import AnswerSettings
from tests.checking.hand_built import (
    EVIDENCE,
    FILING,
    OTHER,
    PROSE_TEXT,
    claim,
    operand,
    pages,
    row_quote,
    sentence,
)

REVENUE = claim("青珩科技2024年上半年营业收入为412,345,678.90元。", row_quote(0, 0))
STAFF = claim("公司员工总数1,234人", sentence(1, "员工总数"))
INVENTED = claim("营业收入为5亿元。", row_quote(0, 0))


def composed(*claims: Claim, kind: QuestionKind = "number", **changed: object) -> Composed:
    return made(Draft(claims), EVIDENCE, kind, **changed)


def made(
    draft: Draft, evidence: Sequence[Evidence], kind: QuestionKind = "number", **changed: object
) -> Composed:
    material = Material(Query("问", "问", kind), tuple(evidence), ())
    return compose(material, draft, pages(), AnswerSettings().model_copy(update=changed))


def test_the_marker_stands_before_the_stop() -> None:
    assert composed(REVENUE).answer == "青珩科技2024年上半年营业收入为412,345,678.90元[1]。"


def test_a_missing_stop_is_added() -> None:
    assert composed(STAFF).answer == "公司员工总数1,234人[1]。"


def test_markers_number_citations_as_they_appear() -> None:
    assert composed(STAFF, REVENUE).answer == (
        "公司员工总数1,234人[1]。青珩科技2024年上半年营业收入为412,345,678.90元[2]。"
    )


def test_the_same_quote_keeps_its_marker() -> None:
    done = composed(REVENUE, replace(REVENUE, text="上年同期营业收入为400,000,000.00元。"))
    assert done.answer.count("[1]") == 2
    assert len(done.citations) == 1


def test_a_quote_is_the_very_text_of_its_page() -> None:
    citation = composed(REVENUE).citations[0]
    page = pages().page(FILING.id, 7)
    assert citation.quote == page.text[citation.start : citation.end]


def test_an_invented_figure_is_dropped() -> None:
    done = composed(REVENUE, INVENTED)
    assert "5亿元" not in done.answer
    assert [one.claim.text for one in done.dropped] == ["营业收入为5亿元。"]


def test_a_lost_first_claim_is_told() -> None:
    assert not composed(INVENTED, REVENUE).direct


def test_markers_that_a_claim_brings_along_are_taken_out() -> None:
    assert composed(replace(REVENUE, text="营业收入为412,345,678.90元[7]。")).answer.endswith("元[1]。")


def test_a_long_quote_is_cut_to_the_sentence_that_holds_the_claim() -> None:
    done = composed(replace(STAFF, quotes=(Quote(1, 0, len(PROSE_TEXT)),)), max_quote_chars=60)
    assert done.citations[0].quote == "截至2024年6月30日，公司员工总数1,234人，其中研发人员567人。"


def test_no_quote_is_longer_than_the_limit() -> None:
    whole = replace(STAFF, quotes=(Quote(1, 0, len(PROSE_TEXT)),))
    assert all(len(citation.quote) <= 60 for citation in composed(whole, max_quote_chars=60).citations)


def test_no_more_citations_than_allowed() -> None:
    assert len(composed(REVENUE, STAFF, max_citations=1).citations) == 1


def test_a_list_may_cite_each_item() -> None:
    assert len(composed(REVENUE, STAFF, kind="list", max_citations=1).citations) == 2


def test_a_page_that_does_not_say_the_quote_drops_the_claim() -> None:
    reader = pages()
    reader.held[FILING.id, 7] = Page(7, "别的内容")
    material = Material(Query("问", "问", "number"), EVIDENCE, ())
    assert compose(material, Draft((REVENUE,)), reader, AnswerSettings()).answer == ""


def test_a_figure_tells_its_cell_period_and_marker() -> None:
    figure = composed(REVENUE).figures[0]
    assert (figure.line_item, figure.period, figure.scope, figure.marker, figure.check) == (
        "revenue",
        "2024H1",
        "consolidated",
        1,
        "cell",
    )


def test_a_calculation_shows_formula_operands_and_result() -> None:
    growth = calculate("(f1-f2)/f2", [operand(0, 0, 0), operand(0, 0, 1)], "%")
    done = composed(Claim("2024年上半年营业收入同比增长3.09%。", (), (), growth))
    assert done.calculation is not None
    assert [one.text for one in done.calculation.operands] == ["412,345,678.90", "400,000,000.00"]
    assert done.calculation.result.text == "3.09%"


def test_an_alternative_has_its_own_marker() -> None:
    near = claim("2024年6月末母公司货币资金为2.10亿元。", row_quote(2, 0))
    done = made(Draft((REVENUE,), alternatives=(("母公司口径", near),)), EVIDENCE)
    assert [(one.label, one.marker) for one in done.alternatives] == [("母公司口径", 2)]


def test_the_page_is_null_where_a_filing_has_no_page_numbers() -> None:
    unnumbered = replace(EVIDENCE[0], filing=replace(FILING, numbering="none"))
    assert made(Draft((REVENUE,)), (unnumbered,)).citations[0].source.page is None


def test_an_inferred_page_says_so() -> None:
    inferred = replace(EVIDENCE[0], filing=replace(FILING, numbering="inferred"))
    assert made(Draft((REVENUE,)), (inferred,)).citations[0].source.page_inferred


def test_another_issuers_figure_is_dropped() -> None:
    swapped = claim("青珩科技营业收入9,876.54万元。", sentence(3, "营业收入"))
    assert composed(swapped).answer == ""
    assert OTHER.id not in {citation.source.filing_id for citation in composed(swapped).citations}
