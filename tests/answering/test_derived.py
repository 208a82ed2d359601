from __future__ import annotations

from decimal import Decimal

import pytest

from rag.answering.derived import derived
from rag.answering.draft import Material
from rag.answering.operands import said_operands
from rag.answering.units import sentence_ranges, sentence_unit
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

TEXT = """公司代码：688999 公司简称：青珩科技
青珩科技股份有限公司
2024 年半年度报告
第三节 管理层讨论与分析
一、经营情况
{}
"""


def worked(question: str, sentence: str) -> tuple[Claim | None, Material]:
    """What the sentence, in a half-year report, is worked out to for the question."""
    card = FileCard("ab" * 32, "qingheng.txt", 1000, "printed")
    parsed = parse(card, [Page(1, TEXT.format(sentence))], Settings().passages)
    evidence = tuple(Evidence(n, 0.5, p, parsed.filing) for n, p in enumerate(parsed.passages, 1))
    held = Material(Query(question, question, "calc"), evidence, ())
    for index, piece in enumerate(evidence):
        for start, end in sentence_ranges(piece.passage.text):
            unit = sentence_unit(index, piece.passage, start, end)
            claim = derived(held.query, held, said_operands(piece.passage, unit), in_row=False)
            if claim is not None:
                return claim, held
    return None, held


@pytest.mark.parametrize(
    ("question", "sentence", "value", "unit"),
    [
        ("按占比倒推总人数", "公司研发人员数量600人，占公司总人数的40.00%。", "1500", "人"),
        ("倒推去年同期的收入", "实现营业收入1,100.00万元，同比增长10.00%。", "1000.00", "万元"),
        ("倒推去年同期的亏损", "净利润-800.00万元，亏损同比收窄20.00%。", "-1000.00", "万元"),
        ("收款的增幅折成百分比", "实现收款1,100.00万元，较去年同期增加100.00万元。", "10.00", "%"),
        ("订阅收入大概多少", "实现收入5,000.00万元，其中订阅收入占该业务收入的30.0%。", "1500.00", "万元"),
    ],
)
def test_what_the_sentence_does_not_print_is_worked_out(
    question: str, sentence: str, value: str, unit: str
) -> None:
    claim, held = worked(question, sentence)
    assert claim is not None
    assert claim.arithmetic is not None
    assert (claim.arithmetic.value, claim.arithmetic.unit) == (Decimal(value), unit)
    assert check(claim, held.evidence).passed


def test_a_part_that_the_question_does_not_name_is_left() -> None:
    claim, _ = worked("硬件收入大概多少", "实现收入5,000.00万元，其中订阅收入占该业务收入的30.0%。")
    assert claim is None
