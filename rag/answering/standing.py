"""Which of an issuer's filings ranks higher where they say different things of one matter."""

from __future__ import annotations

import re

from rag.filings.filing import Filing

_CORRECTED = re.compile(r"更正|修订|更新后|修正后")
# Filings that only repeat, sum up or announce what a full report says.
_LESSER = frozenset(
    {"annual_summary", "earnings_flash", "earnings_forecast", "action_plan", "action_plan_evaluation"}
)


def standing(filing: Filing, period: str = "") -> tuple[bool, bool, bool]:
    """How high a filing ranks as a source for a period, higher is better.

    The filing of that period before one that shows it as comparative, a corrected version before the
    original, a full report before its summary or flash report.
    """
    own = not period or filing.period[:4] == period[:4]
    return own, bool(_CORRECTED.search(filing.title)), filing.kind not in _LESSER
