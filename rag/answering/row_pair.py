"""Two rows of one table set against each other in the column that a question names: 直销和经销的毛利率差多少."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.difference import gap_between
from rag.answering.draft import Draft, Material
from rag.answering.operands import row_operands
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.units import row_unit
from rag.checking.claim import Operand
from rag.filings.column_heads import measured
from rag.filings.fiscal import in_chinese, same_time
from rag.filings.lexicon import find_line_items, line_item_of
from rag.filings.passage import Row
from rag.filings.period import find_periods
from rag.filings.text import squeeze
from rag.filings.unit import unit_of
from rag.filings.wording import synonyms
from rag.retrieval.question import Query

_JOINS = r"(?:和|与|跟|同|及|、|还是|比|对比|相比|较)"
# What a class of business is called behind its own name, in a question or a table.
_CLASS = r"(?:业务|产品|行业|产业|地区|区域|市场|模式|渠道|项目|服务|板块|分部|类)?"
_PAIR = re.compile(rf"(?P<a>.{{2,16}}?){_CLASS}的?{_JOINS}(?P<b>.{{2,16}}?){_CLASS}的?$")
_GAP = re.compile(
    r"差(?:多少|几|额|距|别|异)|相差|相比|对比|谁|孰|哪[个块项边类种一]|[高低多少大小]于|比.{2,20}[高低多少大小]"
)
# Of the most and the least of many neither is named; a course in time is no gap between rows.
_OTHER = re.compile(r"最[高低大小多少快慢好差]|增速|增长|增幅|变化|变动|同比|合计|之和|一共|加起来")
_ENDING = re.compile(_CLASS.removesuffix("?") + "$")
_LEADS = re.compile(r"^(?:公司|主营业务|主要|其中|按?分?(?:产品|行业|地区|销售模式)|里|中|的|[,，:：])+")
_SHORTEST, _LONG = 2, 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """The names of two rows, and the line item of the column."""

    first: str
    second: str
    key: str


def compare_rows(material: Material) -> Draft | None:
    """Which of two rows has more in the named column and by how much; None where no one table holds both."""
    asked = _asked(material.query)
    if asked is None:
        return None
    found: list[tuple[Operand, Operand]] = []
    for index, piece in enumerate(material.evidence):
        if not piece.passage.rows or piece.passage.scope == "parent":
            continue
        pair = [_cells(material, index, name, asked.key) for name in (asked.first, asked.second)]
        both = [(one, other) for one in pair[0] for other in pair[1] if _alike(one, other)]
        if len({(one.fact.value, other.fact.value) for one, other in both}) == 1:
            found.append(both[0])
    # A table of one business lists the same names with less beside them than that of the whole company.
    widest = max(found, key=lambda both: sum(_extent(material, operand) for operand in both), default=None)
    return _told(material, *widest) if widest is not None else None


def _extent(material: Material, operand: Operand) -> Decimal:
    """The largest amount of money in the row of a figure, in 元; 0 where there is none."""
    piece = material.evidence[operand.quote.evidence]
    row = next(row for row in piece.passage.rows if row.start == operand.quote.start)
    held = row_operands(material, row_unit(operand.quote.evidence, piece.passage, row))
    units = [(abs(o.fact.value), unit_of(o.fact.unit)) for o in held if o.fact.measure == "amount"]
    return max((value * unit.factor for value, unit in units if unit is not None), default=Decimal(0))


def names_two(query: Query) -> bool:
    """Whether a question sets two names of one issuer's against each other by a line item."""
    return _asked(query) is not None


def _asked(query: Query) -> _Asked | None:
    """The two names before the line item, or around the word that joins them."""
    if query.sides or not _GAP.search(query.text) or _OTHER.search(query.text):
        return None
    matter = query.matter
    for mention in reversed(find_periods(matter)):
        matter = matter[: mention.start] + matter[mention.end :]
    items = find_line_items(matter)
    if not items:
        return None
    match = _PAIR.search(_LEADS.sub("", matter[: items[-1].start]))
    if match is None:
        return None
    names = [_ENDING.sub("", _LEADS.sub("", match[group])) for group in ("a", "b")]
    if any(len(name) < _SHORTEST or find_line_items(name) for name in names):
        return None
    return _Asked(names[0], names[1], items[-1].key)


def _cells(material: Material, index: int, name: str, key: str) -> list[Operand]:
    """The figures of the rows best named so in the columns of a line item, for the time asked for."""
    piece = material.evidence[index]
    asked = material.query.periods or (piece.filing.period,)
    fits = {row: _fits(row, name) for row in piece.passage.rows}
    best = max(fits.values(), default=0)
    return [
        operand
        for row in (row for row, fit in fits.items() if fit == best > 0)
        for operand in row_operands(material, row_unit(index, piece.passage, row))
        if operand.fact.measure not in ("change", "points")
        and line_item_of(measured(operand.fact.column)) == key
        and (not operand.fact.period or any(same_time(operand.fact.period, p) for p in asked))
    ]


def _fits(row: Row, name: str) -> int:
    """How well a row is named: 3 outright, 2 but for what its class is called, 1 by a longer name, 0 not at all."""
    label = squeeze(clean_label(row.label))
    core = _ENDING.sub("", label)
    if name in (label, core):
        return 3
    if {label, core} & set(synonyms(name)):
        return 2
    return int(len(name) >= _LONG and label.startswith(name))


def _alike(one: Operand, other: Operand) -> bool:
    """Whether two figures are of one column and unit, in two rows."""
    return (
        one.fact.column == other.fact.column and one.fact.unit == other.fact.unit and one.quote != other.quote
    )


def _told(material: Material, one: Operand, other: Operand) -> Draft | None:
    filing = material.evidence[one.quote.evidence].filing
    when = in_chinese(one.fact.period) if one.fact.period else ""
    names = [clean_label(operand.fact.label) for operand in (one, other)]
    lead = f"{issuer_name(filing)}{when}{names[0]}"
    gap = gap_between(one, other, (lead, names[1]), matter=measured(one.fact.column))
    return Draft((gap,)) if gap is not None else None
