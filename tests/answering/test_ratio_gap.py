"""One ratio of two issuers set side by side."""

from __future__ import annotations

from functools import cache

import pytest

from rag.answering.draft import Material
from rag.answering.ratio_gap import compare_ratios
from rag.checking.check import check
from rag.filings.filing import ParsedFiling
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

TEXT = """公司代码：{code} 公司简称：{name}
{name}股份有限公司
2024 年年度报告
第二节 公司简介和主要财务指标
一、主要会计数据
单位：元 币种：人民币
主要会计数据 2024年 2023年
营业收入 {revenue} 90,000,000.00
研发投入合计 {spent} 9,000,000.00
{printed}
"""
RATIO = "研发投入占营业收入的比例（%） {ratio} 10.00"


@cache
def filings(*printed: bool) -> tuple[ParsedFiling, ...]:
    """The reports of two invented issuers, of which those told so print the ratio."""
    cards = (
        ("688999", "青珩科技", "100,000,000.00", "20,000,000.00", "20.00"),
        ("688998", "珀宁医疗", "50,000,000.00", "4,000,000.00", "8.00"),
    )
    return tuple(
        parse(
            FileCard(code[-2:] * 32, f"{name}.txt", 1000, "printed"),
            [Page(1, TEXT.format(code=code, name=name, revenue=revenue, spent=spent,
                                 printed=RATIO.format(ratio=ratio) if shown else ""))],
            Settings().passages,
        )
        for (code, name, revenue, spent, ratio), shown in zip(cards, printed, strict=True)
    )  # fmt: skip


def said(question: str, *printed: bool) -> str:
    parsed = filings(*printed)
    query = understand(Asked(question), [one.filing for one in parsed])
    pieces = [(passage, one.filing) for one in parsed for passage in one.passages]
    evidence = tuple(Evidence(n, 0.5, passage, filing) for n, (passage, filing) in enumerate(pieces, 1))
    material = Material(query, evidence, tuple(fact for one in parsed for fact in one.facts))
    draft = compare_ratios(material)
    assert draft is not None
    assert all(check(claim, evidence).passed for claim in draft.claims)
    return draft.claims[0].text


QUESTION = "青珩科技和珀宁医疗2024年研发投入占营收的比例差几个百分点"


@pytest.mark.parametrize("printed", [(True, True), (True, False), (False, False)])
def test_the_gap_is_told_whether_printed_or_worked_out(printed: tuple[bool, bool]) -> None:
    text = said(QUESTION, *printed)
    assert "高于珀宁医疗" in text
    assert "相差12.00个百分点" in text


def test_printed_ratios_are_told_with_their_values() -> None:
    assert "研发投入占营业收入的比例为20.00%，高于珀宁医疗的8.00%" in said(QUESTION, True, True)
