"""What the scores of one question are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eval.answered import Cited, Found, Reply
from eval.gold import Evidence, Question
from eval.scoring.wording import squeezed

Scores = dict[str, float | None]


class Pages(Protocol):
    """The pages of the filings as stored."""

    def text(self, filing_id: str, page: int) -> str | None:
        """The text of a page (from 1); None where the filing has no such page or is not loaded."""

    def whole(self, filing_id: str) -> str | None:
        """The text of all pages; None where the filing is not loaded."""


@dataclass(frozen=True, slots=True)
class Case:
    """A gold question and what came of it; `reply` and `hits` are None where there is no result."""

    question: Question
    reply: Reply | None
    hits: tuple[Found, ...] | None
    pages: Pages
    elapsed_ms: int | None = None
    prices: tuple[float, float] | None = None

    @property
    def answered(self) -> Reply | None:
        """The reply where it is no refusal."""
        return self.reply if self.reply is not None and not self.reply.refused else None


def is_of(place: Cited | Found, evidence: Evidence) -> bool:
    """Whether a citation or hit is from the filing of the evidence."""
    if evidence.document:
        return place.filing_id == evidence.document
    return Path(place.source).stem == Path(evidence.file).stem


def filing_of(evidence: Evidence) -> str:
    """What tells the filing of the evidence from others."""
    return evidence.document or Path(evidence.file).stem


def stands_in(quote: str, text: str | None) -> bool:
    """Whether a text holds the quote word for word, white space aside."""
    return text is not None and squeezed(quote) in squeezed(text)
