"""A recorded answer as the measures read it: the parts of its JSON that they need, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as shown; `page` counts from 1, None where the filing has no pages."""

    marker: int
    filing_id: str
    source: str
    quote: str
    page: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the answer as the system understands it; `check` is cell, sentence or computed."""

    text: str
    value: str
    unit: str = ""
    period: str = ""
    scope: str = ""
    marker: int = 0
    check: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no answer was given."""

    reason: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as shown: text with markers, citations in their order, figures, or a refusal."""

    answer: str
    refused: bool = False
    refusal: Refused | None = None
    citations: tuple[Cited, ...] = ()
    figures: tuple[Said, ...] = ()
    usage: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A search hit; `rank` counts from 1."""

    rank: int
    text: str
    filing_id: str
    source: str
    passage_id: str = ""
    page: int | None = None


_REPLY = TypeAdapter(Reply)
_FOUND = TypeAdapter(tuple[Found, ...])


def reply_of(answer: Mapping[str, object]) -> Reply:
    """The reply in an answer's JSON; pydantic's ValidationError where it is no answer."""
    return _REPLY.validate_python(dict(answer))


def hits_of(hits: object) -> tuple[Found, ...]:
    """The hits in their JSON; pydantic's ValidationError where these are none."""
    return _FOUND.validate_python(hits)
