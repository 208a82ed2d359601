"""Catalogue cards of invented issuers for the tests of retrieval."""

from __future__ import annotations

from dataclasses import replace

from rag.filings.filing import Filing, Issuer

QINGHENG = Issuer("青珩科技股份有限公司", "青珩科技", ("688999",), ("青珩",))
BAIYAN = Issuer("白砚医疗器械股份有限公司", "白砚医疗", ("688998",))


def a_filing(key: str, issuer: Issuer = QINGHENG, period: str = "2024H1", **changed: object) -> Filing:
    """A half-year report; `key` makes its id and file name."""
    filing = Filing(
        key * 64, f"{key}.txt", f"{period}报告", issuer, "half_year", period, page_count=10, size_bytes=100
    )
    return replace(filing, **changed)  # type: ignore[arg-type]


HALF = a_filing("a")
BEFORE = a_filing("b", period="2023FY")
OTHER = a_filing("c", BAIYAN)
ALL = (HALF, BEFORE, OTHER)
