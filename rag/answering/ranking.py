"""Which unit answers best: coverage of the question, corrected by scope, period, kind of question and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.relevance import Need, coverage
from rag.answering.units import Unit
from rag.filings.fiscal import end_date, is_period
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

_DIGIT = re.compile(r"\d|[一二三四五六七八九十两]+[个项家次名]")
_CAUSE = re.compile(r"主要系|主要(?:是)?(?:由于|因|受)|由于|原因|所致|因此|为了|为避免|导致|受.{1,20}影响|避免")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-/.]\d)")
_POLICY = re.compile(r"会计政策|会计估计|公司章程|管理办法|是指|准则")
# Corrections to coverage (0 to 1), settled on the project's own gold questions.
OTHER_SCOPE = -0.25
NO_FIGURE = -0.25
CAUSE_SAID = 0.2
OTHER_YEAR = -0.2
POLICY_TEXT = -0.08
KEY_INDICATORS = 0.06
STATEMENTS = 0.04
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
        score = covered + _corrections(unit, query, evidence[unit.evidence])
        scored.append(Scored(unit, covered, score))
    return sorted(scored, key=lambda s: (-s.score, s.unit.evidence, s.unit.start))


def _corrections(unit: Unit, query: Query, piece: Evidence) -> float:
    passage = piece.passage
    total = BY_RANK / piece.rank
    if passage.scope == "parent" and query.scope != "parent":
        total += OTHER_SCOPE
    if query.scope == "parent" and passage.scope == "consolidated":
        total += OTHER_SCOPE
    if query.kind in ("number", "compare", "calc") and not _DIGIT.search(unit.text):
        total += NO_FIGURE
    if query.kind == "why" and _CAUSE.search(unit.text):
        total += CAUSE_SAID
    if len(unit.text) < 6:
        total += FRAGMENT
    if _POLICY.search(unit.text + "".join(passage.section[-2:])) and query.kind != "text":
        total += POLICY_TEXT
    total += {"key_indicators": KEY_INDICATORS, "other": 0.0}.get(passage.statement, STATEMENTS)
    return total + _period_correction(unit, query, passage)


def _period_correction(unit: Unit, query: Query, passage: Passage) -> float:
    """A sentence that names only other years than the one asked for speaks of another period."""
    if unit.kind != "sentence" or not query.periods:
        return 0.0
    years = set(_YEAR.findall(unit.text))
    asked = {p[:4] for p in query.periods}
    return OTHER_YEAR if years and not years & asked else 0.0


def same_time(period: str, asked: str) -> bool:
    """Whether a column's period is the asked one, a date standing for the period it ends."""
    if period == asked:
        return True
    if is_period(asked) and not is_period(period):
        return bool(period) and end_date(asked).isoformat() == period
    if is_period(period) and not is_period(asked):
        return end_date(period).isoformat() == asked
    return False
