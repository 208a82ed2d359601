"""The share of some ages in the total of an ageing table: 一年以内的应收账款占比."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.ageing import aged_rows, is_of, subject_of, tiled
from rag.answering.draft import Draft, Material
from rag.answering.operands import row_operands, sum_expression, work_out
from rag.answering.units import row_unit
from rag.checking.claim import Claim, Operand
from rag.filings.ages import Span, span_of
from rag.filings.amount import format_decimal
from rag.filings.text import squeeze
from rag.retrieval.question import Query, Term

_ASKS_SHARE = re.compile(r"占|比[例重]")
# The rate of an allowance, and what is a part of the item only.
_ANOTHER = re.compile(r"坏账|提|拨备|减值|损失|前五|组合|增")
_TOTALS = frozenset({"合计", "总计", "小计"})


def asks_aged_share(query: Query) -> bool:
    """Whether a question asks what share of a line item is of some ages."""
    asked = _ASKS_SHARE.search(query.text) and not _ANOTHER.search(query.text)
    return bool(query.line_items and asked and span_of(query.text))


def ageing_query(query: Query) -> Query:
    """The query for the ageing tables of the line item that a question names."""
    words = "、".join(word for _, word in query.line_item_words)
    terms = (Term("账龄", 1.0, is_name=True), Term("合计", 0.6, is_name=False))
    return replace(query, kind="number", text=f"{words}按账龄披露的账面余额合计", expects=(), terms=terms)


def misses_age(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether the share of some ages is asked for and nothing said is of just these."""
    return asks_aged_share(query) and all(span_of(claim.text) != span_of(query.text) for claim in claims)


def aged_share(material: Material, query: Query) -> Draft | None:
    """The share of the ages asked for in the widest ageing table of the line item; None where no total is held.

    Of several tables (one for each class of debtors) the one with the largest total is of the whole item.
    """
    asked = span_of(query.text)
    if asked is None or not asks_aged_share(query):
        return None
    wanted = "parent" if query.scope == "parent" else "consolidated"
    found: list[tuple[list[Operand], Operand]] = []
    for index, piece in enumerate(material.evidence):
        if (piece.passage.scope or wanted) != wanted or not is_of(piece.passage, material):
            continue
        rows = list(aged_rows(material, index))
        total = _total(material, index, _whole(rows))
        if total is not None and (parts := tiled(asked, rows)):
            found.append((parts, total))
    widest = max(found, key=lambda pair: pair[1].fact.value, default=None)
    return _told_share(material, asked, *widest) if widest is not None else None


def _whole(rows: Sequence[tuple[Span, Operand]]) -> list[Operand]:
    """The rows that together are of all ages that the table lists, the widest first taken."""
    parts: list[Operand] = []
    at = 0
    for (start, end), operand in sorted(rows, key=lambda pair: (pair[0][0], -pair[0][1])):
        if start >= at:
            parts.append(operand)
            at = end
    return parts


def _total(material: Material, index: int, parts: Sequence[Operand]) -> Operand | None:
    """The printed total of these rows, with any that are of no age below them, before an allowance is taken off."""
    piece = material.evidence[index]
    whole = sum((operand.fact.value for operand in parts), Decimal(0))
    unaged = Decimal(0)
    for row in piece.passage.rows if parts else ():
        held = row_operands(material, row_unit(index, piece.passage, row))
        operand = next((o for o in held if o.fact.column == parts[0].fact.column), None)
        if operand is None or operand.fact.unit != parts[0].fact.unit:
            continue
        if squeeze(row.label) in _TOTALS and operand.fact.value in (whole, whole + unaged):
            return operand
        unaged = Decimal(0) if span_of(row.label) else unaged + operand.fact.value
    return None


def _told_share(material: Material, asked: Span, parts: Sequence[Operand], total: Operand) -> Draft | None:
    operands = [*parts, total]
    over = sum_expression(len(operands) - 1)
    worked = work_out(f"({over})/f{len(operands)}*100", operands, "%")
    if worked is None:
        return None
    unit, passage = total.fact.unit, material.evidence[total.quote.evidence].passage
    terms = "＋".join(f"{operand.fact.text}{unit}" for operand in parts)
    text = (
        f"{subject_of(material, passage, asked, parts[0].fact)}占{total.fact.column}合计的"
        f"{format_decimal(worked.value)}%（{terms}，合计{total.fact.text}{unit}）。"
    )
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    claim = Claim(text, quotes, tuple(operand.fact for operand in operands), worked)
    return Draft((claim,), material=material)
