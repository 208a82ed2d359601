from __future__ import annotations

from datetime import date

import pytest

from rag.filings.filing import FilingKind
from rag.filings.page import Page
from rag.structure.announcement_date import announcement_date

NAME = "青珩科技股份有限公司"


def pages(*texts: str) -> list[Page]:
    return [Page(n, text) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize("day", ["2025 年 8 月 27 日", "二〇二五年八月二十七日", "2025-8-27"])
def test_the_date_below_the_boards_name_is_the_announcements(day: str) -> None:
    found, where = announcement_date(pages("正文", f"特此公告。\n{NAME}\n董事会\n{day}"), "other", "2025H1")
    assert found == date(2025, 8, 27)
    assert where is not None
    assert where.evidence == "p.2: 2025-08-27（落款日期）"


def test_a_report_published_with_the_annual_report_dates_it() -> None:
    told = "内部控制评价报告全文披露日期 2025 年 04 月 29 日"
    found, where = announcement_date(pages("2024年年度报告\n【2025.4.27】", told), "annual", "2024FY")
    assert found == date(2025, 4, 29)
    assert where is not None
    assert where.page == 2


@pytest.mark.parametrize(
    ("kind", "texts", "evidence"),
    [
        (
            "half_year",
            ("封面", "董事会批准报送日期：2024 年 8 月 15 日"),
            "p.2: 2024-08-15（批准报送日期，公告日期未写明）",
        ),
        ("half_year", ("封面\n2024 年 8 月 29 日\n报告",), "p.1: 2024-08-29（封面日期，公告日期未写明）"),
        ("annual", ("封面", "青珩董事会\n2025 年 4 月 22 日"), "p.2: 2025-04-22（落款日期，公告日期未写明）"),
    ],
)
def test_an_earlier_day_is_told_but_not_taken(
    kind: FilingKind, texts: tuple[str, ...], evidence: str
) -> None:
    found, where = announcement_date(pages(*texts), kind, "2024H1" if kind == "half_year" else "2024FY")
    assert found is None
    assert where is not None
    assert where.evidence == evidence


@pytest.mark.parametrize("day", ["2024 年 6 月 30 日", "2024年13月1日", "2031年1月1日"])
def test_a_day_that_cannot_be_is_not_taken(day: str) -> None:
    found, _ = announcement_date(pages(f"{NAME}\n董事会\n{day}"), "quarterly", "2024Q3")
    assert found is None


def test_a_filing_without_dates_has_none() -> None:
    assert announcement_date(pages("正文"), "annual", "2024FY") == (None, None)


def test_a_forecast_may_come_before_its_period_ends() -> None:
    found, _ = announcement_date(pages(f"{NAME}\n董事会\n2024年12月20日"), "earnings_forecast", "2024FY")
    assert found == date(2024, 12, 20)
