from __future__ import annotations

from dataclasses import replace

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import answer_from_facts
from rag.answering.two_voices import with_voices
from rag.filings.filing import ParsedFiling
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from rag.settings import Settings
from rag.structure.parse import FileCard, parse
from tests.answering.invented import corpus, needs

PAGES = """公司代码：688999 公司简称：青珩科技
青珩科技股份有限公司
2024 年半年度报告
第三节 管理层讨论与分析
一、主营业务分析
财务费用变动原因说明：主要系报告期内汇兑{said}，以及利息收入同比减少所致；
第十节 财务报告
七、合并财务报表项目注释
66、财务费用
单位：元 币种：人民币
项目 本期发生额 上期发生额
利息支出 9,356,119.85 4,866,478.85
汇兑损益 {figure} -2,966,415.48
合计 8,779,415.13 1,900,063.37
"""


def filing(said: str, figure: str) -> ParsedFiling:
    text = PAGES.format(said=said, figure=figure)
    return parse(FileCard("ef" * 32, "qingheng.txt", 1000, "printed"), [Page(1, text)], Settings().passages)


def told(question: str, said: str = "损失", figure: str = "-576,704.72") -> Draft:
    parsed = filing(said, figure)
    query = understand(Asked(question), [parsed.filing])
    evidence = tuple(Evidence(n, 0.5, p, parsed.filing) for n, p in enumerate(parsed.passages, 1))
    note = ("七、合并财务报表项目注释", "66、财务费用")
    facts = tuple(replace(fact, section=note) for fact in parsed.facts if fact.line_item in query.line_items)
    held = Material(query, evidence, facts)
    words = corpus()
    words.passages = lambda _: tuple((p, p.text.replace(" ", "")) for p in parsed.passages)  # type: ignore[method-assign]
    draft = answer_from_facts(held, needs(held)) or Draft()
    return with_voices(draft, held, words)


def test_prose_that_says_the_opposite_is_told_beside_the_figure() -> None:
    draft = told("2024年上半年汇兑损益是多少")
    assert draft.refusal is None
    assert "汇兑损失" in draft.claims[-1].text
    assert draft.warnings


def test_whether_it_is_a_gain_or_a_loss_is_refused_with_both_passages() -> None:
    draft = told("2024年上半年汇兑是损失还是收益")
    assert draft.refusal is not None
    assert draft.refusal.reason == "conflicting"
    assert len(draft.claims) == 2


def test_prose_that_agrees_with_its_table_changes_nothing() -> None:
    assert not told("2024年上半年汇兑损益是多少", figure="576,704.72").warnings
    assert not told("2024年上半年汇兑损益是多少", said="损失减少").warnings
