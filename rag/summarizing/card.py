"""The key-figure card of a periodic report: the dozen figures everyone asks for, with change, scope and page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from rag.answering.answer import Citation
from rag.answering.phrase import clean_label
from rag.answering.printed import FactSource, PrintedFact, printed_facts
from rag.errors import UserError
from rag.filings.filing import Filing
from rag.filings.filing_kind import KIND_NAMES
from rag.filings.fiscal import end_date, previous_year, previous_year_end
from rag.filings.text import squeeze
from rag.filings.unit import in_words
from rag.summarizing.words import summary_words

FEWEST = 3  # a filing that prints fewer of them has no key figures to put on a card
# Where a figure is read first; an earnings flash has one table, which is no statement.
_STATEMENTS = ("key_indicators", "income_statement", "balance_sheet", "cash_flow", "other")
_ASIDE = re.compile(r"[（(].*?[)）]|\d")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CardValue:
    """One printed figure: `text` as printed with its unit, `short` in 万元 or 亿元 where that reads better."""

    text: str
    value: Decimal
    unit: str
    period: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class CardChange:
    """The change against the year before or its end: as printed, or `computed` from the two figures printed."""

    text: str
    versus: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One line of the card; `label` is as printed, `name` what everyone calls it, `citation` the printed row."""

    name: str
    line_item: str
    label: str
    scope: str
    current: CardValue
    previous: CardValue | None
    change: CardChange | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Card:
    """The key figures of one filing; `missing` are the names of those it does not print."""

    filing: Filing
    figures: tuple[KeyFigure, ...]
    missing: tuple[str, ...]
    index_generation: str


def card_of(source: FactSource, filing: Filing, generation: str, others: Sequence[Filing]) -> Card:
    """The card of a filing; UserError where it prints no key figures, with what could be asked for instead."""
    wanted = summary_words().card
    keys = [key for _, items in wanted for key in items]
    facts = [fact for fact in printed_facts(source, filing.id, keys) if fact.figure.scope != "parent"]
    found = {name: _key_figure(name, items, facts, filing) for name, items in wanted}
    figures = tuple(figure for figure in found.values() if figure is not None)
    if len(figures) < FEWEST:
        raise UserError(_no_figures(filing, others))
    return Card(filing, figures, tuple(name for name, figure in found.items() if figure is None), generation)


def _key_figure(
    name: str, items: Sequence[str], facts: Sequence[PrintedFact], filing: Filing
) -> KeyFigure | None:
    """The first of the items that is printed for the filing's own period, where it is usually read first."""
    own = (filing.period, end_date(filing.period).isoformat()) if filing.period else ()
    for item in items:
        rows = [
            fact
            for fact in facts
            if fact.figure.line_item == item
            and fact.figure.period in own
            and fact.measure not in ("change", "points")
            and (fact.statement != "other" or filing.kind == "earnings_flash")
            and fact.statement in _STATEMENTS
        ]
        if rows:
            current = min(rows, key=lambda fact: (_STATEMENTS.index(fact.statement), _is_before(fact)))
            return _line(name, current, [fact for fact in facts if fact.figure.line_item == item])
    return None


def _line(name: str, current: PrintedFact, facts: Sequence[PrintedFact]) -> KeyFigure:
    beside = [fact for fact in facts if _same_row(fact, current)]
    before = _previous(current, beside) or _previous(current, _agreeing(current, facts))
    return KeyFigure(
        name,
        current.figure.line_item,
        clean_label(current.label),
        "合并",
        _value(current),
        _value(before) if before else None,
        _change(current, before, beside),
        current.citation,
    )


def _previous(current: PrintedFact, facts: Iterable[PrintedFact]) -> PrintedFact | None:
    """The figure of the year before, or of its end; the restated one where both are printed."""
    period = current.figure.period
    wanted = previous_year_end(period) if "-" in period else previous_year(period)
    found = [f for f in facts if f.figure.period == wanted and f.measure == current.measure]
    return min(found, key=_is_before, default=None)


def _is_before(fact: PrintedFact) -> bool:
    return "调整前" in fact.column


def _agreeing(current: PrintedFact, facts: Sequence[PrintedFact]) -> list[PrintedFact]:
    """The facts of other rows that print the same current figure: the statements repeat the key indicators."""
    same = [
        f
        for f in facts
        if f.figure.period == current.figure.period
        and f.figure.value == current.figure.value
        and f.figure.unit == current.figure.unit
    ]
    return [f for f in facts if any(_same_row(f, other) for other in same)]


def _same_row(fact: PrintedFact, other: PrintedFact) -> bool:
    a, b = fact.citation, other.citation
    return (a.source.page, a.start, a.end) == (b.source.page, b.start, b.end)


def _change(
    current: PrintedFact, before: PrintedFact | None, beside: Sequence[PrintedFact]
) -> CardChange | None:
    """The printed change, with what it means where it can be misread; else the one worked out."""
    printed = _printed_change(current, beside)
    computed = _computed(current, before) if before is not None else None
    if printed is None or before is None or "百分点" in printed.text:
        return printed or computed
    now, then = current.figure.value, before.figure.value
    if current.measure == "ratio":  # forms print the points by which a rate moved with a %
        return computed
    if now < 0 and then < 0:
        meaning = "负值收窄" if now > then else "负值扩大"
        return replace(printed, text=f"{printed.text}（{meaning}）")
    return printed


def _printed_change(current: PrintedFact, beside: Sequence[PrintedFact]) -> CardChange | None:
    """The change that the row prints for the current column; of several the one whose head names that column."""
    changes = [fact for fact in beside if fact.measure in ("change", "points")]
    head = _head(current)
    named = [fact for fact in changes if head and squeeze(fact.column).startswith(head)]
    only = named or (changes if len(changes) == 1 else [])
    if not only:
        return None
    text = squeeze(only[0].figure.text)
    unit = "" if text.endswith(("%", "％", "百分点")) else only[0].figure.unit
    return CardChange(f"{text}{unit}", _versus(current))


def _head(fact: PrintedFact) -> str:
    return _ASIDE.sub("", squeeze(fact.column))


def _computed(current: PrintedFact, before: PrintedFact) -> CardChange | None:
    """The change worked out from the two figures; in words where a loss stands on either side."""
    now, then = current.figure.value, before.figure.value
    versus = _versus(current)
    if current.measure == "ratio":
        return CardChange(f"{_signed(now - then)}个百分点", versus, computed=True)
    if then <= 0 or now < 0:
        return _of_losses(now, then, versus)
    return CardChange(f"{_signed((now - then) / then * 100)}%", versus, computed=True)


def _of_losses(now: Decimal, then: Decimal, versus: str) -> CardChange | None:
    if then > 0 > now:
        return CardChange("由正转负", versus, computed=True)
    if now >= 0:
        return CardChange("由负转正", versus, computed=True) if then < 0 else None
    share = _signed((abs(now) - abs(then)) / abs(then) * 100).lstrip("+-") if then else ""
    word = "负值收窄" if abs(now) < abs(then) else "负值扩大"
    return CardChange(f"{word}{share}%", versus, computed=True)


def _signed(value: Decimal) -> str:
    return f"{value.quantize(_CENT, rounding=ROUND_HALF_UP):+f}"


def _versus(fact: PrintedFact) -> str:
    return "较上年末" if "-" in fact.figure.period else "同比"


def _value(fact: PrintedFact) -> CardValue:
    figure = fact.figure
    text = squeeze(figure.text)
    unit = "" if figure.unit and text.endswith(figure.unit) else figure.unit
    short = in_words(figure.value, figure.unit) if figure.unit else None
    return CardValue(f"{text}{unit}", figure.value, figure.unit, figure.period, short or "")


def _no_figures(filing: Filing, others: Sequence[Filing]) -> str:
    kinds = ("annual", "half_year", "quarterly", "annual_summary", "earnings_flash")
    name = filing.issuer.name or filing.issuer.short_name
    periodic = [f for f in others if f.kind in kinds and name and name == f.issuer.name and f.id != filing.id]
    instead = "、".join(f"《{f.title}》（{f.file_name}）" for f in periodic)
    hint = f"这家公司的定期报告有：{instead}。" if instead else ""
    return (
        f"《{filing.title}》（{KIND_NAMES[filing.kind]}）里没有读出主要会计数据，做不成指标卡；"
        f"可以用 xunju summarize 概括它。{hint}"
    )
