"""Whether one figure of a filing is more than another: 实际产能有没有超过设计产能, 经营现金流高于净利润吗."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.difference import gap_between
from rag.answering.draft import Draft
from rag.answering.figure_search import FigureFinder, Found
from rag.answering.operands import in_base_units
from rag.answering.pairs import best_pair, in_one
from rag.answering.phrase import clean_label, issuer_name
from rag.checking.check import check
from rag.checking.claim import Operand
from rag.filings.column_heads import measured
from rag.filings.lexicon import find_line_items
from rag.filings.text import squeeze
from rag.filings.unit import counted_kind
from rag.retrieval.question import Query

_ASKED = re.compile(
    r"(?P<a>[^,，。?？:：]{2,24}?)(?:有没有|是不是|是否|有无|会不会|已经?|有)?"
    r"(?:(?P<over>超过|超出|高于|大于|多于|高过)|(?P<under>低于|小于|少于|不及|不到))了?"
    r"(?P<b>[^\d,，。?？]{2,24}?)(?:了?[吗么没]|没有)?(?:[,，。?？]|$)"
)


def told_excess(query: Query, finder: FigureFinder) -> Draft | None:
    """是 or 否 with both figures, where a question asks whether one is more; None where one is not found.

    What stands before the first figure's item is said of the second too: 甲产品的实际产能 … 设计产能.
    """
    match = _ASKED.search(query.text) if query.kind == "yesno" and not query.sides else None
    if match is None or not find_line_items(match["a"]) or not find_line_items(match["b"]):
        return None
    first, second = match["a"], match["b"]
    within = first[: find_line_items(first)[-1].start]
    pair = best_pair(
        _sure(finder.find(query, first), first), _sure(finder.find(query, within + second), second)
    )
    if pair is None or not _are_of_one_time(pair):
        return None
    material, (one, other) = in_one(query, pair)
    gap = gap_between(one, other, (_name(one), _name(other)))
    if gap is None:
        return None
    more = in_base_units(one.fact) - in_base_units(other.fact)
    held = more > 0 if match["over"] else more < 0
    issuer = issuer_name(material.evidence[one.quote.evidence].filing)
    word = match["over"] or match["under"]
    for verdict in (f"{word}：" if held else f"未{word}：", "是：" if held else "否："):
        told = replace(gap, text=f"{verdict}{issuer}{gap.text}")
        if check(told, material.evidence).passed:
            return Draft((told,), material=material)
    return None


def _sure(found: list[Found], words: str) -> list[Found]:
    """The cells that are of the line item named by their row or column; a sentence's figure may be another thing's."""
    keys = {mention.key for mention in find_line_items(words)}
    cells = [one for one in found if one.fact.column]
    return [one for one in cells if keys & {mention.key for mention in find_line_items(_said(one.operand))}]


def _said(operand: Operand) -> str:
    fact = operand.fact
    return squeeze(f"{fact.label} {measured(fact.column)}")


def _are_of_one_time(pair: tuple[Found, Found]) -> bool:
    one, other = pair[0].fact, pair[1].fact
    same = not one.period or not other.period or one.period == other.period
    return same and one.filing_id == other.filing_id and counted_kind(one.unit) == counted_kind(other.unit)


def _name(operand: Operand) -> str:
    """What a cell is called by its row and column."""
    label, what = clean_label(operand.fact.label), measured(operand.fact.column)
    return label if what in label else f"{label}{what}"
