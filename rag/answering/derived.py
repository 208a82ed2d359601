"""A figure that the filing does not print but two of its figures, side by side, come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.answering.draft import Material
from rag.answering.operands import work_out
from rag.answering.operation import Derivation, derivations
from rag.answering.phrase import clean_label, issuer_name, with_short_form
from rag.answering.rounding_asked import decimals_asked, unit_asked
from rag.checking.claim import Arithmetic, Claim, Operand
from rag.filings.amount import format_decimal, kind_of
from rag.filings.text import squeeze
from rag.retrieval.question import Query

# The words of the part asked for must share this much of their bigrams with the question.
SHARED = 0.5


def derived(query: Query, material: Material, operands: Sequence[Operand], *, in_row: bool) -> Claim | None:
    """The figure that the question asks to work out from these of one sentence or row, None where none fits."""
    for way in derivations():
        if not way.asks.search(query.text) or (way.between is None) != in_row:
            continue
        for pair in _pairs(way, query, material, operands):
            unit = pair[0].fact.unit if way.unit == "f1" else way.unit
            worked = work_out(
                way.expression,
                pair,
                unit_asked(query.text, unit),
                _formula(way, pair),
                decimals_asked(query.text, unit),
            )
            if worked is not None:
                return _claim(way, material, pair, worked)
    return None


def _formula(way: Derivation, pair: Sequence[Operand]) -> str:
    """The formula with the printed figures in it."""
    return way.formula.format(*(_text(operand) for operand in pair))


def _pairs(
    way: Derivation, query: Query, material: Material, operands: Sequence[Operand]
) -> Iterator[tuple[Operand, Operand]]:
    if way.between is None:
        yield from _of_row(way, operands)
        return
    for first, second in combinations(operands, 2):
        if way.alike != (kind_of(first.fact.unit) == kind_of(second.fact.unit)):
            continue
        if not way.alike and (second.fact.unit != "%" or first.fact.unit == "%"):
            continue
        text = material.evidence[first.quote.evidence].passage.text
        match = way.between.search(squeeze(text[first.fact.cell[1] : second.fact.cell[0]]))
        if match and _is_asked(match.groupdict().get("of", ""), query.text):
            yield first, second


def _of_row(way: Derivation, operands: Sequence[Operand]) -> Iterator[tuple[Operand, Operand]]:
    """The two figures of a row whose columns the derivation names."""
    assert way.first is not None  # noqa: S101  # a row's derivation names its columns
    assert way.second is not None  # noqa: S101
    amounts = [o for o in operands if o.fact.measure not in ("change", "points", "ratio") and o.fact.column]
    first = next((o for o in amounts if way.first.search(squeeze(o.fact.column))), None)
    second = next((o for o in amounts if o is not first and way.second.search(squeeze(o.fact.column))), None)
    if first and second and kind_of(first.fact.unit) == kind_of(second.fact.unit):
        yield first, second


def _is_asked(part: str, question: str) -> bool:
    """Whether the question names the part that the sentence gives a share of; true where none is given."""
    bigrams = [part[i : i + 2] for i in range(len(part) - 1)]
    return not bigrams or sum(pair in question for pair in bigrams) >= SHARED * len(bigrams)


def _claim(way: Derivation, material: Material, pair: Sequence[Operand], worked: Arithmetic) -> Claim:
    told = with_short_form(format_decimal(worked.value), worked.value, worked.unit)
    issuer = issuer_name(material.evidence[pair[0].quote.evidence].filing)
    label = clean_label(pair[0].fact.label) if way.between is None else _part(way, material, pair)
    text = f"{issuer}{label}由{_text(pair[0])}和{_text(pair[1])}推算，{way.says}约{told}。"
    return Claim(text, (pair[0].quote,), tuple(o.fact for o in pair), worked)


def _part(way: Derivation, material: Material, pair: Sequence[Operand]) -> str:
    """What the sentence calls the part that it gives a share of; empty where it does not."""
    text = material.evidence[pair[0].quote.evidence].passage.text
    between = squeeze(text[pair[0].fact.cell[1] : pair[1].fact.cell[0]])
    match = way.between.search(between) if way.between else None
    return (match.groupdict().get("of") or "") if match else ""


def _text(operand: Operand) -> str:
    fact = operand.fact
    return f"{fact.text}{fact.unit}" if fact.text[-1:].isdigit() else fact.text
