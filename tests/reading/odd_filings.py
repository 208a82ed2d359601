"""Filings of kinds that nobody prepared for, of invented companies, with the figures that they print.

Each is a PDF drawn from lines of text: one without contents page, section numbers and page numbers; one with
English names and labels in the middle of the Chinese; one whose tables have no lines and run over the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.reading.makers import Placed, pdf

_TOP, _STEP, _LINES = 60.0, 20.0, 26
_COLUMNS = (50.0, 230.0, 330.0)
_ITEMS = (
    "营业收入", "营业成本", "税金及附加", "销售费用", "管理费用", "研发费用", "财务费用", "其他收益", "投资收益",
    "营业利润", "营业外收入", "营业外支出", "利润总额", "所得税费用", "净利润",
)  # fmt: skip
_ENGLISH = (
    "Revenue", "Cost of sales", "Taxes", "Selling expenses", "G&A expenses", "R&D expenses", "Finance costs",
    "Other income", "Investment income", "Operating profit", "Other gains", "Other losses", "Profit before tax",
    "Income tax", "Net profit",
)  # fmt: skip
_PROSE = (
    "报告期内公司坚持稳健经营，主要产品的销售规模有所扩大，",
    "客户结构进一步优化，现金回款情况良好。",
)

Line = Sequence[str]


@dataclass(frozen=True, slots=True)
class OddFiling:
    """A filing's bytes, the words on its pages, and its rows: label, this period, the period before."""

    data: bytes
    pages: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[str, str, str], ...]
    company: str
    period: str


def without_contents() -> OddFiling:
    """An annual report with plain titles, no contents page, no numbers on sections or pages."""
    rows = _rows(10_000_000)
    cover: list[Line] = [("泽原材料股份有限公司",), ("2023 年年度报告",), ("股票代码：688931",)]
    body: list[Line] = [
        ("公司概况",), *_prose(6),
        ("合并利润表",), ("2023 年度",), ("单位：元",), ("项目", "2023年度", "2022年度"), *rows,
        ("经营讨论",), *_prose(20),
    ]  # fmt: skip
    return _filing([cover, *_paged(body)], rows, "泽原材料股份有限公司", "2023FY")


def with_english() -> OddFiling:
    """A half-year report whose company name and row labels are printed in both languages."""
    rows = _rows(3_000_000)
    both = [
        (f"{item} {english}", *row[1:]) for item, english, row in zip(_ITEMS, _ENGLISH, rows, strict=True)
    ]
    cover: list[Line] = [
        ("岚屿仪器股份有限公司",), ("Lanyu Instruments Co., Ltd.",), ("2024 年半年度报告",),
        ("2024 Interim Report",), ("证券代码：301987  证券简称：岚屿仪器",),
    ]  # fmt: skip
    body: list[Line] = [
        ("第一节 公司简介 Company Profile",), ("公司的外文名称 Lanyu Instruments Co., Ltd.",), *_prose(4),
        ("第二节 财务报告 Financial Report",), ("1、合并利润表 Consolidated Income Statement",),
        ("单位：元 Unit: RMB",), ("项目 Item", "2024年半年度", "2023年半年度"), *both,
    ]  # fmt: skip
    return _filing([cover, *_paged(body)], rows, "岚屿仪器股份有限公司", "2024H1")


def without_lines() -> OddFiling:
    """A quarterly report of one long table without lines, whose head is repeated on the second page."""
    rows = _rows(50_000_000) + tuple((f"{row[0]}其中境外", *row[1:]) for row in _rows(7_000_000))
    head: list[Line] = [("项目", "本期发生额", "上期发生额")]
    cover: list[Line] = [("澜港物流股份有限公司",), ("2024 年第一季度报告",), ("证券代码：600979",)]
    first: list[Line] = [("一、主要财务数据",), ("单位：元",), *head, *rows[:18]]
    second: list[Line] = [*head, *rows[18:], ("二、其他提醒事项",), *_prose(2)]
    return _filing([cover, first, second], rows, "澜港物流股份有限公司", "2024Q1")


def _filing(
    pages: Sequence[Sequence[Line]], rows: Sequence[tuple[str, str, str]], company: str, period: str
) -> OddFiling:
    drawn = [
        [placed for n, line in enumerate(page) for placed in _placed(line, _TOP + _STEP * n)]
        for page in pages
    ]
    return OddFiling(pdf(drawn), tuple(map(tuple, pages)), tuple(rows), company, period)


def _placed(line: Line, y: float) -> list[Placed]:
    return [(x, y, text) for x, text in zip(_COLUMNS, line, strict=False) if text]


def _rows(base: int) -> tuple[tuple[str, str, str], ...]:
    """A row an item; every fourth has no figure for the period before, every sixth a negative one."""
    found = []
    for n, item in enumerate(_ITEMS):
        now, before = base // (n + 1) + 17 * n + n / 100, base // (n + 2) + 31 * n + n / 50
        past = f"-{before:,.2f}" if n % 6 == 5 else f"{before:,.2f}"
        found.append((item, f"{now:,.2f}", "" if n % 4 == 3 else past))
    return tuple(found)


def _prose(count: int) -> list[Line]:
    return [(text,) for _ in range(count) for text in _PROSE]


def _paged(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[n : n + _LINES] for n in range(0, len(lines), _LINES)]
