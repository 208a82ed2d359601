from __future__ import annotations

from collections.abc import Sequence

from rag.answering.alternatives import with_alternatives
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import answer_from_facts
from rag.retrieval.question import Query
from tests.answering.invented import filing, material, needs


def read(query: Query, keys: Sequence[str]) -> Material:
    facts = tuple(fact for fact in filing().facts if fact.line_item in keys)
    return Material(query, material("营业收入").evidence, facts)


def answered(question: str) -> Draft:
    held = material(question)
    draft = answer_from_facts(held, needs(held))
    assert draft is not None
    return with_alternatives(draft, held, read)


def test_the_parent_company_is_told_beside_a_consolidated_figure() -> None:
    draft = answered("货币资金是多少？")
    assert [(label, "110,000,000.00" in claim.text) for label, claim in draft.alternatives] == [
        ("母公司口径", True)
    ]


def test_the_reading_that_is_taken_is_said_where_there_is_another() -> None:
    assert answered("货币资金是多少？").claims[0].text.startswith("青珩科技（合并口径）2024年6月末货币资金")


def test_the_consolidated_figure_is_told_beside_that_of_the_parent_company() -> None:
    draft = answered("母公司货币资金是多少？")
    assert [label for label, _ in draft.alternatives] == ["合并口径"]


def test_a_figure_without_another_reading_stands_alone() -> None:
    draft = answered("基本每股收益是多少？")
    assert (draft.alternatives, "合并口径" in draft.claims[0].text) == ((), False)
