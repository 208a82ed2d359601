from __future__ import annotations

import pytest

from rag.filings.formula import find_formulas, formula_spans, formulas


@pytest.mark.parametrize(
    ("question", "names"),
    [("资产负债率多少", ["资产负债率"]), ("净负债率多少", []), ("归母净利率多少", ["归母净利率"])],
)
def test_a_name_inside_another_ratios_name_is_none(question: str, names: list[str]) -> None:
    assert [formula.name for formula in find_formulas(question)] == names


def test_the_names_of_formulas_have_their_places() -> None:
    assert (2, 7) in formula_spans("去年归母净利率")


def test_every_formula_is_found_by_its_own_names() -> None:
    named = [(name, formula) for formula in formulas().values() for name in (formula.name, *formula.spoken)]
    assert [name for name, formula in named if find_formulas(name) != (formula,)] == []
