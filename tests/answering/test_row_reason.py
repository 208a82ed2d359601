from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.draft import Material
from rag.answering.row_reason import row_block
from rag.answering.units import Unit, row_unit
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
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
BROKEN = """单位：元
项目 本期数 上年同期数 变动比例
应付职工薪 主要系报告期内发放 41,207,672.46 63,853,625.85 -35.47%
酬 上年度年终奖金所致 主要系缴纳上年末计
应交税费 9,000,000.00 12,000,000.00 -25.00%
提的税款所致
"""


def material(text: str, *line_items: str) -> Material:
    tokens = tokens_of([Page(1, text)])
    made = PassageMaker(FILING.id, FILING.period, tokens, 900).run(blocks_of(tokens))
    evidence = tuple(Evidence(n, 0.5, passage, FILING) for n, passage in enumerate(made, 1))
    return Material(Query("", "", "why", line_items=line_items), evidence, ())


def row(held: Material, label: str) -> Unit:
    for index, piece in enumerate(held.evidence):
        for printed in piece.passage.rows:
            if printed.label == label:
                return row_unit(index, piece.passage, printed)
    raise AssertionError(label)


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


def test_a_label_broken_by_its_reason_is_mended_by_the_item_asked_for() -> None:
    held = material(BROKEN, "employee_payable")
    broken = next(
        r for piece in held.evidence for r in piece.passage.rows if r.label.startswith("应付职工薪")
    )
    claim = row_block(held, row(held, broken.label))
    assert claim is not None
    assert claim.text.endswith("应付职工薪酬变动的原因：主要系报告期内发放上年度年终奖金所致。")


def remarked(held: Material, label: str, remark: str) -> tuple[Material, Unit]:
    """The material whose table's lines put `remark` into the row of this label."""
    (piece,) = held.evidence
    text = piece.passage.text
    rows = tuple(
        replace(row, remark_end=text.index(remark) + len(remark)) if row.label == label else row
        for row in piece.passage.rows
    )
    ruled = replace(held, evidence=(replace(piece, passage=replace(piece.passage, rows=rows)),))
    return ruled, row(ruled, label)


NOTED = """单位：元
项目 2024年 2023年 同比增减 重大变动说明
销售费用 31,068,457.45 51,523,030.91 -39.70% 子公司推广费用大幅减少
管理费用 70,478,544.83 59,680,583.66 18.09%
"""


def test_a_remark_in_the_rows_own_cell_is_its_reason() -> None:
    held, unit = remarked(material(NOTED), "销售费用", "子公司推广费用大幅减少")
    claim = row_block(held, unit)
    assert claim is not None
    assert claim.text == "青珩科技销售费用变动的原因：子公司推广费用大幅减少。"


def test_the_remark_of_another_row_is_no_reason() -> None:
    held, _ = remarked(material(NOTED), "销售费用", "子公司推广费用大幅减少")
    assert row_block(held, row(held, "管理费用")) is None
