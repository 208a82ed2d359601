"""The one protocol behind which answers are made, and what passes through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rag.answering.answer import Refusal
from rag.checking.claim import Claim
from rag.filings.passage import Fact
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query


@dataclass(frozen=True, slots=True)
class Material:
    """What an answerer may lean on: the typed question, its evidence, the facts of those filings.

    `pages` text is reached through the passages' spans; evidence is in rank order.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims in the order to be said, or a refusal; unchecked.

    `material` is given where the quotes point into other evidence than the question's own.
    """

    claims: tuple[Claim, ...] = ()
    refusal: Refusal | None = None
    alternatives: tuple[tuple[str, Claim], ...] = ()
    suggestions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: dict[str, int] | None = None
    prompt_hash: str | None = None
    material: Material | None = None


class Answerer(Protocol):
    """Makes a draft from material; never says what the check cannot follow.

    `say` is called with each sentence as soon as it is known, where the answerer can stream.
    """

    @property
    def name(self) -> str:
        """`extractive` or `model:NAME`."""

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """A draft answer; raises ModelError where a model fails."""
