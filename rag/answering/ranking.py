"""Which unit answers best: coverage of the question, corrected by scope, period, kind of question and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.phrase import unit_of_cell
from rag.answering.relevance import Need, coverage, met
from rag.answering.units import Unit
from rag.filings.amount import find_amounts
from rag.filings.fiscal import end_date, is_period
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

_DIGIT = re.compile(r"\d|[一二三四五六七八九十两]+[个项家次名]")
_CAUSE = re.compile(r"主要系|主要(?:是)?(?:由于|因|受)|由于|原因|所致|因此|为了|为避免|导致|受.{1,20}影响|避免")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-/.]\d)")
_DATE = re.compile(r"\d{4}年\d{1,2}月|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}月\d{1,2}日")
_COUNTERS = frozenset("人户家项件次名款个条位种类年股")
_POLICY = re.compile(r"会计政策|会计估计|公司章程|管理办法|是指|准则")
# Corrections to coverage (0 to 1), settled on the project's own gold questions.
OTHER_SCOPE = -0.25
NO_FIGURE = -0.6
UNIT_MISSED = -0.6
WRONG_PERIOD = -0.8
NAME_MISSED = -0.3
UNFINISHED = -0.12
TWO_PERIODS = 0.1
BOX_AS_TEXT = -0.35
BOX_FOR_YESNO = 0.05
CAUSE_SAID = 0.2
POLICY_TEXT = -0.08
KEY_INDICATORS = 0.06
STATEMENTS = 0.04
NAME_SPOKEN = 0.5
BY_RANK = 0.06
FRAGMENT = -0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its coverage of the needs and its score (coverage with corrections); higher is better."""

    unit: Unit
    coverage: float
    score: float


def rank_units(
    units: Sequence[Unit], needs: Sequence[Need], query: Query, evidence: Sequence[Evidence]
) -> list[Scored]:
    """Units best first; ties go to the better ranked passage, then to the earlier place."""
    scored = []
    for unit in units:
        covered = coverage(unit, needs)
        score = covered + _corrections(unit, query, evidence[unit.evidence]) + _name_correction(unit, needs)
        scored.append(Scored(unit, covered, score))
    return sorted(scored, key=lambda s: (-s.score, s.unit.evidence, s.unit.start))


def _name_correction(unit: Unit, needs: Sequence[Need]) -> float:
    """What the question is about above all, its rarest name, must be spoken of: the nearly same is another matter."""
    names = [need for need in needs if need.is_name]
    if not names:
        return 0.0
    rarest = max(names, key=lambda need: need.weight)
    return NAME_MISSED if met(unit, rarest) < NAME_SPOKEN else 0.0


def _corrections(unit: Unit, query: Query, piece: Evidence) -> float:
    passage = piece.passage
    total = BY_RANK / piece.rank
    if passage.scope == "parent" and query.scope != "parent":
        total += OTHER_SCOPE
    if query.scope == "parent" and passage.scope == "consolidated":
        total += OTHER_SCOPE
    if query.kind in ("number", "compare", "calc") and not _DIGIT.search(unit.text):
        total += NO_FIGURE
    elif query.expects:
        total += UNIT_MISSED * _missed(unit, query, piece)
    if query.kind == "why" and _CAUSE.search(unit.text + (unit.around if unit.row is not None else "")):
        total += CAUSE_SAID
    if unit.kind == "sentence" and not unit.text.endswith(("。", ";", "!", "?", ":", ")", "”")):
        total += UNFINISHED
    if query.kind == "compare" and unit.row is not None and _periods(unit, passage) > 1:
        total += TWO_PERIODS
    if unit.kind == "box":
        total += BOX_FOR_YESNO if query.kind == "yesno" else BOX_AS_TEXT
    if len(unit.text) < 6:
        total += FRAGMENT
    if _POLICY.search(unit.text + "".join(passage.section[-2:])) and query.kind != "text":
        total += POLICY_TEXT
    total += {"key_indicators": KEY_INDICATORS, "other": 0.0}.get(passage.statement, STATEMENTS)
    return total + _period_correction(unit, query, piece)


def _periods(unit: Unit, passage: Passage) -> int:
    """How many periods a row shows."""
    cells = unit.row.cells if unit.row is not None else ()
    return len({passage.columns[cell.column].period for cell in cells if cell.column >= 0} - {""})


def _missed(unit: Unit, query: Query, piece: Evidence) -> float:
    """The share of the figures asked for that the unit has no figure of a fitting unit for."""
    if unit.row is not None:
        held = {unit_of_cell(cell, unit.row, piece.passage) for cell in unit.row.cells}
    else:
        held = {amount.unit for amount in find_amounts(unit.text)}
    if _DATE.search(unit.text):
        held.add("日期")
    if "" in held and unit.row is not None:
        held.update(_COUNTERS)
    return sum(not held & units for units in query.expects) / len(query.expects)


def _period_correction(unit: Unit, query: Query, piece: Evidence) -> float:
    """What names another year than asked, or stands in another period's filing without naming the asked one."""
    asked = {period[:4] for period in query.stated_periods}
    if not asked:
        return 0.0
    if unit.row is not None:
        known = [piece.passage.columns[cell.column].period for cell in unit.row.cells if cell.column >= 0]
        if any(known):
            fits = any(same_time(period, a) for period in known for a in query.stated_periods)
            return 0.0 if fits else WRONG_PERIOD
    years = set(_YEAR.findall(unit.text))
    if years:
        return 0.0 if years & asked else WRONG_PERIOD
    return 0.0 if piece.filing.period[:4] in asked or not piece.filing.period else WRONG_PERIOD


def same_time(period: str, asked: str) -> bool:
    """Whether a column's period is the asked one, a date standing for the period it ends."""
    if period == asked:
        return True
    if is_period(asked) and not is_period(period):
        return bool(period) and end_date(asked).isoformat() == period
    if is_period(period) and not is_period(asked):
        return end_date(period).isoformat() == asked
    return False
