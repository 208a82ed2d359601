"""The check: a sentence passes only where its quotes hold every figure, period, name and denial of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.checking.calculation import problem_of
from rag.checking.claim import Claim
from rag.checking.figure import FigureFinding, claim_figures, find_figures
from rag.checking.grounds import grounds_of
from rag.checking.holders import holders
from rag.checking.naming import govern, name_problems
from rag.checking.quote import stands
from rag.checking.said import Said
from rag.checking.wording import word_problems
from rag.filings.lexicon import find_line_items
from rag.filings.text import squeeze
from rag.filings.unit import kind_of
from rag.retrieval.evidence import Evidence

# 检测与分析系统 is one thing, 境内和境外 are two.
_BETWEEN = (re.compile("、"), re.compile(r"[、和及与]"))
_CLAUSE = re.compile(r"[，,；;：:]")
_LISTED = re.compile(r"[^：:，,。；;]{0,12}[：:]([^：:，,。；;]+)")


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, what holds each of its figures, and what is wrong with it (Chinese phrases)."""

    claim: Claim
    figures: tuple[FigureFinding, ...]
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the claim may be shown."""
        return not self.problems


def check(claim: Claim, evidence: Sequence[Evidence]) -> CheckedClaim:
    """The claim held against its quotes; that the pages say the quotes is for `quote.place` to see."""
    quotes = [quote for quote in claim.leaned_on if stands(quote, evidence)]
    if not quotes or not claim.text.strip():
        return CheckedClaim(claim, (), ("这句话没有引文",))
    if len(quotes) < len(claim.leaned_on):
        return CheckedClaim(claim, (), ("引文不存在",))
    grounds = grounds_of(claim, evidence)
    said, offered = claim_figures(claim, evidence), holders(claim, evidence)
    named = grounds.said + "".join(holder.label for holder in offered)
    # 两家公司 counts what the sentence itself compares.
    said = tuple(
        one
        for one in said
        if not (len(grounds.filings) == 2 and one.amount.text in ("两家", "两份", "2家"))
        and not _counts_itself(one, claim.text, named)
    )
    findings = find_figures(claim, govern(claim.text, said, grounds), evidence)
    problems = [finding.problem for finding in findings if finding.problem]
    problems += name_problems(claim, grounds)
    problems += word_problems(claim, said, offered, grounds)
    if claim.arithmetic and (wrong := problem_of(claim.arithmetic, evidence)):
        problems.append(wrong)
    return CheckedClaim(claim, findings, tuple(dict.fromkeys(problems)))


def _counts_itself(said: Said, text: str, quoted: str) -> bool:
    """Whether a figure counts what the sentence itself lists: A、B和C三项合计, A、B、C三类, 共三项：A、B、C.

    Line items need only be named; other things must each stand in the quotes.
    """
    behind = text[said.amount.end :]
    if said.amount.unit == "项" and behind.startswith(("合计", "共计", "之和", "费用")):
        return said.amount.value == len({item.key for item in find_line_items(said.lead)})
    if not kind_of(said.amount.unit).startswith("count:"):
        return False
    named = _LISTED.match(behind)
    before = _CLAUSE.split(said.lead)[-1]
    runs = (before, *(named.groups() if named else ()))
    lists = [between.split(run) for run in runs for between in _BETWEEN]
    return any(
        len(items) > 1 and said.amount.value == len(items) and _stand(items, quoted) for items in lists
    )


def _stand(items: Sequence[str], quoted: str) -> bool:
    """Whether each item stands in the quotes; the first may have the sentence's subject before it."""
    first, *others = (squeeze(item) for item in items)
    return all(item and item in quoted for item in others) and any(
        first[at:] in quoted for at in range(max(1, len(first) - 2))
    )
