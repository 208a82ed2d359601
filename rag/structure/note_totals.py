"""Totals of notes against the line of the statement that the note explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Fact, Scope
from rag.filings.text import squeeze
from rag.structure.identities import Finding, Sheet, same_printed
from rag.structure.identity_rules import identity_rules

_TOTAL = re.compile(r"^(?:合计|总计)$")
# Columns that a statement's line can equal: its period alone, or the carrying amount of it.
_COLUMN = re.compile(
    r"^(?:期末|期初|年末|年初|上年年末|本期|上期|本年|上年)(?:余额|发生额|数|金额)?(?:账面价值|金额)?$|账面价值$"
)
_IN_STATEMENTS = ("balance_sheet", "income_statement")
Line = tuple[str, Scope | None, str]


def check_notes(facts: Sequence[Fact], sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A finding for each line of a statement whose note prints a total of its period.

    A note has several tables (by age, by kind, gross and net): it holds where one of their totals is the line's.
    """
    stated = _stated(sheets)
    totals: dict[Line, list[Fact]] = {}
    for _, row in groupby(facts, key=lambda fact: (fact.passage_id, fact.row)):
        lines = [(line, fact) for fact in row if (line := _line(fact)) in stated]
        if (
            len({line for line, _ in lines}) > 1
        ):  # both periods: the table is the note's, not one of its parts
            for line, fact in lines:
                totals.setdefault(line, []).append(fact)
    for line, printed in totals.items():
        held = next((fact for fact in printed if same_printed(fact, stated[line])), None)
        if held is None and line[0] in identity_rules().gross_notes:
            continue
        total, other = held or printed[0], stated[line]
        yield Finding(
            "note", _heading(total), total.scope, total.period, total.value, other.value, total.unit,
            held is not None, total.id, (other.id,),
        )  # fmt: skip


def _stated(sheets: Sequence[Sheet]) -> dict[Line, Fact]:
    stated: dict[Line, Fact] = {}
    for sheet in sheets:
        for fact in sheet.facts:
            if (
                sheet.statement in _IN_STATEMENTS
                and fact.line_item
                and fact.period
                and fact.measure == "amount"
            ):
                stated.setdefault((fact.line_item, fact.scope, fact.period), fact)
    return stated


def _line(fact: Fact) -> Line | None:
    """The line of a statement that a fact may be the total of."""
    if fact.statement != "other" or not fact.certain or fact.measure != "amount" or not fact.period:
        return None
    if not _TOTAL.match(squeeze(fact.label)) or not _COLUMN.search(fact.column):
        return None
    key = line_item_of(_heading(fact))
    return (key, fact.scope, fact.period) if key and line_items()[key].statement in _IN_STATEMENTS else None


def _heading(fact: Fact) -> str:
    """The innermost heading that names a line item; "" where none does."""
    return next((heading for heading in reversed(fact.section) if line_item_of(heading)), "")
