"""A table row said by what is asked of it: the cells of the columns that the question names."""

from __future__ import annotations

from dataclasses import replace

from rag.answering.asked_columns import asked_cells
from rag.answering.phrase import row_sentence, told_periods
from rag.filings.passage import Row
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query


def asked_of(row: Row, piece: Evidence, query: Query) -> Row:
    """The row with the cells that the question names, with all of them where it names none."""
    cells = asked_cells(row, piece.passage, query, piece.filing.period)
    return replace(row, cells=cells) if cells else row


def asked_sentence(piece: Evidence, row: Row, query: Query) -> str:
    """The row in one sentence, of its cells those asked for; "" where it holds no figure."""
    return row_sentence(piece, asked_of(row, piece, query), told_periods(query), query.text)
