from __future__ import annotations

from rag.checking.said import figures_said


def periods(text: str) -> list[str | None]:
    return [said.period for said in figures_said(text, "2025H1")]


def test_what_a_change_comes_to_is_of_no_earlier_time() -> None:
    text = "报告期内毛利润93.50万元，上年同期128.95万元；毛利率由上年同期的39.1%下降至29.4%。"
    assert periods(text) == ["2025H1", "2024H1", "2024H1", "2025H1"]


def test_what_a_change_starts_from_keeps_its_period() -> None:
    assert periods("毛利率由上年同期的39.1%下降至29.4%。") == ["2024H1", None]
