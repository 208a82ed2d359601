"""Rows that a table lists side by side: products, regions, projects; the parts of a table that was split joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rag.answering.phrase import clean_label
from rag.checking.claim import Operand, Quote
from rag.filings.passage import Fact, Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.structure.facts import facts_of
from rag.structure.labels import is_broken

_SUBTOTAL = re.compile(r"小\s*计")
_TOTAL = re.compile(r"合\s*计|小\s*计|总\s*计|^综合毛利率$")
# Neither a thing of its own nor a total: eliminations between segments, parts of the row above.
_NO_ITEM = re.compile(r"抵[销消]|^(?:其中[:：]?|[-—－]{1,2}|注\d?[:：])")
# Where a table begins to list by something else.
_PARTED = re.compile(
    r"[分按](?:不同)?(?:产品|行业|地区|区域|销|渠道|客户|业务|类型|模式)[\u4e00-\u9fff]{0,4}"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z\d（）()、/“”&\-]{2,40}")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
# The end of a label that is the cell of a yes-or-no column beside it.
_TICKED = re.compile(r"(?<=..)[是否]$")
# What opens a table; without it a passage goes on with the one before.
_OPENED = re.compile(r"单位[:：]|适用")

Beside = Callable[[Evidence], Sequence[Evidence]]


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a listing with its figures; `name` is "" where what it is called cannot be read."""

    name: str
    operands: tuple[Operand, ...]

    def under(self, head: str) -> Operand | None:
        """The figure below a head; None where the row has none or several."""
        found = [operand for operand in self.operands if operand.fact.column == head]
        return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class Listing:
    """Rows listed together; `kind` is what they are listed by, in the table's words; `total` their sum if printed.

    `whole` is false where the rows may go on in a part of the table that is not read.
    """

    kind: str
    items: list[Item] = field(default_factory=list)
    total: Item | None = None
    whole: bool = True


def listings(
    evidence: Sequence[Evidence], index: int, beside: Beside
) -> tuple[tuple[Evidence, ...], list[Listing]]:
    """The listings of the table that a piece of evidence is of, and the evidence with the parts added to it."""
    piece = evidence[index]
    near = {other.passage.ordinal: other for other in beside(piece)} | {piece.passage.ordinal: piece}
    ordinals = [*reversed(_onward(piece, near, -1)), piece.passage.ordinal, *_onward(piece, near, 1)]
    places = {held.passage.id: at for at, held in enumerate(evidence)}
    held = list(evidence)
    walk = _Walk()
    for ordinal in ordinals:
        part = near[ordinal]
        if part.passage.id not in places:
            places[part.passage.id] = len(held)
            held.append(part)
        walk.through(part.passage, places[part.passage.id])
    first, last = near[ordinals[0]], near[ordinals[-1]]
    if _goes_on(first.passage, near.get(ordinals[0] - 1)):
        walk.found[0].whole = False
    after = near.get(ordinals[-1] + 1)
    if after is not None and _goes_on(after.passage, last):
        walk.found[-1].whole = False
    return tuple(held), [listing for listing in walk.found if listing.items]


def _onward(piece: Evidence, near: dict[int, Evidence], step: int) -> list[int]:
    """The ordinals of the table's further parts on one side; sentences of its cells may stand between."""
    found: list[int] = []
    skipped = 0
    at = piece.passage.ordinal + step
    while skipped < 2 and (other := near.get(at)) and other.passage.section == piece.passage.section:
        if other.passage.rows and _heads(other.passage) != _heads(piece.passage):
            break
        skipped = 0 if other.passage.rows else skipped + 1
        if other.passage.rows:
            found.append(at)
        at += step
    return found


def _heads(passage: Passage) -> list[str]:
    return [column.head for column in passage.columns]


def _goes_on(passage: Passage, before: Evidence | None) -> bool:
    """Whether a passage's rows go on with those of the one before, so that neither alone is the whole."""
    if before is None or not passage.rows or not before.passage.rows:
        return False
    lead = squeeze(passage.text[: passage.rows[0].start])
    return before.passage.section == passage.section and not (_PARTED.search(lead) or _OPENED.search(lead))


class _Walk:
    """Goes through the rows of a table in reading order; `found` are its listings, empty ones among them."""

    def __init__(self) -> None:
        self.found: list[Listing] = []
        self._total: Item | None = None
        self._summed = False

    def through(self, passage: Passage, index: int) -> None:
        """The rows of one part of the table, which stands at `index` of the evidence."""
        cells: dict[tuple[int, int], list[Fact]] = {}
        for fact in facts_of([passage]):
            cells.setdefault(fact.row, []).append(fact)
        end = 0
        for row in passage.rows:
            self._part(passage, squeeze(passage.text[end : row.start]), first=row is passage.rows[0])
            quote = Quote(index, row.start, row.end)
            facts = cells.get((row.start, row.end), [])
            self._row(row, Item(_name(row), tuple(Operand(fact, quote) for fact in facts)))
            end = row.end

    def _part(self, passage: Passage, between: str, *, first: bool) -> None:
        parts = _PARTED.findall(between)
        if self.found and not parts:
            return
        title = "".join(passage.section[-1:])
        self._summed = False
        lead = squeeze(f"{title}{passage.context}{between}") if first else ""
        self.found.append(Listing(parts[-1] if parts else lead, total=self._total))

    def _row(self, row: Row, item: Item) -> None:
        label, listing = squeeze(row.label), self.found[-1]
        if _NO_ITEM.search(label):
            return
        if not _TOTAL.search(label):
            # Rows behind a subtotal are of the same listing, which it is not the total of.
            listing.total = self._total if self._summed else listing.total
            listing.items.append(item)
        elif not listing.items:
            self._total = listing.total = item
        elif _SUBTOTAL.search(label):
            listing.total, self._summed = self._total if self._summed else item, True
        else:
            listing.total, self._summed = item, False
            self.found.append(Listing(listing.kind))


def _name(row: Row) -> str:
    name = _TICKED.sub("", clean_label(row.label))
    plain = _NAME.fullmatch(name) and _WORDS.search(name) and not is_broken(row.label)
    return name if plain else ""
