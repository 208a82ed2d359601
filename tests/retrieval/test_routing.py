"""Routing over a market of names made to be confused; each test prints its figure."""

from __future__ import annotations

from collections.abc import Iterable

from rag.retrieval.question import Asked
from rag.retrieval.strangers import marked
from rag.retrieval.understand import understand
from tests.retrieval.invented_market import Asking, known, market, unknown_issuers, unknown_periods

FILINGS = tuple(filing for listed in market() for filing in listed.filings)
ENOUGH = 0.98


def _is_known(name: str) -> bool:
    """Whether a filing would say it: each says its issuer's names."""
    return any(name in known for filing in FILINGS for known in filing.issuer.names)


def misses(questions: Iterable[Asking], missing: str = "") -> tuple[float, list[str]]:
    """The share of questions routed right, and those that were not with where they went."""
    wrong, total = [], 0
    for asking in questions:
        query = marked(understand(Asked(asking.question), FILINGS), _is_known)
        total += 1
        right = query.filing_ids[:1] == (asking.filing_id,) if asking.filing_id else query.missing == missing
        if not right:
            where = [f.file_name for f in FILINGS if f.id in query.filing_ids][:3]
            wrong.append(f"{asking.question} -> {query.missing or where} {query.issuers} {query.strange}")
    return 1 - len(wrong) / total, wrong


def test_the_right_filing_of_160_comes_first() -> None:
    share, wrong = misses(known(200))
    print(f"right filing first: {share:.3f}")  # noqa: T201
    assert share >= ENOUGH, wrong


def test_an_issuer_that_is_not_loaded_is_recognised() -> None:
    share, wrong = misses(unknown_issuers(100), "issuer")
    print(f"unknown issuer recognised: {share:.3f}")  # noqa: T201
    assert share >= ENOUGH, wrong


def test_a_period_that_is_not_loaded_is_recognised() -> None:
    share, wrong = misses(unknown_periods(100), "period")
    print(f"unknown period recognised: {share:.3f}")  # noqa: T201
    assert share >= ENOUGH, wrong
