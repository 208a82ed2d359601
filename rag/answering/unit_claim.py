"""One unit of the evidence said as claims: a sentence cut to the point, a row's figures, a box in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.draft import Material
from rag.answering.excerpt import behind_box, excerpt, passage_excerpts
from rag.answering.form_fields import field_sentence
from rag.answering.phrase import asked_first, issuer_name
from rag.answering.ranking import DATES
from rag.answering.relevance import Need
from rag.answering.row_day import day_claim, day_column
from rag.answering.row_reason import row_block
from rag.answering.table_list import listed_rows
from rag.answering.told_row import asked_of, asked_sentence
from rag.answering.units import Unit
from rag.answering.yesno import affirms, box_sentence, verdict
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Cell, Row
from rag.retrieval.question import Query

_LEAD_IN = re.compile(r"(?:如下|如下所示|以下|下列)(?:表|情况|项目)?[:：]?。?$")
_ASKS_DAY = re.compile(r"哪一?[天日]|几号|几月|日期")
_ADDRESS = re.compile(r"www\.|https?:|\.(?:com|cn)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


def claims_of(material: Material, unit: Unit, needs: Sequence[Need], *, first: bool) -> list[Claim]:
    """The unit as claims that pass the check; with the sentences that complete it where it comes first."""
    made: list[Claim] = []
    kind = material.query.kind
    if first and unit.kind == "box" and affirms(passage_text(material, unit)):
        made = behind_box(material, unit)
        if kind == "yesno" or not made:
            made = [c for c in (_claim(material, unit, needs), *made) if c is not None]
    plain_list = first and kind == "list" and not material.query.expects and not made
    if plain_list and (listed := listed_rows(material, unit)) is not None:
        made = [listed]
    elif not made and (kind == "list" or (first and kind in ("why", "text"))):
        made = passage_excerpts(material, unit, needs)
    if not made:
        claim = _claim(material, unit, needs, first=first)
        made = [claim] if claim is not None else []
    passed = [claim for claim in made if check(claim, material.evidence).passed]
    # 主要在研项目如下 alone says nothing.
    return [] if all(_LEAD_IN.search(claim.text) for claim in passed) else passed


def passage_text(material: Material, unit: Unit) -> str:
    """The unit's own words in its passage."""
    return material.evidence[unit.evidence].passage.text[unit.start : unit.end]


def _claim(material: Material, unit: Unit, needs: Sequence[Need], *, first: bool = False) -> Claim | None:
    """One unit as a claim in the answer's words; the first one of a yes-or-no question with its verdict."""
    piece = material.evidence[unit.evidence]
    if unit.kind == "box":
        return Claim(box_sentence(piece, unit), (Quote(unit.evidence, unit.start, unit.end),))
    if unit.field is not None:
        said = field_sentence(unit.field, piece.passage.text, issuer_name(piece.filing))
        head = Quote(unit.evidence, *unit.field.head)
        return Claim(
            said, (*((head,) if unit.field.persons else ()), Quote(unit.evidence, unit.start, unit.end))
        )
    if unit.kind == "row" and unit.row is not None:
        if material.query.kind == "why":
            return row_block(material, unit) if _is_asked(unit, material.query) else None
        return _row_claim(material, unit, unit.row)
    claim = excerpt(material, unit, needs)
    if claim is None or not first or material.query.kind != "yesno":
        return claim
    told = verdict(material.query.text, claim.text, needs)
    return replace(claim, text=f"{told}：{claim.text}") if told else claim


def _is_asked(unit: Unit, query: Query) -> bool:
    """Whether a row is of a line item asked for, where one is: another's reason is none of its own."""
    return not (query.line_items and unit.line_item) or unit.line_item in query.line_items


def _row_claim(material: Material, unit: Unit, row: Row) -> Claim | None:
    """The figures of a row that are asked for, all of them where no column is named, as a claim.

    Where the check cannot follow all of it, those that it can.
    """
    if _ASKS_DAY.search(material.query.text) and all(_YEAR.fullmatch(cell.text) for cell in row.cells):
        return None  # the year of a date whose other parts stand on other lines
    if _ADDRESS.search(row.label):
        return None  # where a notice was published stands beside the figure, what it is does not
    piece = material.evidence[unit.evidence]
    day = day_claim(piece, row, unit.evidence) if DATES in material.query.expects else None
    if day is not None or (material.query.expects == (DATES,) and day_column(piece.passage)):
        return day
    row = asked_of(row, piece, material.query)
    claim = _cells_claim(material, unit, row)
    if claim is None or _passes(claim, material):
        return claim
    sound = [
        cell for cell in row.cells if _passes(_cells_claim(material, unit, _only(row, [cell])), material)
    ]
    best = asked_first(sound, piece.passage, material.query.text)
    for cells in (sound, best[:2], best[:1]):
        fewer = _cells_claim(material, unit, _only(row, cells))
        if fewer is not None and _passes(fewer, material):
            return fewer
    return claim


def _only(row: Row, cells: Sequence[Cell]) -> Row:
    """The row with these of its cells."""
    return replace(row, cells=tuple(cells))


def _cells_claim(material: Material, unit: Unit, row: Row) -> Claim | None:
    text = asked_sentence(material.evidence[unit.evidence], row, material.query)
    return Claim(text, (Quote(unit.evidence, unit.start, unit.end),)) if text else None


def _passes(claim: Claim | None, material: Material) -> bool:
    return claim is not None and check(claim, material.evidence).passed
