"""Checked claims become the text of an answer with its citations, figures and calculation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.answer import Alternative, Calculation, Citation, Figure
from rag.answering.cite import CitationList
from rag.answering.doubted import ToldCell, told_cells
from rag.answering.draft import Draft, Material
from rag.answering.tighten import tightened
from rag.checking.check import CheckedClaim, check
from rag.checking.claim import Arithmetic, Claim, Quote
from rag.checking.figure import FigureFinding
from rag.checking.quote import PageReader, PlacedQuote, place
from rag.filings.amount import format_decimal
from rag.settings import AnswerSettings

_END = re.compile(r"([。！？!?；;]+)$")
_MARKER = re.compile(r"\s*\[\d+\]")
# Questions whose answers are lists may cite each item.
_LISTING = frozenset({"list", "summary"})
MOST_CITATIONS = 20


@dataclass(frozen=True, slots=True)
class Composed:
    """What is shown of a draft: text with markers, and everything the markers stand for.

    `dropped` are claims that failed the check; `direct` is false where the first claim, the direct
    answer, is one of them or where nothing is left, and the caller falls back; `cells` are the table cells told.
    """

    answer: str
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    calculation: Calculation | None
    alternatives: tuple[Alternative, ...]
    dropped: tuple[CheckedClaim, ...]
    direct: bool
    cells: tuple[ToldCell, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """The answer while it is written."""

    material: Material
    reader: PageReader
    settings: AnswerSettings
    citations: CitationList
    figures: list[Figure]
    dropped: list[CheckedClaim]
    cells: list[ToldCell]
    calculation: Calculation | None = None


def compose(material: Material, draft: Draft, reader: PageReader, settings: AnswerSettings) -> Composed:
    """The draft's claims that pass the check, said in their order with markers and citations."""
    sheet = _Sheet(material, reader, settings, CitationList(), [], [], [])
    sentences: list[str] = []
    direct = False
    for n, claim in enumerate(draft.claims):
        sentence = _said(claim, sheet)
        if sentence:
            sentences.append(sentence)
            direct = direct or n == 0
    alternatives = tuple(_alternatives(draft, sheet)) if sentences else ()
    return Composed(
        answer=_joined(sentences),
        citations=tuple(sheet.citations.citations),
        figures=tuple(sheet.figures),
        calculation=sheet.calculation,
        alternatives=alternatives,
        dropped=tuple(sheet.dropped),
        direct=direct,
        cells=tuple(sheet.cells),
    )


def _joined(sentences: Sequence[str]) -> str:
    """The sentences as one text; list items that bring their own line break keep it."""
    return "".join(sentences).strip()


def _alternatives(draft: Draft, sheet: _Sheet) -> list[Alternative]:
    """The near misses that pass the check, each under its own marker."""
    shown: list[Alternative] = []
    for label, claim in draft.alternatives:
        before = len(sheet.figures)
        sentence = _said(claim, sheet)
        del sheet.figures[before:]
        if sentence:
            marker = int(re.findall(r"\[(\d+)\]", sentence)[0])
            shown.append(Alternative(label, _MARKER.sub("", sentence), marker))
    return shown


def _said(claim: Claim, sheet: _Sheet) -> str:
    """One sentence with its markers; empty when the claim fails or there is no room for its citations."""
    material = sheet.material
    claim = replace(claim, text=_MARKER.sub("", claim.text))
    claim = tightened(claim, material.evidence, sheet.settings.max_quote_chars)
    placed = {quote: place(quote, material.evidence, sheet.reader) for quote in claim.leaned_on}
    checked = check(claim, material.evidence)
    limit = sheet.settings.max_quote_chars
    if any(not pieces or any(len(piece.text) > limit for piece in pieces) for pieces in placed.values()):
        checked = replace(checked, problems=(*checked.problems, "引文与页面原文不符"))
    if not checked.passed:
        sheet.dropped.append(checked)
        return ""
    if not _has_room(claim, placed, sheet):
        return ""
    markers = {quote: _markers(quote, pieces, sheet) for quote, pieces in placed.items()}
    _record(checked, markers, sheet)
    return _marked(claim.text, sorted({marker for several in markers.values() for marker in several}))


def _has_room(claim: Claim, placed: dict[Quote, tuple[PlacedQuote, ...]], sheet: _Sheet) -> bool:
    """Whether the answer may cite what the claim needs: operands and list items go beyond the usual number."""
    free = claim.arithmetic is not None or sheet.material.query.kind in _LISTING
    most = MOST_CITATIONS if free else sheet.settings.max_citations
    held = sheet.citations
    new = sum(
        not held.find(piece, sheet.material.evidence[quote.evidence].filing)
        for quote, pieces in placed.items()
        for piece in pieces
    )
    return new == 0 or not held.citations or len(held.citations) + new <= most


def _markers(quote: Quote, pieces: Sequence[PlacedQuote], sheet: _Sheet) -> list[int]:
    found = sheet.material.evidence[quote.evidence]
    return [sheet.citations.marker(piece, found.filing, found.passage) for piece in pieces]


def _marked(text: str, markers: Sequence[int]) -> str:
    """The sentence with its markers before the closing stop, which is added where it is missing."""
    signs = "".join(f"[{marker}]" for marker in markers)
    body = text.rstrip()
    end = _END.search(body)
    if end:
        return body[: end.start()] + signs + end[1]
    return body + signs + "。"


def _record(checked: CheckedClaim, markers: dict[Quote, list[int]], sheet: _Sheet) -> None:
    """The claim's figures and calculation, put down with their markers."""
    arithmetic = checked.claim.arithmetic
    sheet.cells.extend(told_cells(checked.figures, arithmetic, sheet.material.evidence))
    for finding in checked.figures:
        marker = markers[finding.quote][0] if finding.quote else _first(markers, arithmetic)
        sheet.figures.append(_figure(finding, marker, checked.claim))
    if arithmetic and sheet.calculation is None:
        sheet.calculation = _calculation(arithmetic, markers)


def _first(markers: dict[Quote, list[int]], arithmetic: Arithmetic | None) -> int:
    if arithmetic and arithmetic.operands:
        return markers[arithmetic.operands[0].quote][0]
    return next(iter(markers.values()))[0]


def _figure(finding: FigureFinding, marker: int, claim: Claim) -> Figure:
    """The figure as said, with what the holder tells of it."""
    said, holder = finding.said, finding.holder
    fact = next((f for f in claim.facts if holder and f.text and f.value == holder.value), None)
    items = sorted(said.items & holder.items) if holder else sorted(said.items)
    period = said.period or (holder.periods[0] if holder and holder.periods else "")
    return Figure(
        text=said.amount.text,
        value=said.signed,
        unit=said.amount.unit,
        line_item=(fact.line_item if fact else "") or (items[0] if items else ""),
        period=period,
        scope=(holder.scope or "") if holder else "",
        marker=marker,
        check=finding.check or "sentence",
        cell=holder.cell if holder else "",
    )


def _calculation(arithmetic: Arithmetic, markers: dict[Quote, list[int]]) -> Calculation:
    operands = tuple(
        Figure(
            text=o.fact.text,
            value=o.fact.value,
            unit=o.fact.unit,
            line_item=o.fact.line_item or o.fact.label,
            period=o.fact.period,
            scope=o.fact.scope or "",
            marker=markers[o.quote][0],
            check="cell",
            cell=o.fact.column,
        )
        for o in arithmetic.operands
    )
    text = f"{format_decimal(arithmetic.value)}{arithmetic.unit}"
    result = Figure(
        text,
        arithmetic.value,
        arithmetic.unit,
        "",
        operands[0].period,
        operands[0].scope,
        operands[0].marker,
        "computed",
    )
    return Calculation(arithmetic.formula, operands, result)
