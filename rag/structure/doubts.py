"""Facts that an accounting identity speaks against: kept, but not answered from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.filings.passage import Fact
from rag.structure.columns import is_superseded
from rag.structure.identities import Finding
from rag.structure.labels import is_broken

# A printed change further off than this many points was read from the wrong column; filings themselves print
# changes that are off by less, or with the sign of the loss.
_POINTS = 1


def with_doubts(facts: Sequence[Fact], findings: Sequence[Finding]) -> list[Fact]:
    """The facts, uncertain where an identity that they are part of fails and none holds."""
    proven = {key for finding in findings if finding.holds for key in _members(finding)}
    against = {key for finding in findings if _speaks_against(finding) for key in _members(finding)}
    doubted = against - proven
    return [replace(fact, certain=False) if fact.id in doubted else fact for fact in facts]


def is_doubted(fact: Fact) -> bool:
    """Whether a fact is uncertain though its column and label are known: then an identity speaks against it."""
    known = bool(fact.column) and not is_superseded(fact.column) and not is_broken(fact.label)
    return known and not fact.certain


def _members(finding: Finding) -> tuple[str, ...]:
    return (finding.total, *finding.parts)


def _speaks_against(finding: Finding) -> bool:
    if finding.holds or finding.identity == "note":  # a note may explain a part of its line only
        return False
    off = abs(abs(finding.found) - abs(finding.expected))
    return finding.identity != "change" or off > _POINTS
