"""Domain values as table rows and back."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.filings.filing import Filing, Issuer
from rag.filings.page import Page, Span
from rag.filings.passage import Cell, Column, Fact, Heading, Passage, Row

SQLRow = tuple[Any, ...]

FILING = (
    "id, file_name, title, issuer, kind, period, page_count, size_bytes, numbering, announced, evidence, warnings"
)
PAGE = "position, label, origin, width, height, text, boxes"
HEADING = 'level, text, page, "start", "end"'
PASSAGE = "id, ordinal, kind, section, spans, text, context, unit, scope, statement, columns, \"rows\""
FACT = (
    "id, passage_id, label, line_item, period, scope, statement, measure, value, unit, "
    '"column", text, place, section, certain'
)

_NO_PLACE = -32768
_BOXES = struct.Struct("<If")


def _pack(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def filing_row(filing: Filing) -> SQLRow:
    issuer = filing.issuer
    return (
        filing.id, filing.file_name, filing.title,
        _pack([issuer.name, issuer.short_name, issuer.stock_codes, issuer.also_called]),
        filing.kind, filing.period, filing.page_count, filing.size_bytes, filing.numbering,
        filing.announced.isoformat() if filing.announced else None,
        _pack(filing.evidence), _pack(filing.warnings),
    )


def filing_from(row: SQLRow) -> Filing:
    name, short_name, codes, also_called = json.loads(row[3])
    return Filing(
        *row[:3], Issuer(name, short_name, tuple(codes), tuple(also_called)), *row[4:9],
        announced=date.fromisoformat(row[9]) if row[9] else None,
        evidence=json.loads(row[10]), warnings=tuple(json.loads(row[11])),
    )


def page_row(page: Page) -> SQLRow:
    boxes = None if page.boxes is None else pack_boxes(page.boxes)
    return page.position, page.label, page.origin, page.width, page.height, page.text, boxes


def page_from(row: SQLRow) -> Page:
    position, label, origin, width, height, text, boxes = row
    return Page(position, text, label, origin, width, height, None if boxes is None else unpack_boxes(boxes))


def pack_boxes(boxes: NDArray[np.float32]) -> bytes:
    """Rectangles as 16-bit steps, column by column, compressed: a fifth of the floats.

    A step is 1/32000 of the largest coordinate, below 0.04 points on an A3 page: far less than a hair.
    """
    largest = float(np.nanmax(np.abs(boxes))) if boxes.size and not np.isnan(boxes).all() else 1.0
    step = max(largest, 1.0) / 32000
    steps = np.where(np.isnan(boxes), _NO_PLACE, np.rint(boxes / step)).astype("<i2")
    return _BOXES.pack(len(boxes), step) + zlib.compress(np.ascontiguousarray(steps.T).tobytes())


def unpack_boxes(packed: bytes) -> NDArray[np.float32]:
    count, step = _BOXES.unpack_from(packed)
    steps = np.frombuffer(zlib.decompress(packed[_BOXES.size :]), dtype="<i2").reshape(4, count).T
    boxes: NDArray[np.float32] = steps.astype(np.float32) * np.float32(step)
    boxes[steps == _NO_PLACE] = np.nan
    return boxes


def heading_row(heading: Heading) -> SQLRow:
    span = heading.span
    return heading.level, heading.text, span.page, span.start, span.end


def heading_from(row: SQLRow) -> Heading:
    return Heading(row[0], row[1], Span(*row[2:]))


def passage_row(passage: Passage) -> SQLRow:
    spans = [(span.page, span.start, span.end) for span in passage.spans]
    columns = [(c.head, c.period, c.scope, c.measure, c.unit) for c in passage.columns]
    rows = [(r.label, r.start, r.end, [_packed_cell(c, passage.text) for c in r.cells]) for r in passage.rows]
    return (
        passage.id, passage.ordinal, passage.kind, _pack(passage.section), _pack(spans),
        passage.text, passage.context, passage.unit, passage.scope, passage.statement,
        _pack(columns) if columns else "", _pack(rows) if rows else "",
    )


def passage_from(row: SQLRow, filing_id: str) -> Passage:
    identity, ordinal, kind, section, spans, text, context, unit, scope, statement, columns, rows = row
    return Passage(
        identity, filing_id, ordinal, kind, tuple(json.loads(section)),
        tuple(Span(*span) for span in json.loads(spans)), text, context, unit, scope, statement,
        tuple(Column(*column) for column in json.loads(columns)) if columns else (),
        tuple(_row_from(packed, text) for packed in json.loads(rows)) if rows else (),
    )


def _packed_cell(cell: Cell, text: str) -> tuple[int, int, int] | tuple[int, int, int, str]:
    # Nearly always the printed figure is the passage's text between its offsets: then it is not stored twice.
    place = (cell.start, cell.end, cell.column)
    return place if text[cell.start : cell.end] == cell.text else (*place, cell.text)


def _row_from(packed: list[Any], text: str) -> Row:
    label, start, end, cells = packed
    return Row(label, start, end, tuple(
        Cell(cell[3] if len(cell) > 3 else text[cell[0] : cell[1]], *cell[:3]) for cell in cells
    ))


def fact_row(fact: Fact) -> SQLRow:
    return (
        fact.id, fact.passage_id, fact.label, fact.line_item, fact.period, fact.scope, fact.statement,
        fact.measure, str(fact.value), fact.unit, fact.column, fact.text,
        _pack([*fact.row, *fact.cell]), _pack(fact.section), int(fact.certain),
    )


def fact_from(row: SQLRow, filing_id: str) -> Fact:
    place = json.loads(row[12])
    return Fact(
        row[0], filing_id, *row[1:8], Decimal(row[8]), *row[9:12],
        row=(place[0], place[1]), cell=(place[2], place[3]),
        section=tuple(json.loads(row[13])), certain=bool(row[14]),
    )
