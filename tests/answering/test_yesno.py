from __future__ import annotations

import pytest

from rag.answering.units import units_of
from rag.answering.yesno import box_sentence
from rag.filings.filing import Filing
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from tests.checking.hand_built import FILING


def told(text: str, filing: Filing = FILING) -> str:
    passage = Passage("p", filing.id, 0, "box", ("第五节 重要事项",), (Span(1, 0, len(text)),), text)
    piece = Evidence(1, 0.5, passage, filing)
    (unit,) = (u for u in units_of([piece]) if u.kind == "box")
    return box_sentence(piece, unit)


@pytest.mark.parametrize(
    ("boxes", "verdict"),
    [
        ("□适用 √不适用", "没有"),
        ("√适用 □不适用", "适用"),
        ("□是 √否", "否"),
        ("√是 □否", "是"),
        ("□有 √无", "没有"),
        ("□适用 □不适用", "未勾选"),
        ("□适用 \uf052不适用", "没有"),
        ("□适用 ☑不适用", "没有"),
    ],
)
def test_a_tick_is_told_in_words(boxes: str, verdict: str) -> None:
    assert told(f"一、重大诉讼、仲裁事项\n{boxes}").startswith(verdict)


def test_the_heading_is_told_without_its_number() -> None:
    assert "“重大诉讼、仲裁事项”" in told("十二、重大诉讼、仲裁事项\n□适用 √不适用")


def test_both_boxes_are_told_as_printed() -> None:
    assert "“□适用 √不适用”" in told("一、重大诉讼\n□适用 √不适用")


def test_issuer_and_period_are_told() -> None:
    assert "青珩科技2024年上半年报告" in told("一、重大诉讼\n□适用 √不适用")
