from __future__ import annotations

import pytest

from rag.filings.fiscal import quarters_of, whole_of


@pytest.mark.parametrize("period", ["2024H1", "2024H2", "2024Q3"])
def test_the_quarters_of_a_stretch_make_it_up(period: str) -> None:
    assert whole_of(quarters_of(period)) == period


def test_a_year_or_a_single_quarter_is_no_stretch_of_quarters() -> None:
    assert quarters_of("2024FY") == quarters_of("2024Q3S") == ()


@pytest.mark.parametrize("periods", [("2024Q3S", "2023Q4S"), ("2024Q2S", "2024Q3S"), ("2024H1",), ()])
def test_other_quarters_make_up_none(periods: tuple[str, ...]) -> None:
    assert whole_of(periods) == ""
