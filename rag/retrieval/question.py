"""A question as typed: what is asked, of whom, for when, in which scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.filings.passage import Scope

QuestionKind = Literal["number", "compare", "calc", "text", "why", "list", "yesno"]
Missing = Literal["", "issuer", "period", "filing"]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question; `weight` 0 to 1 says how much meaning its part of speech carries.

    `is_name` is true of nouns, names and Latin words: what a filing that speaks of the matter would also say.
    """

    text: str
    weight: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and the answer it got."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user fixed beside the question: a company, a period, a filing (id, file name or title)."""

    company: str = ""
    period: str = ""
    filing: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in: its words, the conversation before it, what the user fixed beside it."""

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Side:
    """One of several issuers a question names: its filings, and the words said of it (up to the next name).

    Where a question holds filings of one issuer against each other, `issuer` is what it calls the filing.
    """

    issuer: str
    filing_ids: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question in simplified characters, a follow-up's subject filled in, `matter` the
    same without the companies' names; `issuers` the names
    it fits in the catalogue; `periods` are the reporting periods or ISO dates meant, `stated_periods`
    those it names outright; `line_items` vocabulary keys in the order named (`line_item_words` with the
    user's word for each); `terms` the other content words evidence must speak of, without the words for
    issuer, period and asking.  `expects` holds, for each figure asked for, the units it may be in.

    `filing_ids` is where to look: when empty nothing loaded fits, and `missing` says what is not there
    (`named` in the user's words).  `options` are the issuers it may mean when it names none, `sides`
    the issuers it compares.  `strange` are
    words that stand where a company would be named and are no name known here.  `defined` pairs short names in
    the question with the full ones that the filings define for them.  `read_as` pairs words written with one wrong
    character with what they are read as.
    """

    asked: str
    text: str
    kind: QuestionKind
    issuers: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    stated_periods: tuple[str, ...] = ()
    line_items: tuple[str, ...] = ()
    line_item_words: tuple[tuple[str, str], ...] = ()
    scope: Scope | None = None
    asks_change: bool = False
    expects: tuple[frozenset[str], ...] = ()
    terms: tuple[Term, ...] = ()
    filing_ids: tuple[str, ...] = ()
    missing: Missing = ""
    named: str = ""
    options: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    strange: tuple[str, ...] = ()
    defined: tuple[tuple[str, str], ...] = ()
    matter: str = ""
    read_as: tuple[tuple[str, str], ...] = ()
