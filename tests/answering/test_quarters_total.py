"""Half-years asked of a year's report, whose table of quarters alone tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.draft import Material
from rag.answering.quarters_total import answer_by_quarters
from rag.checking.check import check
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from tests.answering.invented_annual import annual


def material(question: str) -> Material:
    filing = annual().filing
    query = understand(Asked(question), [filing])
    evidence = tuple(Evidence(n, 0.5, passage, filing) for n, passage in enumerate(annual().passages, 1))
    facts = tuple(fact for fact in annual().facts if fact.line_item in query.line_items)
    return Material(replace(query, kind="number"), evidence, facts)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青珩科技2024年下半年营业收入", "2024年下半年营业收入合计76,000,000.00元（7,600万元）"),
        ("青珩科技2024年上半年营业收入", "2024年上半年营业收入合计45,000,000.00元（4,500万元）"),
        ("青珩科技2024年前三季度营业收入", "2024年前三季度营业收入合计75,500,000.00元（7,550万元）"),
    ],
)
def test_a_stretch_is_the_sum_of_its_quarters(question: str, said: str) -> None:
    held = material(question)
    draft = answer_by_quarters(held)
    assert draft is not None
    (claim,) = draft.claims
    assert said in claim.text
    assert check(claim, held.evidence).passed


def test_the_sum_of_other_quarters_does_not_pass_as_the_half_year() -> None:
    held = material("青珩科技2024年下半年营业收入")
    draft = answer_by_quarters(held)
    assert draft is not None
    wrong = replace(draft.claims[0], text=draft.claims[0].text.replace("下半年", "上半年"))
    assert not check(wrong, held.evidence).passed


def test_a_whole_year_and_a_balance_are_not_added_up() -> None:
    assert answer_by_quarters(material("青珩科技2024年营业收入")) is None
    assert answer_by_quarters(material("青珩科技2024年下半年货币资金")) is None
