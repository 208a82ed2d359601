"""Answers as JSON that exports are made of: one extracted, one written by a model, one refused."""

from __future__ import annotations

import pytest

Json = dict[str, object]


def citation(marker: int, quote: str = "营业收入 1,234.56 1,000.00", **more: object) -> Json:
    return {
        "marker": marker, "filing_id": "ab" * 32, "source": "甲公司_2024.pdf", "title": "2024年半年度报告",
        "company": "甲公司", "stock_code": "688999", "period": "2024H1", "kind": "half_year",
        "section": ["第二节", "一、主要会计数据"], "page": 7, "page_label": "7", "page_inferred": False,
        "quote": quote, "start": 0, "end": 9, "rects": [], "link": "", **more,
    }  # fmt: skip


@pytest.fixture
def extracted() -> Json:
    figure = {
        "text": "1,234.56元", "value": "1234.56", "unit": "元", "line_item": "revenue", "period": "2024H1",
        "scope": "consolidated", "marker": 1, "check": "cell", "cell": "",
    }  # fmt: skip
    return {
        "id": "a", "question": "=甲公司营业收入多少", "answer": "甲公司营业收入为1,234.56元[1]。同比增长[1][2]。",
        "refused": False, "refusal": None, "citations": [citation(1), citation(2, "+同比增长*23.46*%")],
        "figures": [figure], "calculation": None, "alternatives": [], "answerer": "extractive",
        "generated_by_ai": False, "warnings": ["未覆盖：第八节"], "prompt_hash": None, "index_generation": "g-1",
    }  # fmt: skip


@pytest.fixture
def generated(extracted: Json) -> Json:
    return {
        **extracted, "question": "那乙呢", "answer": "乙[1]。", "citations": [citation(1, "乙")], "figures": [],
        "answerer": "model:某模型", "generated_by_ai": True, "prompt_hash": "abc123", "warnings": [],
    }  # fmt: skip


@pytest.fixture
def refused(extracted: Json) -> Json:
    refusal = {"reason": "not_disclosed", "message": "没有披露。", "searched": [], "options": []}
    return {
        **extracted,
        "answer": "没有披露。",
        "refused": True,
        "refusal": refusal,
        "citations": [],
        "figures": [],
    }
