"""Figures that quotes offer: table cells with their column, figures of prose with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rag.checking.claim import Claim, Quote
from rag.checking.quote import stands
from rag.checking.said import SENTENCE_END, Said, figures_said
from rag.checking.when import mentions
from rag.filings.amount import parse_amount
from rag.filings.column_heads import measured, told_by_heading
from rag.filings.filing import Filing
from rag.filings.lexicon import find_line_items, line_items
from rag.filings.passage import Cell, Column, Fact, Passage, Row, Scope
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence

_UNDECIDED = frozenset({""})
# 自上市以来，公司累计投入: what has added up over years is no period's figure.
_SINCE = re.compile(r"以来[^。；;]{0,30}$")
# A clause that ends so before its figure names what the figure is.
_NAMES = re.compile(r"(?:为|达到?|是)(?:了|约|近)?$")
# 资产减值损失 or 净亏损 leaves open how its figure is signed in words; 净利润（净亏损以“-”号填列）does not.
_LOSS_LABEL = re.compile(r"亏损|损失|减少额?$")
_SIGN_TOLD = re.compile(r"\([^()]*填列\)")


@dataclass(frozen=True, slots=True)
class Holder:
    """A figure in a quote; `periods` are those it can be of, `sure` whether the quote itself says so.

    `unit` is None where neither figure, row, column nor table states one; `around` are the line items that
    the table speaks of anywhere; `cell` says head, unit and caption of a table cell, and is empty for a figure
    in prose; `since` marks what has added up since an event; `label` and `head` are those of its row and
    column, squeezed.
    """

    quote: Quote
    filing: Filing
    value: Decimal
    unit: str | None
    open_sign: bool
    items: frozenset[str]
    words: str
    periods: tuple[str, ...]
    sure: bool
    scope: Scope | None = None
    cell: str = ""
    label: str = ""
    head: str = ""
    per_share: bool = False
    near: str = ""
    around: frozenset[str] = frozenset()
    base: bool = False
    subject: str = ""
    since: bool = False


def holders(claim: Claim, evidence: Sequence[Evidence]) -> tuple[Holder, ...]:
    """Every figure that the claim's quotes offer, cells first."""
    found: list[Holder] = []
    for quote in claim.leaned_on:
        if stands(quote, evidence):
            passage, filing = evidence[quote.evidence].passage, evidence[quote.evidence].filing
            facts = {fact.cell: fact for fact in _facts(claim) if fact.passage_id == passage.id}
            cells = list(_cells(quote, passage, filing, facts))
            found += cells
            found += _prose(quote, passage, filing)
    return tuple(found)


def _facts(claim: Claim) -> Iterator[Fact]:
    yield from claim.facts
    if claim.arithmetic:
        yield from (operand.fact for operand in claim.arithmetic.operands)


def _cells(
    quote: Quote, passage: Passage, filing: Filing, facts: dict[tuple[int, int], Fact]
) -> Iterator[Holder]:
    """The cells of the rows that the quote holds, as the store reads them."""
    for row in passage.rows:
        for cell in row.cells:
            value = parse_amount(cell.text)
            if value is None or not quote.start <= cell.start < cell.end <= quote.end:
                continue
            fact = facts.get((cell.start, cell.end))
            holder = _cell_holder(_Printed(quote, passage, filing, row, cell, value), fact)
            yield holder
            if cell.column < 0 and _may_be_percent(cell.text):
                yield replace(holder, unit="%")


@dataclass(frozen=True, slots=True)
class _Printed:
    quote: Quote
    passage: Passage
    filing: Filing
    row: Row
    cell: Cell
    value: Decimal


def _cell_holder(printed: _Printed, fact: Fact | None) -> Holder:
    passage, row, cell = printed.passage, printed.row, printed.cell
    column = passage.columns[cell.column] if 0 <= cell.column < len(passage.columns) else None
    unit = (fact.unit if fact else "") or cell.unit or None
    periods = (fact.period,) if fact and fact.period else (column.period,) if column and column.period else ()
    first = cell is row.cells[0] or column is not None
    label = squeeze(row.label)
    head = column.head if column else ""
    items, composed = _items_of_cell(label if row.group in label else row.group + label, head, passage)
    items |= frozenset({fact.line_item}) if fact and fact.line_item else frozenset()
    return Holder(
        quote=printed.quote,
        filing=printed.filing,
        value=printed.value,
        unit=unit,
        open_sign=bool(_LOSS_LABEL.search(_SIGN_TOLD.sub("", label))),
        label=label,
        head=squeeze(head),
        items=items,
        around=items or _of_table(passage, column) | composed,
        words=label + head + squeeze(passage.context),
        sure=bool(periods),
        # Where the column is not known only a row's first figure is taken for the current period.
        periods=periods or (_around(passage, printed.filing, column) if first else ()),
        scope=(fact.scope if fact else None) or (column.scope if column else None) or passage.scope,
        cell=_cell_words(passage, head, unit),
        per_share=bool(column and column.measure == "per_share") or "每股" in label,
    )


def _items_of_cell(label: str, head: str, passage: Passage) -> tuple[frozenset[str], frozenset[str]]:
    """The line items that a row and its head name, and those that they name together with the note's heading.

    收入 beside 其他业务 is 其他业务收入, 账面余额 in the total of 存货 is 存货账面余额.
    """
    named = told_by_heading(label, passage.section)
    total = named.endswith(label) and named != label
    whole = named.removesuffix(label) if total else named
    composed = _items(f"{whole}{measured(head)}")
    own = _items(f"{label if total else named} {head}")
    return (own | composed if own or not total else own), composed


def _of_table(passage: Passage, column: Column | None) -> frozenset[str]:
    """The line items that a table speaks of; undecided where the column is not known and several may be."""
    named = _items(" ".join((*passage.section, passage.context, passage.text)))
    amounts = [key for key in named if line_items()[key].nature in ("flow", "balance")]
    return named if column or len(amounts) < 2 else _UNDECIDED


@lru_cache(maxsize=1024)
def _items(text: str) -> frozenset[str]:
    return frozenset(item.key for item in find_line_items(text))


def _may_be_percent(printed: str) -> bool:
    """Whether a figure of an unknown column may be a change in %: no separators, at most two decimals."""
    return re.fullmatch(r"[-(（]?\d{1,3}(?:\.\d{1,2})?[)）]?", printed.strip()) is not None


def _cell_words(passage: Passage, head: str, unit: str | None) -> str:
    caption = passage.context.split("\n")[0].strip() or (passage.section[-1] if passage.section else "")
    parts = (caption, head, f"单位：{unit}" if unit else "")
    return " | ".join(part for part in dict.fromkeys(parts) if part)


def _around(passage: Passage, filing: Filing, column: Column | None = None) -> tuple[str, ...]:
    """The periods a figure can be of when its own words do not say: the filing's, or one named around it."""
    words = " ".join((*passage.section, passage.context if column is None else ""))
    named = [mention.period for mention in mentions(words, filing.period)]
    return tuple(dict.fromkeys([period for period in (filing.period, *named) if period]))


def _prose(quote: Quote, passage: Passage, filing: Filing) -> Iterator[Holder]:
    """The figures of running text in the quote; words before the quote in its sentence govern them too."""
    starts = [match.end() for match in SENTENCE_END.finditer(passage.text, 0, quote.start)]
    start = starts[-1] if starts else 0
    spans = [(cell.start, cell.end) for row in passage.rows for cell in row.cells]
    for said in figures_said(passage.text[start : quote.end], filing.period):
        place = start + said.place
        if place < quote.start or any(a < start + said.amount.end and place < b for a, b in spans):
            continue
        yield _prose_holder(quote, passage, filing, said)


def _prose_holder(quote: Quote, passage: Passage, filing: Filing, said: Said) -> Holder:
    periods = (said.period,) if said.period else _around(passage, filing)
    unit = said.amount.unit or (passage.unit if passage.kind == "table" else "") or None
    return Holder(
        quote=quote,
        filing=filing,
        value=said.signed,
        unit=unit,
        open_sign=said.open_sign,
        items=said.items,
        words="".join(said.names) + said.clause,
        periods=periods,
        sure=said.period is not None,
        scope=passage.scope if passage.kind == "table" else None,
        per_share="每股" in said.clause,
        near=said.near,
        base=said.base,
        since=bool(_SINCE.search(said.lead)),
        subject=said.subject if _NAMES.search(said.clause[: -len(said.amount.text)]) else "",
    )
