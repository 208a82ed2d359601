"""Lone figures of two-column statements: the column that the statement's own sums prove.

Where empty cells leave no trace in the text, a row's only figure may be this period's or the last one's.
The subtotals of both columns come out to the cent for one placing only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from rag.filings.passage import Cell, Column, Fact, Passage
from rag.structure.facts import facts_of
from rag.structure.identities import Parts, Sheet, readings, rows_of_subtotal, sheets_of, slack
from rag.structure.identity_rules import Formula, Subtotal, identity_rules

# More lone figures under one subtotal are not tried: two to this power placings.
_MOST = 12
_ROUNDS = 3
Placing = dict[str, str]


def place_lone_figures(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with those lone figures in their column for which only one column fits the sums."""
    facts = facts_of(passages)
    placed: Placing = {}
    heads: dict[str, Column] = {}
    columns = {passage.id: passage.columns for passage in passages}
    for sheet in sheets_of(facts):
        if len(sheet.periods) == 2:
            placed.update(_placing(sheet))
            heads.update(_heads(sheet, columns))
    by_cell = {(fact.passage_id, fact.cell): heads[placed[fact.id]] for fact in facts if fact.id in placed}
    return [_with(passage, by_cell) for passage in passages] if by_cell else list(passages)


def _heads(sheet: Sheet, columns: Mapping[str, Sequence[Column]]) -> dict[str, Column]:
    """The column of each period of a statement."""
    found: dict[str, Column] = {}
    for period in sheet.periods:
        for fact in sheet.column(period):
            known = [c for c in columns[fact.passage_id] if c.head == fact.column and c.measure == "amount"]
            if known and period not in found:
                found[period] = known[0]
    return found


def _with(passage: Passage, by_cell: Mapping[tuple[str, tuple[int, int]], Column]) -> Passage:
    columns = list(passage.columns)

    def moved(cell: Cell) -> Cell:
        column = by_cell.get((passage.id, (cell.start, cell.end)))
        if column is None:
            return cell
        if column not in columns:
            columns.append(column)
        return replace(cell, column=columns.index(column))

    rows = tuple(replace(row, cells=tuple(map(moved, row.cells))) for row in passage.rows)
    return replace(passage, rows=rows, columns=tuple(columns)) if rows != passage.rows else passage


def _placing(sheet: Sheet) -> Placing:
    """The period of every lone figure that the sums decide, by the fact's id."""
    found: Placing = {}
    for _ in range(_ROUNDS):
        before = len(found)
        for rule in _rules():
            if rule.applies(sheet.statement, sheet.scope):
                decided = _decided(sheet.placed(found), rule)
                found.update(decided)
        if len(found) == before:
            break
    return found


def _rules() -> tuple[Formula | Subtotal, ...]:
    return (*identity_rules().formulas, *identity_rules().subtotals)


def _decided(sheet: Sheet, rule: Formula | Subtotal) -> Placing:
    """What all placings agree on under the first reading of the rule that any placing fits."""
    for parts in _all_readings(sheet, rule):
        fitting = list(_fitting(sheet, rule.total, parts))
        if fitting:
            return {
                key: period for key, period in fitting[0].items() if all(p[key] == period for p in fitting)
            }
    return {}


def _all_readings(sheet: Sheet, rule: Formula | Subtotal) -> Iterator[Parts]:
    if isinstance(rule, Subtotal):
        yield from readings(rows_of_subtotal(sheet, rule))
        return
    for form in rule.forms:
        signs = {term.key: term.sign for term in form}
        yield [(signs[fact.line_item], fact) for fact in _firsts(sheet) if fact.line_item in signs]


def _firsts(sheet: Sheet) -> Iterator[Fact]:
    """The first row of each line item: formulas mean no other."""
    rows: dict[str, tuple[str, tuple[int, int]]] = {}
    for fact in sheet.facts:
        if rows.setdefault(fact.line_item, (fact.passage_id, fact.row)) == (fact.passage_id, fact.row):
            yield fact


def _fitting(sheet: Sheet, total: str, parts: Parts) -> Iterator[Placing]:
    """Every placing of the lone figures among the parts under which both columns add up."""
    widths = Counter((fact.passage_id, fact.row) for fact in sheet.facts)
    lone = [(sign, fact) for sign, fact in parts if not fact.period]
    if not 0 < len(lone) <= _MOST or any(widths[fact.passage_id, fact.row] > 1 for _, fact in lone):
        return
    totals = [sheet.fact(total, period) for period in sheet.periods]
    if not any(totals) or any(fact.line_item == total and not fact.period for fact in sheet.facts):
        return
    off = slack(next(fact for fact in totals if fact), len(parts))
    gaps = [
        (fact.value if fact else Decimal(0)) - _sum_of(sheet, period, parts)
        for fact, period in zip(totals, sheet.periods, strict=True)
    ]
    for choice in product((0, 1), repeat=len(lone)):
        left = list(gaps)
        for column, (sign, fact) in zip(choice, lone, strict=True):
            left[column] -= sign * fact.value
        if all(abs(gap) <= off for gap in left):
            yield {fact.id: sheet.periods[column] for column, (_, fact) in zip(choice, lone, strict=True)}


def _sum_of(sheet: Sheet, period: str, parts: Parts) -> Decimal:
    column = {fact.id for fact in sheet.column(period)}
    return sum((sign * fact.value for sign, fact in parts if fact.id in column), Decimal(0))
