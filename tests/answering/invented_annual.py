"""A year's report of an invented issuer with the tables that sums, shares and comparisons are made of."""

from __future__ import annotations

from functools import cache

from rag.answering.calc_answer import Calculator
from rag.answering.draft import Draft, Material
from rag.answering.extract import ExtractiveAnswerer
from rag.answering.relevance import needs_of
from rag.filings.filing import ParsedFiling
from rag.filings.page import Page
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked, Query
from rag.retrieval.understand import about, understand
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

TEXT = """公司代码：688999 公司简称：青珩科技
青珩科技股份有限公司
2024 年年度报告
第二节 公司简介和主要财务指标
一、主要会计数据
单位：元 币种：人民币
主要会计数据 2024年 2023年 本期比上年同期增减(%) 2022年
营业收入 121,000,000.00 110,000,000.00 10.00 100,000,000.00
归属于上市公司股东的净利润 10,000,000.00 8,000,000.00 25.00 9,000,000.00
二、分季度主要财务指标
单位：元
第一季度 第二季度 第三季度 第四季度
营业收入 20,000,000.00 25,000,000.00 30,500,000.00 45,500,000.00
归属于上市公司股东的净利润 4,000,000.00 3,000,000.00 5,000,000.00 -2,000,000.00
第三节 管理层讨论与分析
一、主营业务分析
1、主营业务分产品情况
单位：元 币种：人民币
分产品 营业收入 营业成本 毛利率（%）
青梭软件 60,000,000.00 20,000,000.00 66.67
青梭硬件 61,000,000.00 40,000,000.00 34.43
第十节 财务报告
七、合并财务报表项目注释
1、应收账款
（1）按账龄披露
单位：元 币种：人民币
账龄 期末账面余额 期初账面余额
1年以内 60,000,000.00 50,000,000.00
1至2年 15,000,000.00 12,000,000.00
2至3年 5,000,000.00 8,000,000.00
合计 80,000,000.00 70,000,000.00
"""


@cache
def annual() -> ParsedFiling:
    """The parsed report."""
    return parse(FileCard("aa" * 32, "annual.txt", 1000, "printed"), [Page(1, TEXT)], Settings().passages)


class Passages:
    """The report's passages where an index would hold them."""

    generation = "1"

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]:
        """All of them, whatever the filing."""
        return annual().passages


def of_query(query: Query) -> Material:
    """Every passage and every fact as evidence for a query."""
    filing = annual().filing
    evidence = tuple(Evidence(n, 0.5, passage, filing) for n, passage in enumerate(annual().passages, 1))
    return Material(query, evidence, annual().facts)


def material(question: str) -> Material:
    """The same for a question."""
    return of_query(understand(Asked(question), [annual().filing]))


def draft(question: str) -> Draft:
    """What the extractive answerer says to it."""
    words = Corpus(Passages())  # type: ignore[arg-type]
    answerer = ExtractiveAnswerer(words, Calculator(of_query, lambda query: needs_of(query, words), about))
    return answerer.draft(material(question))


def first(question: str) -> str:
    """The first sentence said; what kind of refusal where there is none."""
    made = draft(question)
    return made.claims[0].text if made.claims else str(made.refusal and made.refusal.reason)
