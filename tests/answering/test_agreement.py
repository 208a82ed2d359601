from __future__ import annotations

from dataclasses import replace

from rag.answering.agreement import told_agreement
from rag.answering.draft import Draft, Material
from rag.answering.relevance import Need
from rag.answering.telling import parts_of
from rag.checking.check import check
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, Side, Term
from tests.checking.hand_built import FILING

SECOND = replace(FILING, id="f" * 64)
ASKED = "评估报告和半年报的回购股数、支付金额是否一致"
NEEDS = (Need(("回购",), 2.0, 2, is_name=True), Need(("支付",), 1.0, 2, is_name=True))


def piece(number: int, filing_id: str, text: str) -> Evidence:
    passage = Passage(f"p{number}", filing_id, number, "prose", ("七、回购",), (Span(1, 0, len(text)),), text)
    return Evidence(number, 0.5, passage, FILING if filing_id == FILING.id else SECOND)


def held(second: str, question: str = ASKED) -> Material:
    query = Query(
        question,
        question,
        "compare",
        terms=(Term("回购", 1.0, True),),
        expects=(frozenset({"股"}), frozenset({"元", "万元"})),
        sides=(Side("评估报告", (FILING.id,), question), Side("半年报", (SECOND.id,), question)),
    )
    first = "公司累计回购股份1,908,000股，支付的资金总额约1,506.27万元。"
    return Material(query, (piece(1, FILING.id, first), piece(2, SECOND.id, second)), ())


def told(second: str, question: str = ASKED) -> Draft | None:
    material = held(second, question)
    return told_agreement(material, parts_of(material, NEEDS))


SAME = "公司已累计回购股份1,908,000股，支付的总金额为人民币15,062,735.18元。"


def test_figures_that_both_filings_print_are_told_as_one() -> None:
    draft = told(SAME)
    assert draft is not None
    assert draft.claims[0].text.startswith("一致：评估报告为1,908,000股、1,506.27万元，半年报为1,908,000股")


def test_what_is_told_quotes_both_filings_and_passes_the_check() -> None:
    draft = told(SAME)
    assert draft is not None
    assert {quote.evidence for quote in draft.claims[0].quotes} == {0, 1}
    assert check(draft.claims[0], held(SAME).evidence).passed


def test_filings_that_differ_in_one_of_the_figures_do_not_agree() -> None:
    assert told(SAME.replace("15,062,735.18", "15,162,735.18")) is None


def test_agreement_is_told_only_where_it_is_asked_for() -> None:
    assert told(SAME, "评估报告和半年报的回购股数、支付金额各多少") is None
