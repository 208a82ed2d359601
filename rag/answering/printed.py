"""Facts with the place that prints them, for those who want figures and no question asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.answering.answer import Citation, Figure
from rag.answering.cite import cite
from rag.checking.quote import PlacedQuote
from rag.errors import UserError
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.filings.passage import Fact, Measure, Passage, Statement
from rag.filings.text import squeeze
from rag.structure.places import locate


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A table's figure that was found on its page again: the row is the citation, `label` as printed."""

    label: str
    column: str
    figure: Figure
    citation: Citation
    measure: Measure = "amount"
    statement: Statement = "other"


class FactSource(Protocol):
    """What the facts of a filing are read from."""

    def filing(self, filing_id: str) -> Filing | None: ...

    def facts(self, filing_ids: list[str], line_items: Sequence[str] | None = None) -> tuple[Fact, ...]: ...

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]: ...

    def pages(self, filing_id: str, *, boxes: bool = False) -> tuple[Page, ...]: ...


def printed_facts(
    source: FactSource, filing_id: str, line_items: Sequence[str] | None = None
) -> Iterator[PrintedFact]:
    """The facts of a filing that are certain, dated, and printed whole on one page, in reading order.

    With `line_items` those of these keys only.  UserError where the filing is not loaded.
    """
    filing = source.filing(filing_id)
    if filing is None:
        raise UserError(f"没有编号为 {filing_id} 的公告。请用 xunju filings list 查看已导入的公告。")
    passages = {passage.id: passage for passage in source.passages_of(filing_id)}
    pages = {page.position: page for page in source.pages(filing_id)}
    for fact in source.facts([filing_id], line_items):
        if fact.certain and fact.period:
            placed = _row(fact, passages[fact.passage_id], pages)
            if placed is not None:
                yield _printed(fact, filing, passages[fact.passage_id], placed)


def _row(fact: Fact, passage: Passage, pages: Mapping[int, Page]) -> PlacedQuote | None:
    """The fact's row on its page; None where it is over two pages or the page does not print the figure."""
    texts = {span.page: pages[span.page].text for span in passage.spans}
    spans = locate(passage, *fact.row, texts)
    if len(spans) != 1:
        return None
    placed = PlacedQuote(pages[spans[0].page], spans[0])
    return placed if squeeze(fact.text) in squeeze(placed.text) else None


def _printed(fact: Fact, filing: Filing, passage: Passage, placed: PlacedQuote) -> PrintedFact:
    figure = Figure(
        text=fact.text,
        value=fact.value,
        unit=fact.unit,
        line_item=fact.line_item,
        period=fact.period,
        scope=fact.scope or "",
        marker=1,
        check="cell",
        cell=fact.column,
    )
    citation = cite(1, placed, filing, passage)
    return PrintedFact(fact.label, fact.column, figure, citation, fact.measure, fact.statement)
