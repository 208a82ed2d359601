"""Small hand-made values that tests of several layers share."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from rag.filings.filing import Filing, Issuer, ParsedFiling
from rag.filings.page import Page, Span
from rag.filings.passage import Cell, Column, Fact, Heading, Passage, Row

DIMENSION = 8
PROSE = "报告期内公司实现营业收入 1,234.56\n万元，主要因为新产品放量。"
TABLE = "营业收入 1,234.56 1,000.00"


def original_bytes(name: str = "甲公司") -> bytes:
    """The bytes that `a_parsed_filing` of the same name claims to come from."""
    return f"{name}的半年度报告".encode()


def a_parsed_filing(name: str = "甲公司", texts: Sequence[str] = (), period: str = "2024H1") -> ParsedFiling:
    """A filing of one invented issuer: a page of prose, a page with one table row, then a page for each of `texts`."""
    filing_id = hashlib.sha256(original_bytes(name)).hexdigest()
    pages = [
        Page(1, PROSE, "1", "text_layer", 595.0, 842.0, _boxes(PROSE)),
        Page(2, TABLE, "2"),
        *(Page(3 + number, text) for number, text in enumerate(texts)),
    ]
    passages = [_prose(filing_id), _table(filing_id)]
    passages += [_plain(filing_id, 2 + number, text) for number, text in enumerate(texts)]
    filing = Filing(
        filing_id,
        f"{name}.PDF",
        f"{name}2024年半年度报告",
        Issuer(f"{name}股份有限公司", name, ("600000",), ("本公司",)),
        "half_year",
        period,
        len(pages),
        123,
        announced=date(2024, 8, 30),
        evidence={"issuer": "p.1: 封面"},
        warnings=("第 3 页没有文字。",),
    )
    outline = (Heading(1, "第二节 主要财务指标", Span(1, 0, 5)), Heading(2, "一、概述", Span(1, 5, 9)))
    return ParsedFiling(filing, tuple(pages), outline, tuple(passages), (_fact(filing_id),))


def some_vectors(count: int, dimension: int = DIMENSION, seed: int = 0) -> NDArray[np.float32]:
    """Random unit vectors, the same for the same seed."""
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _boxes(text: str) -> NDArray[np.float32]:
    x = np.arange(len(text), dtype=np.float32) * 10.37 + 72.11
    boxes = np.stack([x, np.full_like(x, 90.5), x + 9.98, np.full_like(x, 101.25)], axis=1)
    boxes[[place for place, sign in enumerate(text) if sign.isspace()]] = np.nan
    return boxes


def _prose(filing_id: str) -> Passage:
    text = "".join(PROSE.split())
    section = ("第二节 主要财务指标", "一、概述")
    return Passage(f"{filing_id[:12]}-0", filing_id, 0, "prose", section, (Span(1, 0, len(PROSE)),), text)


def _table(filing_id: str) -> Passage:
    cells = (Cell("1,234.56", 5, 13, 0), Cell("1,000.00", 14, 22, 1))
    columns = (Column("本期", "2024H1", "consolidated", "amount", "万元"), Column("上年同期", "2023H1"))
    return Passage(
        f"{filing_id[:12]}-1",
        filing_id,
        1,
        "table",
        ("第二节 主要财务指标",),
        (Span(2, 0, len(TABLE)),),
        TABLE,
        "主要会计数据 单位：万元",
        "万元",
        "consolidated",
        "key_indicators",
        columns,
        (Row("营业收入", 0, len(TABLE), cells),),
    )


def _plain(filing_id: str, ordinal: int, text: str) -> Passage:
    span = Span(ordinal + 1, 0, len(text))
    return Passage(
        f"{filing_id[:12]}-{ordinal}", filing_id, ordinal, "prose", ("第三节 其他",), (span,), text
    )


def _fact(filing_id: str) -> Fact:
    return Fact(
        f"{filing_id[:12]}-1-0",
        filing_id,
        f"{filing_id[:12]}-1",
        "营业收入",
        "revenue",
        "2024H1",
        "consolidated",
        "key_indicators",
        "amount",
        Decimal("1234.56"),
        "万元",
        "本期",
        "1,234.56",
        (0, 22),
        (5, 13),
        ("第二节 主要财务指标",),
    )
