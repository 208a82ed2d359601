"""The first, second… largest customer, supplier or shareholder: its row in the table of the largest ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rag.answering.draft import Draft, Material
from rag.answering.phrase import clean_label, issuer_name, row_sentence, told_periods
from rag.answering.told_row import asked_sentence
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.amount import parse_amount
from rag.filings.passage import Passage, Row
from rag.filings.text import squeeze

_ASKED = re.compile(
    r"(?:第(?P<n>[一二三四五六七八九十]|\d{1,2})大|最大的?(?:单一)?|头号)(?P<of>客户|供应商|股东)"
)
# What is told of one elsewhere than in the table.
_DEEDS = re.compile(r"增持|减持|质押|冻结|买|卖|承诺|一致行动|变更|变动|怎么|为什么|原因|介绍")
_NUMERALS = "一二三四五六七八九十"
# What the tables of the largest ones say above or beside their rows.
_TABLES = {
    "客户": re.compile(r"前(?:五|5)[名大]客户"),
    "供应商": re.compile(r"前(?:五|5)[名大]供应商"),
    "股东": re.compile(r"持股5%以上|前(?:十|10)名(?:普通股)?股东|前(?:十|10)名(?:普通股)?股东持股"),
}
# So many rows make the table whole; a part of it may lack the largest.
_FEWEST = {"客户": 5, "供应商": 5, "股东": 9}
_HELD = re.compile(r"^(?:期末)?(?:持股)?比例(?:[（(][%％][)）])?$")
# A row with more cells is told by those that are asked for.
_FEW = 3
_OTHERS = re.compile(r"合计|前[五5十]|总数|总计|小计")
# Without a head that was read, a label that names nobody (客户A) is whole; another's may be in pieces.
_UNNAMED = re.compile(r"^\d{0,2}(?:客户|供应商)[A-Za-z\d一二三四五]$")
_SERIAL = re.compile(r"^\d{1,2}(?=客户|供应商)")


def nth_largest(material: Material) -> Draft | None:
    """The row of the one that the question names by its place; None where it names none or no table has it."""
    asked = _ASKED.search(material.query.text)
    if asked is None or _DEEDS.search(material.query.text):
        return None
    place = _place(asked["n"])
    for filing in {piece.filing.id: None for piece in material.evidence}:
        rows = _ranked(material, filing, asked["of"])
        if len(rows) >= max(place, _FEWEST[asked["of"]]):
            return Draft((_claim(material, *rows[place - 1], asked[0]),))
    return None


def _place(numeral: str | None) -> int:
    """The place that a numeral says, from 1; the largest has none."""
    if not numeral:
        return 1
    return int(numeral) if numeral.isdigit() else _NUMERALS.index(numeral) + 1


def _ranked(material: Material, filing: str, of: str) -> list[tuple[int, Row]]:
    """The rows of a filing's table of the largest ones with their evidence, those with the largest share first."""
    shares: dict[str, tuple[Decimal, int, Row]] = {}
    for index, piece in enumerate(material.evidence):
        passage = piece.passage
        about = squeeze("".join((*passage.section[-1:], passage.context, passage.text)))
        if piece.filing.id == filing and passage.rows and _TABLES[of].search(about):
            found = [(share, index, row) for row in passage.rows for share in _share(passage, row, of)]
            shares |= {squeeze(one[2].label): one for one in found if squeeze(one[2].label) not in shares}
    return [(index, row) for _, index, row in sorted(shares.values(), key=lambda found: -found[0])]


def _share(passage: Passage, row: Row, of: str) -> Iterator[Decimal]:
    """The share in percent of one named one's row, nothing for totals and rows in pieces."""
    label = squeeze(row.label)
    whole = all(cell.column >= 0 for cell in row.cells) or _UNNAMED.match(label)
    first = next((cell for cell in row.cells if cell.unit == "%"), None)
    if first is None or len(row.cells) < 2 or not label or not whole or _OTHERS.search(label):
        return
    head = passage.columns[first.column].head if first.column >= 0 else ""
    value = parse_amount(first.text)
    if value is not None and (of != "股东" or _HELD.match(squeeze(head))):
        yield value


def _claim(material: Material, index: int, row: Row, called: str) -> Claim:
    """The row told under the name that the question gives it, as much of it as the check can follow."""
    row = replace(row, label=_SERIAL.sub("", squeeze(row.label)))
    claims = [
        claim
        for cells in (row.cells, *((cell,) for cell in row.cells))
        for claim in _told(material, index, replace(row, cells=cells), called)
    ]
    return next((claim for claim in claims if check(claim, material.evidence).passed), claims[0])


def _told(material: Material, index: int, row: Row, called: str) -> tuple[Claim, Claim]:
    """The row's sentence, with and without the name that the question gives it."""
    piece, query = material.evidence[index], material.query
    wide = len(row.cells) > _FEW
    plain = (
        asked_sentence(piece, row, query)
        if wide
        else row_sentence(piece, row, told_periods(query), query.text)
    )
    issuer, label = issuer_name(piece.filing), clean_label(row.label)
    named = plain.replace(f"{issuer}{label}", f"{issuer}{called}为{label}", 1)
    quote = (Quote(index, row.start, row.end),)
    return Claim(named, quote), Claim(plain, quote)
