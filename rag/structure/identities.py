"""Accounting identities: which of them the figures read from a filing's statements keep.

They prove a reading: a figure taken from the wrong row or column breaks a sum.  A filing may itself break
one, so that a finding is told and never corrects a figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.filings.fiscal import end_date, is_period, previous_year_end
from rag.filings.lexicon import line_items
from rag.filings.passage import Fact, Scope, Statement
from rag.filings.text import squeeze
from rag.filings.unit import same_value
from rag.structure.identity_rules import Formula, Subtotal, Term, identity_rules

_CONTINUED = re.compile(r"[（(]续[）)]$")
STATEMENTS: tuple[Statement, ...] = ("balance_sheet", "income_statement", "cash_flow")


@dataclass(frozen=True, slots=True)
class Finding:
    """One identity for one period: `found` is the printed total, `expected` what its parts come to.

    `identity` is the rule's key; `label` the line item it is about, as printed; `total` is the fact that
    holds the total, `parts` are the facts it was compared with, by id.
    """

    identity: str
    label: str
    scope: Scope | None
    period: str
    found: Decimal
    expected: Decimal
    unit: str
    holds: bool
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed statement: its facts in reading order; a filing may print a statement several times."""

    statement: Statement
    scope: Scope | None
    facts: tuple[Fact, ...]

    @property
    def periods(self) -> tuple[str, ...]:
        """The columns: dates of a balance sheet, reporting periods of the others."""
        dated = self.statement == "balance_sheet"
        found = (fact.period for fact in self.facts if fact.period and is_period(fact.period) != dated)
        return tuple(dict.fromkeys(found))

    def fact(self, key: str, period: str) -> Fact | None:
        """The first amount of a line item in a column."""
        return next((fact for fact in self.column(period) if fact.line_item == key), None)

    def column(self, period: str) -> Iterator[Fact]:
        """The amounts of one column from top to bottom."""
        for fact in self.facts:
            if fact.measure == "amount" and fact.period == _dated(fact.line_item, period, self.statement):
                yield fact

    def placed(self, periods: Mapping[str, str]) -> Sheet:
        """The sheet once some of its facts, by id, are in a column."""
        facts = (
            replace(fact, period=_dated(fact.line_item, periods[fact.id], self.statement))
            if fact.id in periods
            else fact
            for fact in self.facts
        )
        return replace(self, facts=tuple(facts))


def check(facts: Sequence[Fact]) -> list[Finding]:
    """Every identity that applies to a filing's facts, statement by statement, then its indicators."""
    found: list[Finding] = []
    sheets = sheets_of(facts)
    for sheet in sheets:
        for period in sheet.periods:
            found.extend(_formulas(sheet, period))
            found.extend(_subtotals(sheet, period))
    return [*found, *_indicators(facts, sheets)]


def sheets_of(facts: Sequence[Fact]) -> list[Sheet]:
    """The printed statements in reading order."""
    groups: dict[tuple[Statement, Scope | None, tuple[str, ...]], list[Fact]] = {}
    for fact in facts:
        if fact.statement in STATEMENTS:
            section = tuple(_CONTINUED.sub("", heading) for heading in fact.section)
            groups.setdefault((fact.statement, fact.scope, section), []).append(fact)
    return [Sheet(statement, scope, tuple(group)) for (statement, scope, _), group in groups.items()]


def _dated(key: str, period: str, statement: Statement) -> str:
    """The period under which a column's figure is kept: cash at its beginning and end stands at a date."""
    if statement != "cash_flow" or not key or line_items()[key].nature != "balance":
        return period
    return previous_year_end(period) if key == "cash_equivalents_begin" else end_date(period).isoformat()


def _formulas(sheet: Sheet, period: str) -> Iterator[Finding]:
    for rule in identity_rules().formulas:
        total = sheet.fact(rule.total, period)
        if total is not None and rule.applies(sheet.statement, sheet.scope):
            readings = [_operands(sheet, period, form) for form in rule.forms]
            yield from _best(rule, total, [*readings, *_unnamed(sheet, rule, period)])


Parts = Sequence[tuple[int, Fact]]


def _best(rule: Formula | Subtotal, total: Fact, readings: Sequence[Parts | None]) -> list[Finding]:
    """The finding of the first reading that holds, else of the first; no failure where one is not known whole."""
    findings = [_finding(rule.key, total, parts) for parts in readings if parts]
    held = [finding for finding in findings if finding.holds]
    return (held or ([] if None in readings else findings))[:1]


def _finding(identity: str, total: Fact, parts: Parts) -> Finding:
    expected = sum((sign * fact.value for sign, fact in parts), Decimal(0))
    units = {total.unit, *(fact.unit for _, fact in parts)}
    holds = abs(expected - total.value) <= slack(total, len(parts)) and len(units) == 1
    return Finding(
        identity, total.label, total.scope, total.period, total.value, expected, total.unit, holds,
        total.id, tuple(fact.id for _, fact in parts),
    )  # fmt: skip


def slack(total: Fact, parts: int) -> Decimal:
    """How far a sum may be off: each printed figure may be rounded in its last place."""
    return last_place(total) * (parts + 1) / 2


def last_place(fact: Fact) -> Decimal:
    """The worth of one in a figure's last printed place."""
    exponent = fact.value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(0)


def _operands(sheet: Sheet, period: str, form: Sequence[Term]) -> Parts | None:
    """The signed figures of a formula, none where a line is missing; None where a column is not known."""
    parts: list[tuple[int, Fact]] = []
    missing = False
    for term in form:
        fact = sheet.fact(term.key, period)
        if fact is not None:
            parts.append((term.sign, fact))
        elif _is_unplaced(sheet, term.key):
            return None
        missing = missing or (fact is None and term.needed)
    return () if missing else parts


def _unnamed(sheet: Sheet, rule: Formula, period: str) -> list[None]:
    """One None where rows that the vocabulary does not know may belong to a list of lines that need not be there."""
    named = {rule.total, *(term.key for form in rule.forms for term in form)}
    last = max(i for i, fact in enumerate(sheet.facts) if fact.line_item in named)
    above = {fact.id for fact in sheet.facts[:last]}
    unknown = (fact for fact in sheet.column(period) if not fact.line_item and fact.id in above)
    return [None] if len(rule.forms) > 1 and any(unknown) else []


def _is_unplaced(sheet: Sheet, key: str) -> bool:
    """Whether a line has a figure whose column is not known."""
    return any(fact.line_item == key and not fact.period for fact in sheet.facts)


def _subtotals(sheet: Sheet, period: str) -> Iterator[Finding]:
    for rule in identity_rules().subtotals:
        total = sheet.fact(rule.total, period)
        if total is None or not rule.applies(sheet.statement, sheet.scope):
            continue
        rows = rows_of_subtotal(sheet, rule)
        column = {fact.id for fact in sheet.column(period)}
        yield from _best(rule, total, [_in_column(parts, column) for parts in readings(rows)])


def _in_column(parts: Parts, column: Collection[str]) -> Parts | None:
    """The parts of one column; None where the column of any part is not known."""
    if any(not fact.period for _, fact in parts):
        return None
    return [(sign, fact) for sign, fact in parts if fact.id in column]


def rows_of_subtotal(sheet: Sheet, rule: Subtotal) -> Sequence[Fact]:
    """The figures, of all columns, that a subtotal adds up; empty where they do not stand whole before it."""
    keys = [fact.line_item for fact in sheet.facts]
    if rule.total not in keys:
        return ()
    last = keys.index(rule.total)
    if not rule.after:
        return sheet.facts[:last]
    before = [i for i, key in enumerate(keys[:last]) if key == rule.after]
    return sheet.facts[before[-1] + 1 : last] if before else ()


def readings(rows: Sequence[Fact]) -> Iterator[Parts]:
    """The rows, signed, without those inside another row; then with those that only some forms put inside."""
    within = {fact.id for fact in rows if "其中" in fact.label}
    parts = identity_rules().inner_beside([fact.line_item for fact in rows])
    inner = {fact.id for fact in rows if fact.line_item in parts}
    for left_out in (within | inner, within, inner, set[str]()):
        yield [(_sign(fact), fact) for fact in rows if fact.id not in left_out]


def _sign(fact: Fact) -> int:
    """Rows that say 减 are taken off."""
    return -1 if squeeze(fact.label).startswith("减:") else 1


def _indicators(facts: Sequence[Fact], sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Key indicators against the same line of the consolidated statements."""
    stated: dict[tuple[str, str], list[Fact]] = {}
    for sheet in sheets:
        if sheet.scope == "consolidated":
            for fact in sheet.facts:
                stated.setdefault((fact.line_item, fact.period), []).append(fact)
    for fact in facts:
        known = stated.get((fact.line_item, fact.period), [])
        if _is_indicator(fact) and known:
            same = next((k for k in known if same_printed(fact, k)), known[0])
            yield Finding(
                "indicator", fact.label, "consolidated", fact.period, fact.value, same.value, fact.unit,
                same_printed(fact, same), fact.id, (same.id,),
            )  # fmt: skip


def _is_indicator(fact: Fact) -> bool:
    listed = fact.line_item in identity_rules().indicators
    return listed and fact.statement == "key_indicators" and fact.measure == "amount"


def same_printed(fact: Fact, other: Fact) -> bool:
    """Whether both print one value; a statement that prints no unit is in that of the other."""
    return same_value(fact.value, fact.unit or other.unit, other.value, other.unit or fact.unit)
