from __future__ import annotations

import pytest

from rag.answering.draft import Material
from rag.answering.nth_largest import nth_largest
from rag.filings.filing import Filing
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.checking.hand_built import EVIDENCE

HEAD = "公司前5大客户资料 客户名称 销售额（元） 占年度销售总额比例"
NAMES = ("云岭百货", "青禾超市", "大洋商贸", "安平药房", "和泰物流")
SALES = ("900.00 9.00%", "800.00 8.00%", "700.00 7.00%", "720.00 7.20%", "500.00 5.00%")
COLUMNS = (
    Column("销售额(元)", "", None, "amount", "元"),
    Column("占年度销售总额比例", "", None, "ratio", "%"),
)


def filing() -> Filing:
    return EVIDENCE[0].filing


def table(count: int = 5) -> Passage:
    text, rows = HEAD, []
    for name, figures in list(zip(NAMES, SALES, strict=True))[:count]:
        start = len(text) + 1
        text += f"\n{name} {figures}"
        at = start + len(name) + 1
        amount, share = figures.split()
        cells = (
            Cell(amount, at, at + len(amount), 0, "元"),
            Cell(share, at + len(amount) + 1, at + len(figures), 1, "%"),
        )
        rows.append(Row(name, start, len(text), cells))
    passage = EVIDENCE[0].passage
    return Passage(
        "t1",
        passage.filing_id,
        7,
        "table",
        ("主要销售客户",),
        passage.spans,
        text,
        columns=COLUMNS,
        rows=tuple(rows),
    )


def told(question: str, count: int = 5) -> str:
    held = Material(Query(question, question, "number"), (Evidence(1, 0.5, table(count), filing()),), ())
    draft = nth_largest(held)
    return draft.claims[0].text if draft is not None else ""


@pytest.mark.parametrize(
    ("question", "name"),
    [("第一大客户是谁", "云岭百货"), ("最大客户销售额多少", "云岭百货"), ("第二大客户是哪家", "青禾超市")],
)
def test_the_one_asked_for_by_its_place_is_told(question: str, name: str) -> None:
    assert name in told(question)


def test_the_place_goes_by_the_share_and_not_by_the_line() -> None:
    assert "安平药房" in told("第三大客户是谁")


def test_its_amount_and_share_are_told() -> None:
    assert "800.00" in told("第二大客户是谁")
    assert "8.00%" in told("第二大客户是谁")


@pytest.mark.parametrize("question", ["客户有多少家", "第一大供应商是谁", "第一大客户增持了多少股"])
def test_another_question_is_left(question: str) -> None:
    assert not told(question)


def test_a_part_of_the_table_may_lack_the_largest() -> None:
    assert not told("第一大客户是谁", count=3)
