from __future__ import annotations

from dataclasses import replace

from rag.answering.standing import standing
from tests.answering.invented import filing

CARD = filing().filing


def test_a_corrected_version_ranks_over_the_original() -> None:
    assert standing(replace(CARD, title="2024年半年度报告（更正后）")) > standing(CARD)


def test_a_full_report_ranks_over_its_flash_report() -> None:
    assert standing(CARD) > standing(replace(CARD, kind="earnings_flash"))


def test_the_filing_of_a_period_ranks_over_one_that_shows_it_as_comparative() -> None:
    later = replace(CARD, period="2025H1")
    assert standing(CARD, "2024H1") > standing(later, "2024H1")
