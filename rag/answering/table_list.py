"""Lists that stand in a table: the labels of its rows, told as items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.draft import Material
from rag.answering.phrase import clean_label, issuer_name
from rag.answering.relevance import Need
from rag.answering.units import Unit
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.structure.heads import head_words

_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|其他|.*总数)$")
# A figure or its currency that a broken table took for a label.
_FIGURE = re.compile(r"^\(|^[\d,.，]+\S{0,4}$|^(?:人民币|港币|港元|美元|欧元|日元|[百千万亿]*元)$")
# 玻璃深加工24,000万元: cells of several columns run together.
_AMOUNT = re.compile(r"\d[\d,.]*[百千万亿]*(?:元|美元|港币|港元|欧元)|美元$|[\d,]{5,}")
_LEAD_IN = re.compile(r"(?:如下|下列|以下|情况)[:：。]?$|[:：]$")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+节|[一二三四五六七八九十]+、|[（(][^）)]{1,3}[）)][.．、]?|\d+[.、]?)"
)
# Labels longer than this are cells of text run together.
LABEL_CHARS = 24
# But for names of companies and the like.
BODY_CHARS = 40
FEWEST, MOST = 2, 12
# Names of one table that a question for them is answered with; each is cited.
MOST_NAMED = 20
# The share of what is asked for that a table's title and head say.
SAID = 0.75
# Said of any table's rows.
_ANY = frozenset({"名字", "名称", "明细", "名单", "列表", "项目"})
# More lines of statements than this share: no list of things.
_LINES = 0.5


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
    if not FEWEST <= len(items) <= MOST or _are_lines(tuple(items)):
        return None
    names = "、".join(items)
    return Claim(f"{issuer_name(piece.filing)}{_matter(piece.passage)}列有：{names}。", tuple(items.values()))


def named_table(material: Material, needs: Sequence[Need], corpus: Corpus) -> tuple[Claim, Material] | None:
    """All names of the table whose title and head say what is asked for, with its passages; None without one.

    None too where one of its rows has no plain name: a list is told whole or not at all.
    """
    asked = [need for need in needs if need.count and not _ANY.intersection(need.words[:1])]
    total = sum(need.weight for need in asked)
    best, found = SAID, None
    for piece in material.evidence if total and not material.query.sides else ():
        passage = piece.passage
        if not passage.rows and not _LEAD_IN.search(passage.text.rstrip()):
            continue
        about = _about(passage)
        said = sum(need.weight for need in asked if any(word in about for word in need.words)) / total
        if said > best or (found is None and said == best):
            best, found = said, piece
    return _named(material, found, corpus) if found is not None else None


def _about(passage: Passage) -> str:
    """What a table's title and head say."""
    lead = passage.text[: passage.rows[0].start] if passage.rows else passage.text[-LABEL_CHARS:]
    return squeeze("".join((*passage.section[-2:], lead))).lower()


def _named(material: Material, piece: Evidence, corpus: Corpus) -> tuple[Claim, Material] | None:
    """The names in all tables under the heading of a piece."""
    own = piece.passage
    tables = [p for p, _ in corpus.passages(own.filing_id) if p.section == own.section and p.rows]
    rows = [(n, row) for n, p in enumerate(tables) for row in p.rows if not _TOTAL.match(squeeze(row.label))]
    names = [clean_label(row.label) for _, row in rows]
    plain = all(_is_item(name, row) for name, (_, row) in zip(names, rows, strict=True))
    if not plain or not FEWEST <= len(set(names)) <= MOST_NAMED or _are_lines(names):
        return None
    start = len(material.evidence)
    added = (Evidence(start + n, 0.0, table, piece.filing) for n, table in enumerate(tables, 1))
    grown = replace(material, evidence=(*material.evidence, *added))
    items: dict[str, Quote] = {}
    for name, (n, row) in zip(names, rows, strict=True):
        items.setdefault(name, Quote(start + n, row.start, row.end))
    # A heading that speaks of a line item, as the rows do not, is left out.
    for matter in (_matter(own), "有关表格"):
        text = f"{issuer_name(piece.filing)}{matter}列有：{'、'.join(items)}。"
        claim = Claim(text, tuple(items.values()))
        if check(claim, grown.evidence).passed:
            return claim, grown
    return None


def _are_lines(names: Sequence[str]) -> bool:
    """Whether most names are lines of statements."""
    return sum(bool(line_item_of(name)) for name in names) > _LINES * len(names)


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
    most = BODY_CHARS if name.endswith(head_words().ends) else LABEL_CHARS
    whole = 2 <= len(name) <= most and name.count("(") == name.count(")")
    plain = not _TOTAL.match(name) and not _FIGURE.match(name) and not _AMOUNT.search(name)
    return whole and plain and bool(row.cells)


def _matter(passage: Passage) -> str:
    """What the table is about: the words of the last heading without its number."""
    if not passage.section:
        return ""
    return _NUMBER.sub("", passage.section[-1])
