"""Printed changes against the two figures of their row that they compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from rag.filings.fiscal import end_date, is_period, previous_year, previous_year_end
from rag.filings.passage import Fact
from rag.structure.identities import Finding, check, last_place, sheets_of
from rag.structure.note_totals import check_notes

_PERCENT = Decimal(100)


def findings_of(facts: Sequence[Fact]) -> list[Finding]:
    """Every identity that applies to a filing's facts, printed changes and totals of notes included."""
    return [*check(facts), *check_changes(facts), *check_notes(facts, sheets_of(facts))]


def check_changes(facts: Sequence[Fact]) -> list[Finding]:
    """A finding for every printed change whose row prints both figures that it compares."""
    found: list[Finding] = []
    for _, row in groupby(facts, key=lambda fact: (fact.passage_id, fact.row)):
        figures = list(row)
        changes = [fact for fact in figures if fact.measure in ("change", "points") and fact.column]
        pairs = list(_pairs(figures))
        if len(changes) == len(pairs) == 1:
            found.append(_finding(changes[0], *pairs[0]))
    return found


def _pairs(figures: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The figure of the latest period with that of the year before, where the row has just one of either."""
    amounts = [fact for fact in figures if fact.measure not in ("change", "points") and fact.column]
    dated = [fact for fact in amounts if fact.period]
    if len({fact.period for fact in dated}) != len(amounts) or len(amounts) < 2:
        return
    now = max(dated, key=lambda fact: end_date(fact.period))
    before = {previous_year(now.period)} if is_period(now.period) else {previous_year_end(now.period)}
    yield from ((now, fact) for fact in dated if fact.period in before and fact.unit == now.unit)


def _finding(change: Fact, now: Fact, before: Fact) -> Finding:
    points = _difference(now, before), _points_slack(change, now, before)
    growth = _growth(now, before), _growth_slack(change, now, before)
    readings = [points] if change.measure == "points" else [growth]
    if now.measure == "ratio" and change.measure != "points":
        # 流动比率 and the like are times, whose change is printed in percent; that of a share is in points.
        readings = [points, growth]
    holds = any(abs(change.value - value) <= slack for values, slack in readings for value in values)
    return Finding(
        "change", change.label, change.scope, now.period, change.value,
        readings[0][0][0].quantize(Decimal("0.01")), change.unit, holds, change.id, (now.id, before.id),
    )  # fmt: skip


def _difference(now: Fact, before: Fact) -> tuple[Decimal, ...]:
    return (now.value - before.value,)


def _growth(now: Fact, before: Fact) -> tuple[Decimal, ...]:
    """The growth in percent; over a loss filings print it with either sign."""
    if not before.value:
        return (Decimal(0),)
    growth = (now.value - before.value) / before.value * _PERCENT
    return (growth,) if before.value > 0 else (-growth, growth)


def _points_slack(change: Fact, now: Fact, before: Fact) -> Decimal:
    """One in the last place of the change and of either figure."""
    return last_place(change) + last_place(now) + last_place(before)


def _growth_slack(change: Fact, now: Fact, before: Fact) -> Decimal:
    """One in the last place of the change, and what rounding of the two figures makes of it."""
    if not before.value:
        return last_place(change)
    ratio = abs(now.value / before.value)
    return last_place(change) + (last_place(now) + ratio * last_place(before)) / abs(before.value) * _PERCENT
