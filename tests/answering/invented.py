"""A half-year report of an invented issuer, parsed, as material for the answerers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from rag.answering.draft import Material
from rag.answering.relevance import Need, needs_of
from rag.filings.filing import ParsedFiling
from rag.filings.formula import find_formulas
from rag.filings.page import Page
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from rag.settings import Settings
from rag.store.index import FilingIndex
from rag.structure.parse import FileCard, parse

PAGES = (
    """公司代码：688999 公司简称：青珩科技
青珩科技股份有限公司
2024 年半年度报告
""",
    """第二节 公司简介和主要财务指标
一、主要会计数据
单位：元 币种：人民币
主要会计数据 本报告期（1－6月） 上年同期 本报告期比上年同期增减(%)
营业收入 412,345,678.90 400,000,000.00 3.09
归属于上市公司股东的净利润 -61,234,567.80 -80,100,200.30 不适用
二、主要财务指标
主要财务指标 本报告期（1－6月） 上年同期 本报告期比上年同期增减(%)
基本每股收益（元／股） -0.34 -0.44 不适用
研发投入占营业收入的比例（%） 33.84 36.10 减少2.26个百分点
""",
    """第三节 管理层讨论与分析
一、经营情况的讨论与分析
报告期内公司共取得软件著作权318项，其中新增42项，并完成了青梭系列产品的迭代与市场推广工作。
二、资产负债情况
报告期末资产负债率为44.29%（上年年末：41.67%），公司整体财务结构保持稳健，偿债能力处于合理水平。
第五节 重要事项
一、重大诉讼、仲裁事项
□适用 √不适用
""",
    """第十节 财务报告
一、财务报表
合并资产负债表
2024 年 6 月 30 日
单位：元 币种：人民币
项目 2024 年 6 月 30 日 2023 年 12 月 31 日
货币资金 210,000,000.00 305,000,000.00
应收账款 99,000,000.00 88,000,000.00
资产总计 900,000,000.00 800,000,000.00
负债合计 398,610,000.00 333,360,000.00
母公司资产负债表
2024 年 6 月 30 日
单位：元 币种：人民币
项目 2024 年 6 月 30 日 2023 年 12 月 31 日
货币资金 110,000,000.00 205,000,000.00
应收账款 79,000,000.00 68,000,000.00
资产总计 700,000,000.00 600,000,000.00
""",
    """合并利润表
2024 年 1—6 月
单位：元 币种：人民币
项目 2024 年半年度 2023 年半年度
一、营业总收入 412,345,678.90 400,000,000.00
其中：营业收入 412,345,678.90 400,000,000.00
其中：营业成本 123,703,703.67 130,000,000.00
""",
)


@cache
def filing() -> ParsedFiling:
    """The parsed report."""
    card = FileCard("ef" * 32, "qingheng.txt", 1000, "printed")
    return parse(card, [Page(n, text) for n, text in enumerate(PAGES, 1)], Settings().passages)


@dataclass
class Passages:
    """The report's passages where an index would hold them."""

    generation: str = "1"

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]:
        """All of them, whatever the filing."""
        return filing().passages


def corpus() -> Corpus:
    """The words of the report."""
    return Corpus(cast(FilingIndex, Passages()))


def material(question: str) -> Material:
    """Every passage as evidence for a question, with the facts of the line items it names."""
    query = understand(Asked(question), [filing().filing])
    keys = {*query.line_items, *(key for f in find_formulas(query.text) for key in f.operands)}
    evidence = tuple(Evidence(n, 0.5, p, filing().filing) for n, p in enumerate(filing().passages, 1))
    return Material(query, evidence, tuple(fact for fact in filing().facts if fact.line_item in keys))


def needs(held: Material) -> tuple[Need, ...]:
    """What an answer to it must speak of."""
    return needs_of(held.query, corpus())
