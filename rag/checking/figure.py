"""Figures of a sentence against the figures that its quotes offer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.checking.claim import Claim, Quote
from rag.checking.computed import computed_problem, is_computed, is_difference
from rag.checking.holders import Holder, holders
from rag.checking.rounding import rounds_to
from rag.checking.said import Said, figures_said
from rag.checking.subject import speaks_of
from rag.checking.support import COMMON
from rag.checking.when import ADDED_UP, same_time
from rag.filings.fiscal import in_chinese, is_period, year_of
from rag.filings.lexicon import find_line_items
from rag.filings.text import is_cjk, squeeze
from rag.filings.unit import counted_kind, kind_of, unit_of
from rag.retrieval.evidence import Evidence

_ROUGH = re.compile(r"(?:约|近|超|逾|大概|左右|多|余|接近)(?:过)?\s*$")
_LOSS = re.compile(r"亏损|损失")
_OF_FALLS = re.compile(r"减少(?:数量?|额|金额)?$")
# A figure said again in another unit: 380,792,216.26元(约3.81亿元)
_AGAIN = re.compile(r"-?[\d,.]+[^\d,，;；。]{1,4}\((?:即|约|合|折合)*$")
# 归属于母公司股东的净利润 is a consolidated figure.
_SCOPE = re.compile(r"(?P<parent>母公司(?!所有者|股东|普通股))|合并")


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """A figure of the claim and what holds it; `holder` is None for a computed figure or one not held.

    `problem` is a Chinese phrase, empty when the figure stands.
    """

    said: Said
    holder: Holder | None
    check: Literal["cell", "sentence", "computed"] | None
    problem: str = ""

    @property
    def quote(self) -> Quote | None:
        """The quote that holds the figure, if one does."""
        return self.holder.quote if self.holder else None


@dataclass(frozen=True, slots=True)
class Governed:
    """A figure of the claim with the filings that the issuer named for it allows (None: no issuer named)."""

    said: Said
    filings: frozenset[str] | None


def find_figures(
    claim: Claim, governed: Sequence[Governed], evidence: Sequence[Evidence]
) -> tuple[FigureFinding, ...]:
    """A finding for each figure of the claim, in order."""
    offered = holders(claim, evidence)
    return tuple(_finding(figure, claim, offered) for figure in governed)


def claim_figures(claim: Claim, evidence: Sequence[Evidence]) -> tuple[Said, ...]:
    """The figures of the claim, relative periods read against the filing it quotes first."""
    quotes = [quote for quote in claim.leaned_on if 0 <= quote.evidence < len(evidence)]
    period = evidence[quotes[0].evidence].filing.period if quotes else ""
    return figures_said(claim.text, period)


def strength_in(said: Said, quote: Quote, evidence: Sequence[Evidence]) -> int:
    """How well a quote holds a figure: 2 in every respect, 1 by value and unit only, 0 not at all."""
    passed = [
        _match(Governed(said, None), holder) for holder in holders(Claim(said.lead, (quote,)), evidence)
    ]
    if any(not problem for _, problem in passed):
        return 2
    return 1 if any(tests for tests, _ in passed) else 0


def _finding(figure: Governed, claim: Claim, offered: Sequence[Holder]) -> FigureFinding:
    said = figure.said
    if claim.arithmetic and is_computed(said, claim):
        problem = computed_problem(said, figure.filings, claim)
        if not problem:
            return FigureFinding(said, None, "computed")
    if claim.arithmetic and is_difference(said, claim.arithmetic):
        return FigureFinding(said, None, None, f"{said.amount.text} 不是算式的结果")
    best: tuple[int, str] | None = None
    for holder in offered:
        passed, problem = _match(figure, holder)
        if not problem and (problem := _outdone(said, holder, offered)):
            passed = len(holder.cell)
        if not problem:
            return FigureFinding(said, holder, "cell" if holder.cell else "sentence")
        if best is None or passed > best[0]:
            best = (passed, problem)
    return FigureFinding(said, None, None, best[1] if best else f"{said.amount.text} 在引文里找不到")


def _outdone(said: Said, holder: Holder, offered: Sequence[Holder]) -> str:
    """What is wrong with a holder that passes every test where another is meant; empty where none is."""
    if _has_rival(said, holder, offered):
        return f"{said.amount.text} 在引文里说的是另一件事"
    return f"{said.amount.text} 在引文里是另一列的数" if _is_of_other_column(said, holder, offered) else ""


def _match(figure: Governed, holder: Holder) -> tuple[int, str]:
    """How many tests a holder passes for a figure, and what the next one finds wrong (empty: it holds)."""
    said, text = figure.said, figure.said.amount.text
    tests = (
        (_same_magnitude(said, holder), f"{text} 在引文里找不到"),
        (_same_sign(said, holder), f"{text} 的正负（增减）与引文相反"),
        (figure.filings is None or holder.filing.id in figure.filings, f"{text} 不是所说公司的数"),
        (_same_period(said, holder), f"{text} 不是所说期间的数{_of(holder)}"),
        (_same_item(said, holder) and _same_subject(said, holder), f"{text} 在引文里是另一个科目的数"),
        (_same_scope(said, holder), f"{text} 的口径（合并或母公司）与引文不同"),
    )
    for passed, (holds, problem) in enumerate(tests):
        if not holds:
            return passed, problem
    return len(tests), ""


def _has_rival(said: Said, holder: Holder, offered: Sequence[Holder]) -> bool:
    """Whether another figure of the prose, of another value, is about what the sentence says and this one is not.

    审计委员会4次 is not held by 董事会4次 where the quote goes on 审计委员会3次.
    """
    if holder.cell:
        return False
    words = _pairs(said.near)
    own = len(words & _pairs(holder.near))
    rivals = (
        other
        for other in offered
        if not other.cell and other.unit == holder.unit and (abs(other.value) != abs(holder.value))
    )
    return any(len(words & _pairs(other.near)) >= own + 2 for other in rivals)


def _pairs(text: str) -> set[str]:
    """Neighbouring Chinese characters of which at least one says something."""
    compact = squeeze(text)
    pairs = (compact[i : i + 2] for i in range(len(compact) - 1))
    return {pair for pair in pairs if all(map(is_cjk, pair)) and not set(pair) <= COMMON}


def _of(holder: Holder) -> str:
    known = holder.periods[0] if holder.periods else ""
    return f"（引文中是 {in_chinese(known)}）" if known else ""


def _same_magnitude(said: Said, holder: Holder) -> bool:
    factor = _factor(said, holder)
    if factor is None:
        return False
    return rounds_to(abs(holder.value) * factor, abs(said.amount.value), rough=_is_rough(said))


def _is_rough(said: Said) -> bool:
    before = said.clause[: len(said.clause) - len(said.amount.text)]
    return bool(_ROUGH.search(before)) or bool(re.search(r"[余多]", said.amount.text))


def _factor(said: Said, holder: Holder) -> Decimal | None:
    """What turns the holder's value into the unit said; None where the units do not agree."""
    said_unit, held_unit = said.amount.unit, holder.unit
    if said_unit == (held_unit or ""):
        return Decimal(1)
    said_known, held_known = unit_of(said_unit), unit_of(held_unit or "")
    if said_known is None:
        return None
    if held_unit is None:
        # Nothing says the unit: a count in single things may stand for it, money or a share may not.
        return Decimal(1) if said_known.kind.startswith("count:") and said_known.factor == 1 else None
    if held_known is None:
        return None
    if _one_kind(said_known.kind, held_known.kind, holder, said):
        return held_known.factor / said_known.factor
    return None


def _one_kind(said: str, held: str, holder: Holder, figure: Said) -> bool:
    if said == held:
        return True
    if {said, held} == {"money_cny", "per_share"}:
        return holder.per_share and "股" in figure.clause
    if held.startswith("money") and said.startswith("count:") and figure.amount.unit == "人":
        return any("人数" in item or "员工" in item for item in (holder.label, holder.words))
    return said.startswith("count:") and counted_kind(figure.amount.unit) == counted_kind(holder.unit or "")


def _same_sign(said: Said, holder: Holder) -> bool:
    if holder.value == 0:
        return True
    if said.amount.value < 0 and not holder.open_sign:  # a minus sign is said as it is printed
        return said.signed < 0 and holder.value < 0
    if said.open_sign != holder.open_sign:
        return True
    if holder.value > 0 and said.signed < 0 and _OF_FALLS.search(holder.head):
        return True  # a column of what was taken away prints how much it was
    if holder.label.endswith("填列)") and _LOSS.search(said.clause):
        return holder.value < 0
    return (said.signed < 0) == (holder.value < 0)


def _same_period(said: Said, holder: Holder) -> bool:
    """Whether the figure is of the period named for it; unnamed, it must not be one of an earlier year."""
    filing = holder.filing.period
    if holder.since and not ADDED_UP.search(said.lead):
        return False
    if said.base:
        known = holder.sure and filing and holder.periods and all(map(is_period, holder.periods))
        return holder.base or not known or max(map(year_of, holder.periods)) < year_of(filing)
    if said.period is not None:
        # In a report on part of a year 2025年新增 is what was added up to its end.
        to_date = [
            filing for period in holder.periods if filing and not holder.cell and period == f"{filing[:4]}FY"
        ]
        return same_time(said.period, (*holder.periods, *to_date))
    dated = not holder.cell and not all(map(is_period, holder.periods))
    if dated or not (holder.sure and filing and holder.periods):
        return True
    return max(map(year_of, holder.periods)) >= year_of(filing)


def _same_item(said: Said, holder: Holder) -> bool:
    """Whether the line items named for a figure share one with the holder's.

    A rate (研发费用率) may be told in the quote as the share of what it is a rate of.
    """
    told = said.subject and speaks_of(said.subject, holder.label or squeeze(holder.near))
    if not said.items or told or _is_told_by_place(said, holder) or _is_part_named(said, holder):
        return True
    if not holder.items:  # a row like 合计 is about what its table is about
        return not holder.around or bool(said.items & holder.around)
    if (
        not holder.cell
        and kind_of(said.amount.unit) == "ratio"
        and min(len(said.items), len(holder.items)) > 1
    ):
        return said.items <= holder.items  # a share of one thing in another names both
    if said.items & holder.items:
        return True
    share = kind_of(said.amount.unit) == "ratio" and "占" in said.lead
    if share and all(squeeze(name) in holder.words for name in said.names):
        return True
    stems = [squeeze(name).removesuffix("率") for name in said.names if squeeze(name).endswith("率")]
    return kind_of(said.amount.unit) == "ratio" and any(stem in holder.words for stem in stems)


def _is_told_by_place(said: Said, holder: Holder) -> bool:
    """Whether the figure is told by the head of its column after the label of its row, whatever items these name."""
    before = _AGAIN.sub("", squeeze(said.lead))
    return bool(holder.head and holder.label) and before.endswith(holder.head) and holder.label in before


def _is_part_named(said: Said, holder: Holder) -> bool:
    """Whether the name said is that of the row before what its table is about: 境外收入 of 境外 among the revenue."""
    if not holder.cell or not holder.label:
        return False
    parts = (squeeze(name).removeprefix(holder.label) for name in said.names)
    return any(
        part and part != squeeze(name) and holder.around & {item.key for item in find_line_items(part)}
        for part, name in zip(parts, said.names, strict=True)
    )


def _is_of_other_column(said: Said, holder: Holder, offered: Sequence[Holder]) -> bool:
    """Whether the words right before the figure are the head of another column of the same row."""
    before = _AGAIN.sub("", squeeze(said.lead))
    if not holder.head or before.endswith(holder.head):
        return False
    row = (other for other in offered if other.label == holder.label and other.quote == holder.quote)
    return any(other.head and before.endswith(other.head) for other in row)


def _same_subject(said: Said, holder: Holder) -> bool:
    return not (said.items and holder.subject) or speaks_of(holder.subject, squeeze(said.near))


def _same_scope(said: Said, holder: Holder) -> bool:
    """Whether the scope named last before the figure is the holder's; without a word it is consolidated."""
    named = list(_SCOPE.finditer(said.lead))
    parent = bool(named and named[-1]["parent"])
    if holder.scope is None:
        return not parent or any(one["parent"] for one in _SCOPE.finditer(holder.words + holder.cell))
    return parent == (holder.scope == "parent")
