"""What an answerer wants to say, and what it leans on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rag.filings.passage import Fact


@dataclass(frozen=True, slots=True)
class Quote:
    """A range of one evidence passage's text; `evidence` is the index in the list both sides see."""

    evidence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure a calculation uses: the fact it came from, and the quote that holds its cell."""

    fact: Fact
    quote: Quote


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A calculation over operands; `formula` is in words with their names, `value` what it comes to.

    `expression` is what is computed: f1, f2… are the operands in order (`(f1-f2)/f2*100`).
    """

    formula: str
    operands: tuple[Operand, ...]
    value: Decimal
    unit: str
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence without markers, the quotes that hold it, the facts its figures were read from.

    `arithmetic` is given where a figure of the sentence is computed and stands in no quote.
    """

    text: str
    quotes: tuple[Quote, ...]
    facts: tuple[Fact, ...] = ()
    arithmetic: Arithmetic | None = None

    @property
    def leaned_on(self) -> tuple[Quote, ...]:
        """Every quote of the claim, those of the operands included, each once."""
        operands = self.arithmetic.operands if self.arithmetic else ()
        return tuple(dict.fromkeys((*self.quotes, *(operand.quote for operand in operands))))
