from __future__ import annotations

import pytest

from rag.errors import UserError
from rag.filings.filing_kind import filing_kind_of
from rag.filings.formula import find_formulas, formulas
from rag.filings.lexicon import line_items
from rag.filings.vocabulary import entries, text_of
from rag.filings.wording import find_sections, synonym_groups, synonyms


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024 年半年度报告", "half_year"),
        ("2024年年度报告", "annual"),
        ("2023年年度报告摘要", "annual_summary"),
        ("2024年第三季度报告", "quarterly"),
        ("“提质增效重回报”行动方案的半年度评估报告", "action_plan_evaluation"),
        ("2024年度“提质增效重回报”行动方案", "action_plan"),
        ("2021年度业绩快报公告", "earnings_flash"),
        ("2025年半年度业绩预告", "earnings_forecast"),
        ("招股说明书", "prospectus"),
        ("2024年度审计报告", "other"),
        ("关于2023年年度报告的更正公告", "other"),
        ("关于召开股东大会的通知", "other"),
    ],
)
def test_a_title_announces_its_kind(title: str, kind: str) -> None:
    assert filing_kind_of(title) == kind


def test_every_formula_stands_on_known_line_items_and_names_its_source() -> None:
    assert all(
        set(formula.operands) <= set(line_items()) and formula.source for formula in formulas().values()
    )


def test_a_question_names_formulas_by_any_of_their_names() -> None:
    assert [formula.key for formula in find_formulas("三费费率和毛利率")] == [
        "period_expense_ratio",
        "gross_margin",
    ]


def test_synonyms_work_both_ways() -> None:
    assert "软件著作权" in synonyms("软著")
    assert "软著" in synonyms("软件著作权")


def test_an_unknown_word_has_no_synonyms() -> None:
    assert synonyms("天气") == ()


def test_the_synonyms_are_many_and_no_group_stands_alone() -> None:
    assert len(synonym_groups()) >= 150
    assert all(len(group) > 1 for group in synonym_groups())


def test_a_section_is_found_by_another_of_its_names() -> None:
    assert [section.key for section in find_sections("经营情况讨论与分析里怎么说")] == [
        "management_discussion"
    ]


def test_a_missing_field_is_named_in_chinese() -> None:
    with pytest.raises(UserError, match="缺少 kind"):
        text_of({"name": "元"}, "kind", "units.toml")


def test_every_file_has_entries() -> None:
    tables = {
        "units.toml": "unit",
        "line_items.toml": "item",
        "formulas.toml": "formula",
        "sections.toml": "section",
        "filing_kinds.toml": "kind",
    }
    assert all(entries(file, table) for file, table in tables.items())
