from __future__ import annotations

from decimal import Decimal

import pytest

from rag.filings.passage import Fact
from rag.structure.doubts import with_doubts
from rag.structure.identities import Finding


def fact(key: str) -> Fact:
    return Fact(
        key,
        "f",
        "p",
        key,
        "",
        "2024H1",
        None,
        "other",
        "amount",
        Decimal(1),
        "元",
        "本期",
        "1",
        (0, 1),
        (0, 1),
    )


def finding(
    holds: bool, *ids: str, identity: str = "balance", found: str = "9", expected: str = "1"
) -> Finding:
    return Finding(identity, "", None, "", Decimal(found), Decimal(expected), "元", holds, ids[0], ids[1:])


def doubted(*findings: Finding) -> list[str]:
    return [fact.id for fact in with_doubts([fact("a"), fact("b"), fact("c")], findings) if not fact.certain]


def test_facts_of_a_failed_identity_are_doubted() -> None:
    assert doubted(finding(False, "a", "b")) == ["a", "b"]


def test_a_fact_that_another_identity_proves_is_not_doubted() -> None:
    assert doubted(finding(False, "a", "b"), finding(True, "b", "c")) == ["a"]


@pytest.mark.parametrize(("found", "ids"), [("-23.4", ["a", "b", "c"]), ("166.77", []), ("-166.7", [])])
def test_a_change_off_by_rounding_or_sign_is_the_filings_own(found: str, ids: list[str]) -> None:
    assert doubted(finding(False, "a", "b", "c", identity="change", found=found, expected="166.71")) == ids
