"""Whether two filings, or two issuers, print the same figure: what each of them says, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.draft import Draft, Material
from rag.answering.ranking import Scored
from rag.answering.telling import Part, ranked
from rag.answering.units import Unit
from rag.checking.claim import Claim, Quote
from rag.filings.amount import find_amounts, parse_amount
from rag.filings.text import squeeze
from rag.filings.unit import counted_kind, same_value
from rag.retrieval.wording import says

# Units looked at on each side, and the share of the best one's score that a further one needs.
LOOKED_AT, NEARLY = 6, 0.5


@dataclass(frozen=True, slots=True)
class _Printed:
    """A figure as one side prints it, with the head of its column."""

    value: Decimal
    unit: str
    text: str
    head: str


@dataclass(frozen=True, slots=True)
class _Match:
    """The same figure on both sides."""

    first: _Printed
    second: _Printed

    def named(self, asked: str) -> float:
        """How far the question says the words over the columns, 0 to 1."""
        heads = set(self.first.head + self.second.head)
        return sum(sign in asked for sign in heads) / len(heads) if heads else 0.0


def told_agreement(material: Material, parts: Sequence[Part]) -> Draft | None:
    """That both sides print the same figures, with each one's words quoted; None where that is not found."""
    query = material.query
    if len(parts) != 2 or not query.sides or not says("same", query.text):
        return None
    one, other = (_best(part, material) for part in parts)
    pairs = [
        (len(matches), first.score + second.score, first.unit, second.unit, matches)
        for first in one
        for second in other
        if (matches := _matches(first.unit, second.unit, material))
    ]
    if not pairs:
        return None
    _, _, first, second, matches = max(pairs, key=lambda pair: pair[:2])
    sides = [_side(part.called, [f.text for f in told]) for part, told in _by_side(parts, matches)]
    text = f"一致：{sides[0]}，{sides[1]}。"
    quotes = tuple(Quote(unit.evidence, unit.start, unit.end) for unit in (first, second))
    return Draft((Claim(text, quotes),))


def _best(part: Part, material: Material) -> list[Scored]:
    found = ranked(part.indexes, part.needs, material)[:LOOKED_AT]
    return [scored for scored in found if scored.score >= NEARLY * found[0].score]


def _matches(first: Unit, second: Unit, material: Material) -> list[_Match]:
    """For each kind of figure asked for the one that both units print; empty where one is missing."""
    query = material.query
    same = [
        _Match(one, other)
        for one in _printed(first, material)
        for other in _printed(second, material)
        if one.unit and other.unit and same_value(one.value, one.unit, other.value, other.unit)
    ]
    found = []
    for units in query.expects or (frozenset(match.first.unit for match in same),):
        kinds = {counted_kind(unit) for unit in units}
        fitting = [match for match in same if counted_kind(match.first.unit) in kinds]
        if not fitting:
            return []
        found.append(max(fitting, key=lambda match: match.named(squeeze(query.text))))
    return found


def _printed(unit: Unit, material: Material) -> Iterator[_Printed]:
    passage = material.evidence[unit.evidence].passage
    if unit.row is None:
        for amount in find_amounts(passage.text[unit.start : unit.end]):
            yield _Printed(amount.value, amount.unit, squeeze(amount.text), "")
        return
    for cell in unit.row.cells:
        value = parse_amount(cell.text)
        if value is not None:
            text = f"{squeeze(cell.text)}{cell.unit}"
            head = passage.columns[cell.column].head if cell.column >= 0 else ""
            yield _Printed(value, cell.unit, text, squeeze(head))


def _by_side(parts: Sequence[Part], matches: Sequence[_Match]) -> Iterator[tuple[Part, list[_Printed]]]:
    yield parts[0], [match.first for match in matches]
    yield parts[1], [match.second for match in matches]


def _side(called: str, figures: Sequence[str]) -> str:
    return f"{called}为{'、'.join(figures)}"
