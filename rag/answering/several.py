"""Answers to the parts of one question, put together as one answer with one row of citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.answer import Answer, Calculation, Citation, Figure
from rag.filings.lexicon import line_items
from rag.filings.text import squeeze
from rag.filings.wording import synonyms
from rag.retrieval.question import Query

_MARKER = re.compile(r"\[(\d+)\]")


def is_told(part: Query, answer: Answer) -> bool:
    """Whether an answer speaks of what a part of its question is about."""
    if part.kind == "number" and part.line_items and not answer.figures:
        return False
    text = squeeze(answer.answer).lower()
    words = [word for _, word in part.line_item_words]
    for key in part.line_items:
        item = line_items()[key]
        words += [item.name, *item.printed, *item.spoken]
    if not words:
        names = [term.text for term in part.terms if term.is_name]
        words = [word for name in names for word in (name, *synonyms(name))]
    return any(squeeze(word).lower() in text for word in words)


def joined(answers: Sequence[Answer]) -> Answer:
    """The answers one behind the other, the first one's question and its kind; citations numbered anew."""
    first, *others = answers
    for other in others:
        citations, markers = _numbered(first.citations, other.citations)
        first = replace(
            first,
            answer=first.answer + _remarked(other.answer, markers),
            citations=citations,
            figures=(*first.figures, *(_moved(figure, markers) for figure in other.figures)),
            calculation=first.calculation or _calculation(other.calculation, markers),
            alternatives=(
                *first.alternatives,
                *(replace(one, marker=markers.get(one.marker, one.marker)) for one in other.alternatives),
            ),
            suggestions=tuple(dict.fromkeys((*first.suggestions, *other.suggestions))),
            warnings=tuple(dict.fromkeys((*first.warnings, *other.warnings))),
        )
    return first


def _numbered(
    known: tuple[Citation, ...], added: Sequence[Citation]
) -> tuple[tuple[Citation, ...], dict[int, int]]:
    """All citations, and the marker that each of those added has now; one known already keeps its own."""
    places = {replace(citation, marker=0): citation.marker for citation in known}
    markers: dict[int, int] = {}
    for citation in added:
        place = replace(citation, marker=0)
        if place not in places:
            places[place] = max(places.values(), default=0) + 1
            known = (*known, replace(citation, marker=places[place]))
        markers[citation.marker] = places[place]
    return known, markers


def _remarked(text: str, markers: Mapping[int, int]) -> str:
    """The text with its markers as they are now; other numbers in brackets stay."""
    return _MARKER.sub(lambda match: f"[{markers.get(int(match[1]), match[1])}]", text)


def _moved(figure: Figure, markers: Mapping[int, int]) -> Figure:
    return replace(figure, marker=markers.get(figure.marker, figure.marker))


def _calculation(calculation: Calculation | None, markers: Mapping[int, int]) -> Calculation | None:
    if calculation is None:
        return None
    operands = tuple(_moved(operand, markers) for operand in calculation.operands)
    return replace(calculation, operands=operands, result=_moved(calculation.result, markers))
