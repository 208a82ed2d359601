"""The answer as every face shows it: text with markers, citations, figures, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from rag.filings.source import Source
from rag.retrieval.evidence import Hit

RefusalReason = Literal[
    "not_disclosed", "not_found", "ambiguous", "conflicting", "out_of_scope", "unsupported_premise"
]
FigureCheck = Literal["cell", "sentence", "computed"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of one page; `start`/`end` are code points of that page's text, half-open.

    `rects` are (page, x0, y0, x1, y1) in points, origin top left; empty in text filings.
    """

    marker: int
    source: Source
    quote: str
    start: int
    end: int
    rects: tuple[tuple[int, float, float, float, float], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the answer and what it was checked against; `value` is in `unit` as printed."""

    text: str
    value: Decimal
    unit: str
    line_item: str
    period: str
    scope: str
    marker: int
    check: FigureCheck
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A formula over cited figures and its result."""

    formula: str
    operands: tuple[Figure, ...]
    result: Figure


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no answer is given; `searched` lists section paths read, `options` the choices to pick from."""

    reason: RefusalReason
    message: str
    searched: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same question under another scope, with its own citation marker."""

    label: str
    text: str
    marker: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question; `answer` carries markers [1]… that number `citations` as they appear."""

    question: str
    answer: str
    id: str = ""
    refusal: Refusal | None = None
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    calculation: Calculation | None = None
    nearest: tuple[Hit, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    suggestions: tuple[str, ...] = ()
    answerer: str = "extractive"
    usage: dict[str, int] | None = None
    warnings: tuple[str, ...] = ()
    elapsed_ms: dict[str, int] = field(default_factory=dict)
    index_generation: str = ""
    prompt_hash: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the answer is a refusal."""
        return self.refusal is not None

    @property
    def generated_by_ai(self) -> bool:
        """Whether a language model wrote the text."""
        return self.answerer != "extractive"
