"""The pieces of evidence that one sentence of an answer may lean on: a sentence, a table row, a ticked box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.filings.lexicon import line_item_of
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence

UnitKind = Literal["sentence", "row", "box"]
_SENTENCE_END = re.compile(r"[。！？!?；;](?:[”’」』）)])?|\n")
_HEAD_LINE = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A range of one evidence passage; `text` is squeezed lower case, `around` what helps to read it.

    `around` holds section, heads, caption and the neighbouring sentence; `line_item` is a row's key.
    """

    kind: UnitKind
    evidence: int
    start: int
    end: int
    text: str
    around: str
    row: Row | None = None
    line_item: str = ""


def units_of(evidence: Sequence[Evidence]) -> list[Unit]:
    """Every unit of the evidence, passage by passage."""
    found: list[Unit] = []
    for index, piece in enumerate(evidence):
        found.extend(_of_passage(index, piece.passage))
    return found


def _of_passage(index: int, passage: Passage) -> Iterator[Unit]:
    section = _low(" ".join((*passage.section[-2:], passage.context)))
    if passage.kind == "box":
        yield Unit("box", index, 0, len(passage.text), _low(passage.text), section)
        return
    if passage.rows:
        yield from _rows(index, passage, section)
    yield from _sentences(index, passage, section)


def _rows(index: int, passage: Passage, section: str) -> Iterator[Unit]:
    for row in passage.rows:
        yield row_unit(index, passage, row, section)


def row_unit(index: int, passage: Passage, row: Row, section: str | None = None) -> Unit:
    """The unit of one table row; `index` is the passage's place in the evidence."""
    heads = " ".join(passage.columns[cell.column].head for cell in row.cells if cell.column >= 0)
    text = _low(row.label + " " + passage.text[row.start : row.end])
    around = _low(" ".join((*passage.section[-2:], passage.context))) if section is None else section
    return Unit("row", index, row.start, row.end, text, around + _low(heads), row, line_item_of(row.label))


def _sentences(index: int, passage: Passage, section: str) -> Iterator[Unit]:
    """Sentences with the one before as their surroundings; a short line that heads others belongs to the next."""
    previous = ""
    taken = [(row.start, row.end) for row in passage.rows]
    for start, end in sentence_ranges(passage.text):
        if any(a < end and start < b for a, b in taken):
            continue
        text = _low(passage.text[start:end])
        if text:
            yield Unit("sentence", index, start, end, text, section + previous)
            previous = text


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Sentences as ranges without white space at their ends; a heading's line is one by itself."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match is not None else len(text)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if body:
            found.append((start + lead, start + lead + len(body)))
        start = end
    return found


def _low(text: str) -> str:
    return squeeze(text).lower()
