"""A quarter's share of the stretch that a quarter's report prints beside it."""

from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.quarter_among import answer_among_quarters
from rag.checking.check import check
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

TEXT = """证券代码：688999 证券简称：青珩科技
青珩科技股份有限公司
2024 年第三季度报告
一、主要财务数据
单位：元 币种：人民币
项目 本报告期 年初至报告期末
营业收入 30,000,000.00 80,000,000.00
"""


def test_the_quarter_is_divided_by_the_year_so_far() -> None:
    parsed = parse(FileCard("ab" * 32, "q3.txt", 1000, "printed"), [Page(1, TEXT)], Settings().passages)
    query = understand(Asked("青珩科技2024年第三季度营收占前三季度的比例"), [parsed.filing])
    evidence = tuple(Evidence(n, 0.5, passage, parsed.filing) for n, passage in enumerate(parsed.passages, 1))
    draft = answer_among_quarters(Material(query, evidence, parsed.facts))
    assert draft is not None
    assert "80,000,000.00元中，2024年第三季度占37.50%" in draft.claims[0].text
    assert check(draft.claims[0], evidence).passed
