from __future__ import annotations

from rag.checking.said import figures_said


def periods(text: str) -> list[str | None]:
    return [said.period for said in figures_said(text, "2025H1")]


def test_what_a_change_comes_to_is_of_no_earlier_time() -> None:
    text = "报告期内毛利润93.50万元，上年同期128.95万元；毛利率由上年同期的39.1%下降至29.4%。"
    assert periods(text) == ["2025H1", "2024H1", "2024H1", "2025H1"]


def test_what_a_change_starts_from_keeps_its_period() -> None:
    assert periods("毛利率由上年同期的39.1%下降至29.4%。") == ["2024H1", None]


def test_an_amount_after_a_ratio_is_not_of_the_ratio() -> None:
    progress, spent = figures_said("投资进度为83.05%，累计投资10,962.80万元。", "2024H1")
    assert progress.items
    assert not spent.items


def test_the_period_of_a_target_ends_with_the_target() -> None:
    target, held = figures_said("存货余额年末不超过9,000万元账面价值9,512.30万元滞后", "2024H1")
    assert target.period == "2024-12-31"
    assert held.period is None


def test_what_is_compared_with_keeps_its_own_period() -> None:
    (before, *_) = figures_said("2024年6月末总资产较2023年末的13.16亿元下降4.67%。", "2024H1")
    assert before.period == "2023-12-31"
