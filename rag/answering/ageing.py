"""The sum of an ageing table's rows over the ages asked for: 3年以上 of rows for 3至4年, 4至5年 and 5年以上."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.draft import Draft, Material
from rag.answering.operands import row_operands, sum_expression, work_out
from rag.answering.phrase import issuer_name, with_short_form
from rag.answering.ranking import Scored
from rag.answering.units import row_unit
from rag.checking.claim import Claim, Operand
from rag.filings.ages import UNBOUND, Span, span_of
from rag.filings.amount import format_decimal
from rag.filings.fiscal import in_chinese, same_time
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Fact, Passage
from rag.filings.text import squeeze

# Rows looked at for a table by age.
MOST_ROWS = 12


def aged(material: Material, ranked: Sequence[Scored]) -> Draft | None:
    """The sum over the ages that the question names, in the best table by age; None where one row is all of it."""
    asked = span_of(material.query.text)
    if asked is None:
        return None
    for scored in ranked[:MOST_ROWS]:
        passage = material.evidence[scored.unit.evidence].passage
        if scored.unit.row is None or not is_of(passage, material):
            continue
        parts = tiled(asked, [(span, operand) for span, operand in aged_rows(material, scored.unit.evidence)])
        if len(parts) > 1:
            return _told(material, passage, asked, parts)
    return None


def tiled(asked: Span, rows: Sequence[tuple[Span, Operand]]) -> list[Operand]:
    """The rows that together are of the ages asked for, the widest first taken; none where they leave a gap."""
    parts: list[Operand] = []
    at = asked[0]
    while at < asked[1]:
        fitting = [(span, operand) for span, operand in rows if span[0] == at < span[1] <= asked[1]]
        if not fitting:
            return []
        (_, at), operand = max(fitting, key=lambda pair: pair[0][1])
        parts.append(operand)
    return parts


def aged_rows(material: Material, index: int) -> Iterator[tuple[Span, Operand]]:
    """The ages of each row with its amount at the time asked for."""
    piece = material.evidence[index]
    asked = material.query.periods or (piece.filing.period,)
    for row in piece.passage.rows:
        span = span_of(row.label)
        for operand in row_operands(material, row_unit(index, piece.passage, row)) if span else ():
            fact = operand.fact
            alone = len(piece.passage.columns) == 1 and not fact.period
            if span and fact.measure == "amount" and (alone or any(same_time(fact.period, p) for p in asked)):
                yield span, operand
                break


def is_of(passage: Passage, material: Material) -> bool:
    """Whether a table is of the line item that the question names, and by age alone: no class stands above it."""
    items = {line_item_of(heading) for heading in passage.section[-2:]}
    return bool(items & set(material.query.line_items)) and "账龄" in squeeze(
        passage.section[-1] + passage.text
    )


def _told(material: Material, passage: Passage, asked: Span, parts: Sequence[Operand]) -> Draft | None:
    unit = parts[0].fact.unit
    worked = work_out(sum_expression(len(parts)), parts, unit)
    if worked is None:
        return None
    subject = subject_of(material, passage, asked, parts[0].fact)
    total = with_short_form(format_decimal(worked.value), worked.value, unit)
    terms = "＋".join(f"{operand.fact.text}{unit}" for operand in parts)
    text = f"{subject}合计{total}（{terms}）。"
    quotes = tuple(dict.fromkeys(operand.quote for operand in parts))
    claim = Claim(text, quotes, tuple(operand.fact for operand in parts), worked)
    return Draft((claim,), material=material)


def subject_of(material: Material, passage: Passage, asked: Span, fact: Fact) -> str:
    """Whose, when, of what age and of what the figures are."""
    filing = next(p.filing for p in material.evidence if p.passage.id == passage.id)
    keys = (line_item_of(heading) for heading in reversed(passage.section[-2:]))
    item = next((line_items()[key].name for key in keys if key in material.query.line_items), "")
    scope = "母公司" if fact.scope == "parent" else ""
    when = in_chinese(fact.period) if fact.period else ""
    age = f"{asked[0]}年以上" if asked[1] == UNBOUND else f"{asked[0]}至{asked[1]}年"
    age = f"{asked[1]}年以内" if not asked[0] else age
    return f"{issuer_name(filing)}{scope}{when}账龄{age}的{item}"
