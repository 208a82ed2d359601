"""Tight quotes: the sentences and rows of a passage that hold a claim, short enough to be cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.checking.claim import Claim, Quote
from rag.checking.figure import claim_figures, strength_in
from rag.checking.said import Said
from rag.filings.passage import Passage
from rag.filings.text import is_cjk, squeeze
from rag.filings.tick_box import BOX_SIGNS
from rag.retrieval.evidence import Evidence

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+$")
_SEMI = re.compile(r"[，,、：:\s]")
# What answers the heading above it: 是否存在…情况 / 否, or a row of boxes.
_TICKED = re.compile(rf"\s*(?:[是否无]|不适用|[{BOX_SIGNS}][^\n]{{0,24}})[。．]?\s*")
# Page text between the characters of a passage (wraps, spaces) makes a quote longer on its page.
_PAGE_SLACK = 0.8
_MAX_UNITS = 3

Range = tuple[int, int]


def tightened(claim: Claim, evidence: Sequence[Evidence], limit: int) -> Claim:
    """The claim with every quote that is too long cut to the sentences or rows that hold it."""
    if all(_fits(quote, evidence, limit) for quote in claim.quotes):
        return claim
    figures = claim_figures(claim, evidence)
    quotes: list[Quote] = []
    for quote in claim.quotes:
        cut = (
            (quote,)
            if _fits(quote, evidence, limit)
            else tightest(claim.text, figures, quote, evidence, limit)
        )
        quotes += [q for q in cut if q not in quotes]
    return replace(claim, quotes=tuple(quotes))


def _fits(quote: Quote, evidence: Sequence[Evidence], limit: int) -> bool:
    if not 0 <= quote.evidence < len(evidence):
        return True
    text = evidence[quote.evidence].passage.text[quote.start : quote.end]
    return len(text) <= limit * _PAGE_SLACK


def tightest(
    text: str, figures: Sequence[Said], within: Quote, evidence: Sequence[Evidence], limit: int
) -> tuple[Quote, ...]:
    """The fewest sentences or rows inside `within` that hold the text's figures, else its words.

    Neighbours become one quote where they fit in `limit`; empty where nothing speaks of the text.
    """
    passage = evidence[within.evidence].passage
    units = [
        unit
        for unit in units_of(passage, int(limit * _PAGE_SLACK))
        if unit[0] < within.end and within.start < unit[1]
    ]
    units = [(max(a, within.start), min(b, within.end)) for a, b in units]
    chosen = _holding(text, figures, units, within.evidence, evidence)
    if not chosen:
        chosen = _answered(_speaking(text, passage, units), passage, units)
    return tuple(Quote(within.evidence, a, b) for a, b in _merged(sorted(set(chosen)), passage, limit))


def units_of(passage: Passage, limit: int) -> list[Range]:
    """The passage's rows, and the sentences between them, none longer than `limit`, without outer space."""
    units: list[Range] = []
    position = 0
    for row in sorted(passage.rows, key=lambda row: row.start):
        units += _sentences(passage.text, position, row.start)
        units += _shortened(passage.text, row.start, row.end, limit) if row.end > row.start else []
        position = max(position, row.end)
    units += _sentences(passage.text, position, len(passage.text))
    return [piece for a, b in units for piece in _shortened(passage.text, a, b, limit)]


def _sentences(text: str, start: int, end: int) -> list[Range]:
    return [(match.start(), match.end()) for match in _SENTENCE.finditer(text, start, end)]


def _shortened(text: str, start: int, end: int, limit: int) -> list[Range]:
    """The range without outer space, cut at commas or white space where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return []
    if end - start <= limit:
        return [(start, end)]
    cuts = [match.end() for match in _SEMI.finditer(text, start + 1, start + limit)]
    cut = cuts[-1] if cuts else start + limit
    return [*_shortened(text, start, cut, limit), *_shortened(text, cut, end, limit)]


def _holding(
    text: str, figures: Sequence[Said], units: Sequence[Range], index: int, evidence: Sequence[Evidence]
) -> list[Range]:
    """For each figure the unit that holds it, and among several the one that shares most words."""
    chosen: list[Range] = []
    wanted = _bigrams(text)
    passage = evidence[index].passage
    for figure in figures:
        strength = {unit: strength_in(figure, Quote(index, *unit), evidence) for unit in units}
        best = max(strength.values(), default=0)
        holding = [unit for unit in units if best and strength[unit] == best]
        if holding and not any(unit in chosen for unit in holding):
            chosen.append(
                max(holding, key=lambda unit: len(wanted & _bigrams(passage.text[unit[0] : unit[1]])))
            )
    return chosen


def _speaking(text: str, passage: Passage, units: Sequence[Range]) -> list[Range]:
    """The units that share the most words with the text, until the others add little."""
    left = _bigrams(text)
    chosen: list[Range] = []
    for _ in range(_MAX_UNITS):
        shared = {
            unit: len(left & _bigrams(passage.text[unit[0] : unit[1]]))
            for unit in units
            if unit not in chosen
        }
        best = max(shared, key=lambda unit: shared[unit], default=None)
        if best is None or shared[best] < (2 if not chosen else 4):
            break
        chosen.append(best)
        left -= _bigrams(passage.text[best[0] : best[1]])
    return chosen


def _answered(chosen: Sequence[Range], passage: Passage, units: Sequence[Range]) -> list[Range]:
    """The units, each heading with the box or the single word that answers it."""
    behind = [
        units[n + 1]
        for n, unit in enumerate(units[:-1])
        if unit in chosen and _TICKED.fullmatch(passage.text[slice(*units[n + 1])])
    ]
    return list(dict.fromkeys((*chosen, *behind)))


def _bigrams(text: str) -> set[str]:
    compact = squeeze(text)
    return {compact[i : i + 2] for i in range(len(compact) - 1) if is_cjk(compact[i]) or compact[i].isalnum()}


def _merged(units: Iterable[Range], passage: Passage, limit: int) -> list[Range]:
    """Neighbouring units joined while they fit."""
    merged: list[Range] = []
    for start, end in units:
        if (
            merged
            and not passage.text[merged[-1][1] : start].strip()
            and end - merged[-1][0] <= limit * _PAGE_SLACK
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
