"""Figures that a reply points at by evidence and printed text, as operands of a calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.tighten import units_of
from rag.checking.claim import Operand, Quote
from rag.checking.said import SENTENCE_END, Said, figures_said
from rag.filings.amount import find_amounts, parse_amount
from rag.filings.lexicon import find_line_items
from rag.filings.passage import Fact, Passage
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.structure.facts import facts_of

_LABEL_SIGNS = 12
_UNIT_CHARS = 240
_FILLER = re.compile(r"(?:约|近|超过|为|达到?|共|合计|是|了|[：:,，\s])+$")


def pointed_operand(evidence: Sequence[Evidence], index: int, printed: str, sentence: str) -> Operand | None:
    """The figure of one passage that is printed so; among several the one whose label the sentence names.

    None where the passage does not print it, or prints it in a column that is not known.
    """
    passage, wanted = evidence[index].passage, squeeze(printed)
    if not any(sign.isdigit() for sign in wanted):
        return None
    found = [*_cells(passage, index, wanted), *_said(passage, evidence[index].filing.period, index, wanted)]
    words = squeeze(sentence)
    return max(found, key=lambda operand: _shared(squeeze(operand.fact.label), words), default=None)


def _shared(label: str, words: str) -> int:
    return sum(label[i : i + 2] in words for i in range(len(label) - 1))


def _cells(passage: Passage, index: int, wanted: str) -> Iterator[Operand]:
    """The cells that are printed so, with or without their unit."""
    amounts = find_amounts(wanted)
    unit = amounts[0].unit if amounts else ""
    bare = parse_amount(wanted.removesuffix(unit)) if unit else parse_amount(wanted)
    for fact in facts_of([passage]):
        if fact.certain and bare is not None and fact.value == bare and unit in ("", fact.unit):
            yield Operand(fact, Quote(index, *fact.row))


def _said(passage: Passage, period: str, index: int, wanted: str) -> Iterator[Operand]:
    """The figures of running text that are printed so; a fall or loss counts as negative."""
    cells = [cell for row in passage.rows for cell in row.cells]
    for unit in units_of(passage, _UNIT_CHARS):
        for said, start in _figures(passage.text, unit, period):
            end = start + len(said.amount.text)
            inside = any(cell.start < end and start < cell.end for cell in cells)
            if said.amount.unit and not inside and squeeze(said.amount.text) == wanted:
                fact = _fact(passage, unit, said, start, "" if said.base else said.period or period)
                yield Operand(fact, Quote(index, *unit))


def _figures(text: str, unit: tuple[int, int], period: str) -> Iterator[tuple[Said, int]]:
    """The figures of a unit as its whole sentence says them, with their places."""
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, unit[0])]
    begin = ends[-1] if ends else 0
    for said in figures_said(text[begin : unit[1]], period):
        if begin + said.place >= unit[0]:
            yield said, begin + said.place


def _fact(passage: Passage, unit: tuple[int, int], said: Said, start: int, period: str) -> Fact:
    # A heading may end right before its figure: then the words stand on the line above.
    near = squeeze(said.near.split(" ")[0]) or squeeze(passage.text[:start]) or "".join(passage.section[-1:])
    before = _FILLER.sub("", near)[-_LABEL_SIGNS:]
    items = said.items or frozenset(item.key for item in find_line_items(before))
    amount = said.amount
    return Fact(
        id=f"{passage.id}-s{start}",
        filing_id=passage.filing_id,
        passage_id=passage.id,
        label=said.names[-1] if said.names else before,
        line_item=next(iter(items)) if len(items) == 1 else "",
        period=period,
        scope=None,
        statement=passage.statement,
        measure="ratio" if amount.unit == "%" else "amount",
        value=said.signed,
        unit=amount.unit,
        column="",
        text=amount.text,
        row=unit,
        cell=(start, start + len(amount.text)),
        section=passage.section,
    )
