"""Lists that stand in a table: the labels of its rows, told as items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.draft import Material
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.units import Unit
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Passage, Row

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|其他)$")
# A figure or its currency that a broken table took for a label.
_FIGURE = re.compile(r"^[\d,.，]+\S{0,4}$|^(?:人民币|港币|港元|美元|欧元|日元|[百千万亿]*元)$")
# 玻璃深加工24,000万元: cells of several columns run together.
_AMOUNT = re.compile(r"\d[\d,.]*[百千万亿]*(?:元|美元|港币|港元|欧元)|美元$|[\d,]{5,}")
_LEAD_IN = re.compile(r"(?:如下|下列|以下|情况)[:：。]?$|[:：]$")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+节|[一二三四五六七八九十]+、|[（(][^）)]{1,3}[）)]|\d+[.、]?)"
)
# Labels longer than this are cells of text run together.
LABEL_CHARS = 24
FEWEST, MOST = 2, 12


def listed_rows(material: Material, unit: Unit) -> Claim | None:
    """The row labels of the table that a unit belongs to or leads in; None where they are no plain names."""
    piece = material.evidence[unit.evidence]
    text = piece.passage.text[unit.start : unit.end]
    if unit.row is None and not _LEAD_IN.search(text):
        return None
    items: dict[str, Quote] = {}
    for index, passage in _tables(material, unit):
        for row in passage.rows:
            name = clean_label(row.label)
            if _is_item(name, row):
                items.setdefault(name, Quote(index, row.start, row.end))
    if not FEWEST <= len(items) <= MOST:
        return None
    names = "、".join(items)
    return Claim(f"{issuer_name(piece.filing)}{_matter(piece.passage)}列有：{names}。", tuple(items.values()))


def _tables(material: Material, unit: Unit) -> Iterator[tuple[int, Passage]]:
    """The table passages under the unit's heading, in reading order."""
    own = material.evidence[unit.evidence].passage
    found = [
        (index, piece.passage)
        for index, piece in enumerate(material.evidence)
        if piece.passage.filing_id == own.filing_id
        and piece.passage.section == own.section
        and piece.passage.rows
    ]
    yield from sorted(found, key=lambda pair: pair[1].ordinal)


def _is_item(name: str, row: Row) -> bool:
    """Whether a label is an item's name: short, no total, no fragment of a broken cell."""
    whole = len(name) >= 2 and len(name) <= LABEL_CHARS and name.count("(") == name.count(")")
    plain = not _TOTAL.match(name) and not _FIGURE.match(name) and not _AMOUNT.search(name)
    return whole and plain and bool(row.cells)


def _matter(passage: Passage) -> str:
    """What the table is about: the words of the last heading without its number."""
    if not passage.section:
        return ""
    return _NUMBER.sub("", passage.section[-1])
