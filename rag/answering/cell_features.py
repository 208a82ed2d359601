"""What is seen of a unit where a question asks for figures: how much of it a cell's row, head and title say."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rag.answering.cover import cover, cover_of_two
from rag.answering.units import Unit
from rag.filings.amount import find_amounts
from rag.filings.column_heads import measured
from rag.filings.fiscal import same_time
from rag.filings.lexicon import find_line_items, line_item_of, line_items
from rag.filings.passage import Passage
from rag.filings.period import find_periods
from rag.filings.text import squeeze
from rag.retrieval.question import Query
from rag.retrieval.wording import wording

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计)")
# The sum of what other sentences tell in parts.
_SAYS_TOTAL = re.compile(r"(?:合计|共计|总计)[^，。；;\d]{0,14}\d")
_ASKED = re.compile(r"多少|几(?=[个家人名项款张次件种台])")
_TITLE = 40  # signs before a table that are its title; kinds that it lists follow
_STATED = re.compile(r"(?:20)?\d\d年|[,，。?？:：]|(?:20)?\d\d[hHqQ]\d")
_ASKS_TOTAL = re.compile(r"合计|总额|总计|总数|一共|总共")
# Parts of a whole that a filing tells beside it; the question's words for them are the same.
_PARTS = tuple(
    map(
        re.compile,
        (r"前(?:五|十|5|10)(?:名|大)", r"关联", r"组合计提|组合[:：]", r"单项", r"闲置|未办妥|租出"),
    )
)
_BESIDE = re.compile(r"[,，、;；]|[和与及]")
AROUND_WORTH = 0.6
# Fewer signs are said behind many a figure.
_WHOLE_WORDS = 6


def cell_features(unit: Unit, query: Query, passage: Passage, *, figures: bool) -> dict[str, float]:
    """What is seen of a unit, each from 0 to 1; nothing where the question does not ask for figures."""
    row = unit.row is not None
    seen = {
        "total_asked": is_total(unit) and bool(_ASKS_TOTAL.search(query.text)),
        "total_said": query.kind == "number" and not row and bool(_SAYS_TOTAL.search(unit.text)),
        "other_time": _is_of_other_time(unit, query, passage),
        "other_note": _is_other_note(unit, passage, query),
        "part_only": _is_part(unit, passage, query),
        "of_part": _is_unasked_part(unit, passage, query),
        "figures_asked": _figures_asked(unit, query),
        "cell_said": _cell_said(unit, query),
        "columns_asked": _has_columns_asked(unit, query, passage),
        "label_unasked": _label_unasked(unit, query),
        "said_whole": _is_said_whole(unit, query),
    }
    return {name: float(value) for name, value in seen.items()} if figures else dict.fromkeys(seen, 0.0)


def _has_columns_asked(unit: Unit, query: Query, passage: Passage) -> bool:
    """Whether several line items are asked for and a row has a column of each."""
    if unit.row is None or not _asks_items_apart(query.text):
        return False
    heads = [passage.columns[cell.column].head for cell in unit.row.cells if cell.column >= 0]
    return set(query.line_items) <= {line_item_of(measured(head)) or line_item_of(head) for head in heads}


@lru_cache(maxsize=64)
def _asks_items_apart(question: str) -> bool:
    """Whether a question names several line items beside each other: 收入和毛利率, not 应收账款的坏账准备."""
    named = find_line_items(question)
    between = [question[a.end : b.start] for a, b in pairwise(named)]
    return bool(between) and all(_BESIDE.search(words) for words in between)


def _cell_said(unit: Unit, query: Query) -> float:
    """How much of the question a row's label and heads say, or a sentence, with what stands around it."""
    own = squeeze(unit.row.group + unit.row.label) + unit.heads if unit.row is not None else unit.text
    return cover_of_two(_content(query), own, unit.around, AROUND_WORTH)


def _is_said_whole(unit: Unit, query: Query) -> bool:
    """Whether a sentence gives a figure right behind the very words that are asked for."""
    words = _matter(query)
    if unit.row is not None or len(words) < _WHOLE_WORDS:
        return False
    return re.search(re.escape(words) + r"[^\d，,。;；]{0,6}\d", squeeze(unit.text).lower()) is not None


@lru_cache(maxsize=64)
def _matter(query: Query) -> str:
    """What the question is about without its times and the words for asking."""
    text = _content(query)
    for mention in reversed(find_periods(text)):
        text = text[: mention.start] + text[mention.end :]
    return text.strip("的是为有")


@lru_cache(maxsize=64)
def _content(query: Query) -> str:
    """The question without its issuer, its years and the words for asking, squeezed lower case."""
    text = wording().patterns["asking"].sub("", _STATED.sub("", query.text))
    for issuer in query.issuers:
        text = text.replace(issuer, "")
    return squeeze(text).lower()


def _figures_asked(unit: Unit, query: Query) -> float:
    """The share of several figures of one kind asked for (一共多少张, 三类的几张) that a sentence gives."""
    asked = len(_ASKED.findall(query.text))
    if asked < 2 or len(query.expects) != 1 or unit.row is not None:
        return 0.0
    held = sum(amount.unit in query.expects[0] for amount in find_amounts(unit.text))
    return min(held, asked) / asked if held > 1 else 0.0


def is_total(unit: Unit) -> bool:
    """Whether a unit is a table's row of totals."""
    return unit.row is not None and bool(_TOTAL.match(unit.row.label))


def _label_unasked(unit: Unit, query: Query) -> float:
    """How much of a row's label the question does not say: then the row is of something narrower."""
    if unit.row is None or is_total(unit):
        return 0.0
    return 1 - cover(squeeze(unit.row.label).lower(), squeeze(query.text).lower())


def _is_other_note(unit: Unit, passage: Passage, query: Query) -> bool:
    """Whether a row stands in the note of a line item that the question does not name."""
    if unit.row is None or not query.line_items:
        return False
    items = {line_item_of(heading) for heading in passage.section[-2:]} - {""}
    if not items or items & set(query.line_items):
        return False
    own, asked = unit.row.group + squeeze(unit.row.label), squeeze(query.text)
    said = any(squeeze(word) in own for _, word in query.line_item_words)
    return not said and not any(line_items()[key].name in asked for key in items)


def _is_of_other_time(unit: Unit, query: Query, passage: Passage) -> bool:
    """Whether all figures of a row are of other times than those asked for (期末): an opening balance's row."""
    if unit.row is None or not query.periods:
        return False
    known = {passage.columns[cell.column].period for cell in unit.row.cells if cell.column >= 0} - {""}
    return bool(known) and not any(same_time(period, asked) for period in known for asked in query.periods)


def _is_unasked_part(unit: Unit, passage: Passage, query: Query) -> bool:
    """Whether a row is the total or a nameless line of a part, where a line item as a whole is asked for."""
    if unit.row is None or not query.line_items or not _is_part(unit, passage, query):
        return False
    return is_total(unit) or not cover(squeeze(unit.row.label).lower(), squeeze(query.text).lower())


def _is_part(unit: Unit, passage: Passage, query: Query) -> bool:
    """Whether a unit is about a part that the question does not speak of: the five largest, related parties."""
    lead = passage.text[: min(_TITLE, passage.rows[0].start)] if unit.row is not None else ""
    said = unit.text + unit.heads + squeeze("".join((*passage.section[-2:], lead)))
    return any(part.search(said) and not part.search(query.text) for part in _PARTS)
