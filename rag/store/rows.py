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

FILING = "id, file_name, title, issuer, kind, period, page_count, size_bytes, numbering, announced, evidence, warnings"
PAGE = "position, label, origin, width, height, text, boxes"
HEADING = 'level, text, page, "start", "end"'
PASSAGE = 'id, ordinal, kind, section, spans, text, context, unit, scope, statement, columns, "rows"'
FACT = (
    "id, passage_id, label, line_item, period, scope, statement, measure, value, unit, "
    '"column", text, place, section, certain'
)

_NO_PLACE = -32768
_BOXES = struct.Struct("<If")


def _pack(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def filing_row(filing: Filing) -> SQLRow:
    """A filing as the columns of `FILING`."""
    issuer = filing.issuer
    return (
        filing.id,
        filing.file_name,
        filing.title,
        _pack([issuer.name, issuer.short_name, issuer.stock_codes, issuer.also_called]),
        filing.kind,
        filing.period,
        filing.page_count,
        filing.size_bytes,
        filing.numbering,
        filing.announced.isoformat() if filing.announced else None,
        _pack(filing.evidence),
        _pack(filing.warnings),
    )


def filing_from(row: SQLRow) -> Filing:
    """A filing from the columns of `FILING`."""
    identity, file_name, title, issuer, kind, period, page_count, size_bytes, numbering, *rest = row
    announced, evidence, warnings = rest
    name, short_name, codes, also_called = json.loads(issuer)
    return Filing(
        identity,
        file_name,
        title,
        Issuer(name, short_name, tuple(codes), tuple(also_called)),
        kind,
        period,
        page_count,
        size_bytes,
        numbering,
        date.fromisoformat(announced) if announced else None,
        json.loads(evidence),
        tuple(json.loads(warnings)),
    )


def page_row(page: Page) -> SQLRow:
    """A page as the columns of `PAGE`."""
    boxes = None if page.boxes is None else pack_boxes(page.boxes)
    return page.position, page.label, page.origin, page.width, page.height, page.text, boxes


def page_from(row: SQLRow) -> Page:
    """A page from the columns of `PAGE`."""
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
    """The rectangles that `pack_boxes` packed, one row a character."""
    count, step = _BOXES.unpack_from(packed)
    steps = np.frombuffer(zlib.decompress(packed[_BOXES.size :]), dtype="<i2").reshape(4, count).T
    boxes: NDArray[np.float32] = steps.astype(np.float32) * np.float32(step)
    boxes[steps == _NO_PLACE] = np.nan
    return boxes


def heading_row(heading: Heading) -> SQLRow:
    """A heading as the columns of `HEADING`."""
    span = heading.span
    return heading.level, heading.text, span.page, span.start, span.end


def heading_from(row: SQLRow) -> Heading:
    """A heading from the columns of `HEADING`."""
    return Heading(row[0], row[1], Span(*row[2:]))


def passage_row(passage: Passage) -> SQLRow:
    """A passage as the columns of `PASSAGE`."""
    spans = [(span.page, span.start, span.end) for span in passage.spans]
    columns = [(c.head, c.period, c.scope, c.measure, c.unit) for c in passage.columns]
    rows = [_packed_row(row, passage.text) for row in passage.rows]
    return (
        passage.id,
        passage.ordinal,
        passage.kind,
        _pack(passage.section),
        _pack(spans),
        passage.text,
        passage.context,
        passage.unit,
        passage.scope,
        passage.statement,
        _pack(columns) if columns else "",
        _pack(rows) if rows else "",
    )


def passage_from(row: SQLRow, filing_id: str) -> Passage:
    """A passage from the columns of `PASSAGE`."""
    identity, ordinal, kind, section, spans, text, context, unit, scope, statement, columns, rows = row
    return Passage(
        identity,
        filing_id,
        ordinal,
        kind,
        tuple(json.loads(section)),
        tuple(Span(*span) for span in json.loads(spans)),
        text,
        context,
        unit,
        scope,
        statement,
        tuple(Column(*column) for column in json.loads(columns)) if columns else (),
        tuple(_row_from(packed, text) for packed in json.loads(rows)) if rows else (),
    )


def _packed_row(row: Row, text: str) -> tuple[object, ...]:
    packed = (row.label, row.start, row.end, [_packed_cell(cell, text) for cell in row.cells])
    if row.group:
        return (*packed, row.remark_end, row.group)
    return packed if row.remark_end < 0 else (*packed, row.remark_end)


def _packed_cell(cell: Cell, text: str) -> tuple[int | str, ...]:
    # Nearly always the printed figure is the passage's text between its offsets: then it is not stored twice.
    place = (cell.start, cell.end, cell.column, cell.unit)
    return place if text[cell.start : cell.end] == cell.text else (*place, cell.text)


def _row_from(packed: list[Any], text: str) -> Row:
    label, start, end, cells, *rest = packed
    return Row(
        label,
        start,
        end,
        tuple(Cell(cell[4] if len(cell) > 4 else text[cell[0] : cell[1]], *cell[:4]) for cell in cells),
        *rest,
    )


def fact_row(fact: Fact) -> SQLRow:
    """A fact as the columns of `FACT`."""
    return (
        fact.id,
        fact.passage_id,
        fact.label,
        fact.line_item,
        fact.period,
        fact.scope,
        fact.statement,
        fact.measure,
        str(fact.value),
        fact.unit,
        fact.column,
        fact.text,
        _pack([*fact.row, *fact.cell]),
        _pack(fact.section),
        int(fact.certain),
    )


def fact_from(row: SQLRow, filing_id: str) -> Fact:
    """A fact from the columns of `FACT`."""
    identity, passage_id, label, line_item, period, scope, statement, measure, value, *rest = row
    unit, column, text, place, section, certain = rest
    row_start, row_end, start, end = json.loads(place)
    return Fact(
        identity,
        filing_id,
        passage_id,
        label,
        line_item,
        period,
        scope,
        statement,
        measure,
        Decimal(value),
        unit,
        column,
        text,
        (row_start, row_end),
        (start, end),
        tuple(json.loads(section)),
        bool(certain),
    )
