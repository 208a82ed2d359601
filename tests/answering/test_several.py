from __future__ import annotations

from decimal import Decimal

from rag.answering.answer import Answer, Citation, Figure
from rag.answering.several import is_told, joined
from rag.filings.source import Source
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from tests.checking.hand_built import FILING


def cited(marker: int, quote: str) -> Citation:
    source = Source(FILING.id, FILING.file_name, FILING.title, "", "", FILING.period, "", (), 1, None)
    return Citation(marker, source, quote, 0, len(quote))


def answer(text: str, *citations: Citation) -> Answer:
    figures = tuple(
        Figure("1元", Decimal(1), "元", "revenue", "2024H1", "", one.marker, "cell") for one in citations
    )
    return Answer("问", text, citations=citations, figures=figures)


def test_citations_are_numbered_through_and_known_ones_kept() -> None:
    first = answer("收入1元[1]。", cited(1, "收入"))
    second = answer("成本1元[1]，见证监许可[2022]15号，收入1元[2]。", cited(1, "成本"), cited(2, "收入"))
    whole = joined([first, second])
    assert whole.answer == "收入1元[1]。成本1元[2]，见证监许可[2022]15号，收入1元[1]。"
    assert [(one.marker, one.quote) for one in whole.citations] == [(1, "收入"), (2, "成本")]
    assert [figure.marker for figure in whole.figures] == [1, 2, 1]


def test_a_part_is_told_where_its_line_item_is_named() -> None:
    part = understand(Asked("青珩科技营收多少"), [FILING])
    assert is_told(part, answer("营业收入为1元[1]。", cited(1, "营业收入")))
    assert not is_told(part, answer("营业成本为1元[1]。", cited(1, "营业成本")))


def test_a_figure_asked_for_is_not_told_by_words_alone() -> None:
    part = understand(Asked("青珩科技商誉多少"), [FILING])
    assert not is_told(part, answer("商誉的减值按会计政策测试。"))
