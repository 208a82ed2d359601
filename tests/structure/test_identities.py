from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from rag.errors import UserError
from rag.filings.filing import ParsedFiling
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Fact, Scope, Statement
from rag.structure import identity_rules as rules_file
from rag.structure.identities import Finding, check, sheets_of
from rag.structure.identity_rules import identity_rules

END, START = "2024-06-30", "2023-12-31"


def fact(
    label: str,
    value: str,
    period: str = END,
    statement: Statement = "balance_sheet",
    scope: Scope | None = "consolidated",
    place: int = 0,
    unit: str = "元",
) -> Fact:
    return Fact(
        f"{label}{period}{place}{statement}", "f", f"p{place}", label, line_item_of(label), period, scope,
        statement, "amount", Decimal(value), unit, period, value, (0, 1), (0, 1), (f"表{place}",),
    )  # fmt: skip


def rows(*told: str, statement: Statement = "balance_sheet", period: str = END) -> list[Fact]:
    """`货币资金 5.00` a fact."""
    split = (line.rsplit(" ", 1) for line in told)
    return [fact(label, value, period, statement) for label, value in split]


def found(facts: list[Fact], identity: str) -> list[Finding]:
    return [finding for finding in check(facts) if finding.identity == identity]


ASSETS = ("货币资金 5.00", "存货 3.00", "流动资产合计 8.00")


def test_a_subtotal_of_its_rows_holds() -> None:
    (finding,) = found(rows(*ASSETS), "current_assets")
    assert (finding.holds, finding.found, finding.expected) == (True, Decimal("8.00"), Decimal("8.00"))


def test_a_figure_of_another_row_breaks_the_subtotal() -> None:
    (finding,) = found(rows("货币资金 5.00", "存货 4.00", "流动资产合计 8.00"), "current_assets")
    assert not finding.holds


def test_a_subtotal_begins_after_the_one_before() -> None:
    facts = rows(*ASSETS, "固定资产 2.00", "商誉 1.00", "非流动资产合计 3.00")
    assert [finding.holds for finding in found(facts, "noncurrent_assets")] == [True]


def test_a_subtotal_with_an_unplaced_row_is_not_judged() -> None:
    facts = [fact("应收账款", "9.00", ""), *rows(*ASSETS)]
    assert found(facts, "current_assets") == []


def test_an_unplaced_row_inside_another_row_does_not_matter() -> None:
    facts = [
        *rows("货币资金 5.00", "其他应收款 3.00"),
        fact("应收股利", "1.00", ""),
        *rows("流动资产合计 8.00"),
    ]
    assert [finding.holds for finding in found(facts, "current_assets")] == [True]


@pytest.mark.parametrize(
    "inner", ["其中：应收股利 1.00", "应收利息 1.00", "应收票据及应收账款 0.00|应收票据 1.00"]
)
def test_rows_inside_another_row_are_not_added_again(inner: str) -> None:
    facts = rows("货币资金 5.00", "其他应收款 3.00", *inner.split("|"), "流动资产合计 8.00")
    assert [finding.holds for finding in found(facts, "current_assets")] == [True]


def test_rows_that_say_less_are_taken_off() -> None:
    facts = rows("负债合计 1.00", "股本 9.00", "减：库存股 2.00", "归属于母公司所有者权益合计 7.00")
    assert [finding.holds for finding in found(facts, "equity_attributable")] == [True]


def test_assets_equal_liabilities_and_equity() -> None:
    facts = rows("资产总计 9.00", "负债合计 4.00", "所有者权益合计 5.00", "负债和所有者权益总计 9.00")
    assert [finding.holds for finding in check(facts)] == [True, True]


def test_an_identity_with_a_missing_line_does_not_apply() -> None:
    assert check(rows("资产总计 9.00", "负债合计 4.00")) == []


def test_columns_are_checked_apart() -> None:
    told = ("资产总计 9.00", "负债和所有者权益总计 9.00")
    wrong = ("资产总计 8.00", "负债和所有者权益总计 9.00")
    findings = check([*rows(*told), *rows(*wrong, period=START)])
    assert [(finding.period, finding.holds) for finding in findings] == [(END, True), (START, False)]


def test_statements_are_checked_apart() -> None:
    facts = [fact("资产总计", "9.00", place=0), fact("负债和所有者权益总计", "8.00", place=1)]
    assert (check(facts), len(sheets_of(facts))) == ([], 2)


def test_figures_in_two_units_do_not_agree() -> None:
    facts = [fact("资产总计", "9.00"), fact("负债和所有者权益总计", "9.00", unit="万元")]
    assert [finding.holds for finding in check(facts)] == [False]


@pytest.mark.parametrize(("total", "holds"), [("9.01", True), ("9.02", False)])
def test_a_sum_may_be_off_by_rounding(total: str, holds: bool) -> None:
    facts = rows(f"资产总计 {total}", "负债和所有者权益总计 9.00")
    assert [finding.holds for finding in check(facts)] == [holds]


INCOME = ("一、营业总收入 90.00", "二、营业总成本 60.00", "加：其他收益 2.00", "信用减值损失 -3.00")


def test_operating_profit_is_what_remains_of_revenue() -> None:
    facts = rows(*INCOME, "三、营业利润 29.00", statement="income_statement", period="2024H1")
    assert [finding.holds for finding in found(facts, "operating_profit")] == [True]


def test_losses_may_be_printed_without_a_minus() -> None:
    facts = rows(
        *INCOME[:3],
        "减：信用减值损失 3.00",
        "三、营业利润 29.00",
        statement="income_statement",
        period="2024H1",
    )
    assert [finding.holds for finding in found(facts, "operating_profit")] == [True]


def test_a_row_that_no_one_knows_leaves_the_profit_unjudged() -> None:
    facts = rows(
        *INCOME, "某种收益 7.00", "三、营业利润 36.00", statement="income_statement", period="2024H1"
    )
    assert found(facts, "operating_profit") == []


def test_closing_cash_is_opening_cash_and_increase() -> None:
    cash: Statement = "cash_flow"
    facts = [
        fact("五、现金及现金等价物净增加额", "3.00", "2024H1", cash),
        fact("加：期初现金及现金等价物余额", "5.00", START, cash),
        fact("六、期末现金及现金等价物余额", "8.00", END, cash),
    ]
    assert [finding.holds for finding in found(facts, "closing_cash")] == [True]


@pytest.mark.parametrize(
    ("value", "unit", "holds"), [("12.35", "万元", True), ("123,456".replace(",", ""), "元", False)]
)
def test_key_indicators_equal_the_statements(value: str, unit: str, holds: bool) -> None:
    facts = [
        fact("资产总计", "123450.00"),
        fact("总资产", value, statement="key_indicators", scope=None, unit=unit),
    ]
    assert [finding.holds for finding in found(facts, "indicator")] == [holds]


def test_no_indicator_is_compared_with_the_parents_statement() -> None:
    facts = [
        fact("资产总计", "9.00", scope="parent"),
        fact("总资产", "10.00", statement="key_indicators", scope=None),
    ]
    assert found(facts, "indicator") == []


def test_every_rule_has_a_key_of_its_own() -> None:
    rules = identity_rules()
    assert all(
        len({rule.key for rule in kind}) == len(kind) > 0 for kind in (rules.formulas, rules.subtotals)
    )


def test_a_rule_with_an_unknown_line_item_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = rules_file._FILE.read_text(encoding="utf-8").replace('"total_assets"', '"all_assets"')
    (tmp_path / "identities.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(rules_file, "_FILE", tmp_path / "identities.toml")
    with pytest.raises(UserError, match="all_assets"):
        identity_rules.__wrapped__()


@pytest.mark.parametrize(
    "file",
    ["filings/lantu_2024_half_year.txt", "pdf/lantu_2024_half_year.pdf", "filings/boning_2024_half_year.pdf"],
)
def test_the_invented_statements_hold(file: str, parsed: Callable[[str], ParsedFiling]) -> None:
    findings = check(parsed(file).facts)
    assert [finding for finding in findings if not finding.holds] == []
    assert len(findings) > 100
