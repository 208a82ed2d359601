"""The pieces of evidence that one sentence of an answer may lean on: a sentence, a table row, a ticked box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answering.form_fields import FormField, fields_of
from rag.answering.row_day import day_column
from rag.filings.amount import find_amounts, parse_amount
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze
from rag.filings.tick_box import BOX
from rag.retrieval.evidence import Evidence

UnitKind = Literal["sentence", "row", "box", "field"]
_SENTENCE_END = re.compile(r"[。！？!?；;](?:[”’」』）)])?|\n")
# A short numbered line without a sentence's end is a heading.
_BARE_HEADING = re.compile(r"(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.])[^。;,，:]{2,12}")
JUMBLE_CHARS = 40
# 3.董事会秘书：某某 above a table.
_ENTERED = re.compile(r"^(?:\d{1,2}[.、．])?[\u4e00-\u9fff]{2,12}[:：]\s*[\u4e00-\u9fffA-Za-z]{2,20}$")
# 长期是不适用不适用: the replies of a form's columns.
_REPLIES_RUN = re.compile(r"(?:不适用){2}|是是(?!否)|否否|[是否]不适用")
_ENTRY = re.compile(r"(?<!是)(?<!所)(?<!系)(?<!即)指(?!数|导|标|引|出|定|派|令|纹|示|挥|明)")
GLOSSARY_CHARS, FEWEST_ENTRIES = 60, 3
# 是否存在违规担保情况 / 否: a question of the form with its reply.
_REPLIED = re.compile(r"是否[^\n。；;?？，,□√]{2,40}?\n?\s*[是否](?=[\s。；;，,每公其具报本如减]|$)")
# 连续第四年 says of how many years.
_NTH_YEAR = re.compile(r"第[一二三四五六七八九十]+年")
_LEADING_BOXES = re.compile(rf"[^。；\n]{{0,80}}\n?(?:{BOX}\s*){{1,4}}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A range of one evidence passage; `text` is squeezed lower case, `around` what helps to read it.

    `around` holds section, heads, caption and the neighbouring sentence, `nearby` the whole passage;
    `line_item` is a row's key, `heads` what stands above its figures.
    """

    kind: UnitKind
    evidence: int
    start: int
    end: int
    text: str
    around: str
    nearby: str = ""
    row: Row | None = None
    line_item: str = ""
    heads: str = ""
    field: FormField | None = None


def units_of(evidence: Sequence[Evidence]) -> list[Unit]:
    """Every unit of the evidence, passage by passage."""
    found: list[Unit] = []
    for index, piece in enumerate(evidence):
        found.extend(_of_passage(index, piece.passage))
    return found


def _of_passage(index: int, passage: Passage) -> Iterator[Unit]:
    section = _low(" ".join((*passage.section[-2:], passage.context)))
    nearby = _low(passage.text)
    boxes = _boxes(passage)
    if boxes:
        yield Unit("box", index, 0, boxes, _low(passage.text[:boxes]), section)
    for match in _REPLIED.finditer(passage.text):
        heading = _low("".join(passage.section[-1:]))
        yield Unit("box", index, *match.span(), heading + _low(match[0]), section)
    fields = fields_of(passage)
    for field in fields:
        text = _low("".join((*field.persons, passage.text[field.start : field.end])))
        yield Unit("field", index, field.start, field.end, text, section, field=field)
    if passage.rows:
        day = day_column(passage)
        for row in passage.rows:
            yield row_unit(index, passage, row, nearby, day)
    if passage.kind != "box" and not fields:
        yield from _sentences(index, passage, section, nearby, boxes)


def _boxes(passage: Passage) -> int:
    """Where the heading and tick boxes end that a passage opens with; 0 where it has none."""
    found = _LEADING_BOXES.match(passage.text)
    return found.end() if found else 0


def row_unit(index: int, passage: Passage, row: Row, nearby: str = "", day: str = "") -> Unit:
    """The unit of one table row; `index` is the passage's place in the evidence, `day` its column of dates.

    What stands above the first row, between this row and the next, and the row that `其中` belongs to, are
    around it: broken labels and group headings stand there.
    """
    at = passage.rows.index(row)
    above = passage.text[: passage.rows[0].start] if at else ""
    before = passage.text[passage.rows[at - 1].end if at else 0 : row.start]
    after = passage.text[row.end : passage.rows[at + 1].start if at + 1 < len(passage.rows) else None]
    parent = passage.rows[at - 1].label if at and row.label.startswith("其中") else ""
    heads = [passage.columns[cell.column].head for cell in row.cells if cell.column >= 0]
    around = _low(
        " ".join((*passage.section[-2:], passage.context, above, before, after[:60], parent, *heads))
    )
    text = _low(" ".join((row.group, row.label, passage.text[row.start : row.end], day)))
    key = line_item_of(row.label)
    return Unit("row", index, row.start, row.end, text, around, nearby, row, key, _low(" ".join(heads)))


def _sentences(index: int, passage: Passage, section: str, nearby: str, boxes: int) -> Iterator[Unit]:
    """Sentences outside rows and table heads, each with the one before as its surroundings."""
    previous = ""
    taken = [(row.start, max(row.end, row.remark_end)) for row in passage.rows]
    for first, end in sentence_ranges(passage.text):
        start = boxes if first < boxes < end else first
        if any(a < end and start < b for a, b in taken):
            continue
        if taken and "。" not in passage.text[start:end] and not _ENTERED.search(passage.text[start:end]):
            continue
        text = _low(passage.text[start:end])
        if _BARE_HEADING.fullmatch(text):
            continue
        if passage.section and start == 0 and text in _low(passage.section[-1]):
            continue
        if text and end > boxes and not _is_jumble(text) and not _is_glossary(text):
            yield Unit("sentence", index, start, end, text, section + previous, nearby)
            previous = text


def sentence_unit(index: int, passage: Passage, start: int, end: int) -> Unit:
    """The unit of one sentence of a passage, by its place."""
    text, section = _low(passage.text[start:end]), _low(" ".join((*passage.section[-2:], passage.context)))
    return Unit("sentence", index, start, end, text, section, _low(passage.text))


def held_units(unit: Unit) -> set[str]:
    """The units of the figures that a unit gives."""
    if unit.row is not None:
        return {cell.unit for cell in unit.row.cells if parse_amount(cell.text.rstrip("%")) is not None}
    ordinals = {"年"} if _NTH_YEAR.search(unit.text) else set[str]()
    return {amount.unit for amount in find_amounts(unit.text)} | ordinals


def _is_jumble(text: str) -> bool:
    """Whether it is a table's cells run together: long, without an end and hardly a comma, or with their replies."""
    if _REPLIES_RUN.search(text):
        return True
    if len(text) < JUMBLE_CHARS or text.endswith(("。", ";", ":", "!", "?")):
        return False
    return sum(text.count(mark) for mark in "，,、;:") * JUMBLE_CHARS < len(text)


def _is_glossary(text: str) -> bool:
    """Whether it is entries of 释义 run together: 甲公司指…乙公司指….

    In flattened text nothing parts one entry from the next, so that no part of it can be told by itself.
    """
    return len(text) > GLOSSARY_CHARS and len(_ENTRY.findall(text)) >= FEWEST_ENTRIES


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Sentences as ranges without white space at their ends; a heading's line is one by itself."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match is not None else len(text)
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if body:
            found.append((start + lead, start + lead + len(body)))
        start = end
    return found


def _low(text: str) -> str:
    return squeeze(text).lower()
