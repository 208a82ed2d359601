from __future__ import annotations

import pytest

from rag.filings.filing_kind import find_kinds
from rag.retrieval.question import Asked, Query
from rag.retrieval.understand import understand
from tests.retrieval.filings import BAIYAN, a_filing

HALF = a_filing("a")
EVALUATION = a_filing("b", kind="action_plan_evaluation")
OTHER = a_filing("c", BAIYAN)


def query(question: str) -> Query:
    return understand(Asked(question), [HALF, EVALUATION, OTHER])


def test_two_kinds_of_filings_of_one_issuer_are_held_against_each_other() -> None:
    sides = query("青珩科技评估报告和半年报说的回购股数一致吗").sides
    assert [(side.issuer, side.filing_ids) for side in sides] == [
        ("评估报告", (EVALUATION.id,)),
        ("半年报", (HALF.id,)),
    ]


def test_a_filing_named_by_its_kind_is_the_one_looked_in() -> None:
    assert query("青珩科技评估报告里回购了多少股").filing_ids == (EVALUATION.id,)


def test_an_issuer_without_a_filing_of_that_kind_keeps_its_own() -> None:
    assert set(query("评估报告里青珩科技和白砚医疗谁的回购多").filing_ids) == {EVALUATION.id, OTHER.id}


def test_a_period_named_by_its_report_leaves_the_other_filings_in() -> None:
    assert set(query("青珩科技2024年半年报营业收入多少").filing_ids) == {HALF.id, EVALUATION.id}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("评估报告和半年报", ["action_plan_evaluation", "half_year"]),
        ("2023年年报摘要", ["annual_summary"]),
        ("年报与一季报", ["annual", "quarterly"]),
        ("今年上半年营业收入", []),
    ],
)
def test_kinds_are_read_from_how_people_call_them(question: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in find_kinds(question)] == kinds
