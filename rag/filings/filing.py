"""A filing: who published what, for which period."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.filings.page import Numbering, Page
from rag.filings.passage import Fact, Heading, Passage

FilingKind = Literal[
    "annual",
    "half_year",
    "quarterly",
    "annual_summary",
    "action_plan",
    "action_plan_evaluation",
    "earnings_flash",
    "earnings_forecast",
    "prospectus",
    "other",
]


@dataclass(frozen=True, slots=True)
class Issuer:
    """A listed company as one filing names it; empty where the filing does not say."""

    name: str = ""
    short_name: str = ""
    stock_codes: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the filing uses for its issuer, longest first."""
        named = {self.name, self.short_name, *self.also_called} - {""}
        return tuple(sorted(named, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Filing:
    """The catalogue card of a filing; `id` is the SHA-256 of its bytes in hexadecimal.

    `period` is a reporting period (`2024FY 2024H1 2024Q1 2024Q3`) or empty; `evidence` says for each
    identity field where it was read (`{"issuer": "p.1: …"}`); `warnings` are Chinese sentences.
    """

    id: str
    file_name: str
    title: str
    issuer: Issuer
    kind: FilingKind
    period: str
    page_count: int
    size_bytes: int
    numbering: Numbering = "printed"
    announced: date | None = None
    evidence: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFiling:
    """Everything that reading and structuring one file yields."""

    filing: Filing
    pages: tuple[Page, ...]
    outline: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
