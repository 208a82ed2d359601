from __future__ import annotations

import pytest

from rag.answering.draft import Material
from rag.answering.excerpt import excerpt, passage_excerpts, row_block
from rag.answering.relevance import Need
from rag.answering.units import Unit, row_unit, units_of
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, QuestionKind
from rag.structure.blocks import blocks_of
from rag.structure.passages import PassageMaker
from rag.structure.tokens import tokens_of
from tests.checking.hand_built import FILING

REASONS = """单位：元
本报告期 上年同期 同比增减 变动原因
研发费用 56,430,914.15 51,221,531.80 10.17%
主要系新一代产品等在研项
目进入临床阶段所致
经营活动产生的现
金流量净额 30,962,928.26 79,260,472.91 -60.94%
主要系本期销售回款减少，以
及备货导致存货增加所致
管理费用 9,000,000.00 8,000,000.00 12.50% 主要系办公楼
装修所致
"""
AROUND = """单位：元
科目 本期数 上年同期数 变动比例
主要系本期
销售费用 30,962,928.26 79,260,472.91 -60.94%
减少推广活动所致
"""


def material(text: str, kind: QuestionKind = "why", filing: Filing = FILING) -> Material:
    tokens = tokens_of([Page(1, text)])
    made = PassageMaker(filing.id, filing.period, tokens, 900).run(blocks_of(tokens))
    evidence = tuple(Evidence(n, 0.5, passage, filing) for n, passage in enumerate(made, 1))
    return Material(Query("", "", kind), evidence, ())


def row(held: Material, label: str) -> Unit:
    for index, piece in enumerate(held.evidence):
        for printed in piece.passage.rows:
            if printed.label == label:
                return row_unit(index, piece.passage, printed)
    raise AssertionError(label)


def sentence(held: Material, words: str) -> Unit:
    return next(u for u in units_of(held.evidence) if u.kind == "sentence" and words in u.text)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("研发费用", "主要系新一代产品等在研项目进入临床阶段所致"),
        ("经营活动产生的现金流量净额", "主要系本期销售回款减少,以及备货导致存货增加所致"),
        ("管理费用", "主要系办公楼装修所致"),
    ],
)
def test_a_reason_below_a_row_is_that_rows(label: str, reason: str) -> None:
    held = material(REASONS)
    claim = row_block(held, row(held, label))
    assert claim is not None
    assert claim.text.endswith(f"变动的原因：{reason}。")


def test_a_reason_around_a_row_is_put_together() -> None:
    held = material(AROUND)
    claim = row_block(held, row(held, "销售费用"))
    assert claim is not None
    assert claim.text.endswith("主要系本期减少推广活动所致。")


def test_a_row_without_reason_gives_none() -> None:
    held = material(
        "单位：元\n项目 本期数 上年同期数\n营业收入 9,000.00 8,000.00\n营业成本 7,000.00 6,000.00\n"
    )
    assert row_block(held, row(held, "营业收入")) is None


def test_a_short_sentence_is_said_whole() -> None:
    held = material("报告期内公司实现营业收入41,234.57万元，同比增长3.09%。", "number")
    claim = excerpt(held, sentence(held, "41,234.57"), ())
    assert claim is not None
    assert claim.text == "报告期内公司实现营业收入41,234.57万元，同比增长3.09%。"


def test_a_long_sentence_is_cut_to_the_clauses_asked_for() -> None:
    filler = "公司持续完善治理结构与内部控制制度，" * 8
    held = material(f"{filler}报告期末公司共有软件著作权318项，{filler}并取得成效。", "number")
    need = Need(("软件著作权",), 1.0, 1)
    claim = excerpt(held, sentence(held, "318项"), (need,))
    assert claim is not None
    assert "软件著作权318项" in claim.text
    assert len(claim.text) <= 111


def test_a_cut_sentence_is_quoted_whole() -> None:
    filler = "公司持续完善治理结构与内部控制制度，" * 8
    held = material(f"{filler}报告期末公司共有软件著作权318项。", "number")
    unit = sentence(held, "318项")
    claim = excerpt(held, unit, (Need(("软件著作权",), 1.0, 1),))
    assert claim is not None
    assert (claim.quotes[0].start, claim.quotes[0].end) == (unit.start, unit.end)


def test_the_items_of_a_list_are_said_one_by_one() -> None:
    held = material("公司面临下列风险。1、市场竞争加剧的风险；2、核心人员流失的风险。其他说明内容。", "list")
    claims = passage_excerpts(held, sentence(held, "市场竞争"), ())
    assert [claim.text for claim in claims] == ["1、市场竞争加剧的风险。", "2、核心人员流失的风险。"]


def test_the_reason_in_the_next_sentence_is_said_too() -> None:
    held = material(
        "报告期内管理费用同比有较大幅度的增长，较上年同期多出近三成左右。这主要系办公楼装修所致。", "why"
    )
    claims = passage_excerpts(held, sentence(held, "管理费用"), ())
    assert len(claims) == 2


def test_the_unit_in_brackets_is_drawn_to_its_figure() -> None:
    held = material("对外担保总额为12,252.20（单位：万元 币种：人民币）。", "number")
    claim = excerpt(held, sentence(held, "担保"), ())
    assert claim is not None
    assert claim.text == "对外担保总额为12,252.20万元。"
