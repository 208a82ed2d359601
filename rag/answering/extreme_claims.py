"""The rows with the most or the least told: which it is, and its share, sum, gap and change where these are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.difference import gap_between
from rag.answering.draft import Material
from rag.answering.fact_answer import quotes_of, ranked_facts
from rag.answering.measured_column import is_of_change, measured_item, without_unit
from rag.answering.operands import sum_expression, work_out
from rag.answering.phrase import with_short_form
from rag.answering.row_measure import SHARE, Held, Measure, text_of
from rag.checking.claim import Arithmetic, Claim, Operand
from rag.filings.amount import format_decimal
from rag.filings.column_heads import measured
from rag.filings.lexicon import find_line_items, line_item_of
from rag.filings.passage import Fact
from rag.retrieval.question import Query

_FIRST = re.compile(r"前([两二三四2-4])(?!年)|最[高大多低小少快慢]的([两二三四2-4])")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4}
_SUM = re.compile(r"合计|一共|总共|共|之和|加起来|占")
_GAP = re.compile(r"[多高低少大小快慢]出?(?:了)?(?:多少|几)|差(?:多少|几|距)|相差")
_EACH = re.compile(r"(?:各|分别|每[个项])[^,，。?？哪谁]{0,14}(?:多少|几)")
# More rows than this are not told one by one.
MOST_TOLD = 8


def claims_of_extreme(
    measure: Measure, wanted: Sequence[tuple[str, int]], material: Material
) -> Iterator[Claim]:
    """The extremes, then what else is asked of them: their sum, their share, the gap, every row's own.

    `wanted` are the extremes asked for, each with its word and sign.
    """
    query, lead = material.query, measure.lead
    sign = wanted[0][1]
    ordered = sorted(measure.held, key=lambda one: -sign * one.value)
    if is_of_change(query) and sign * ordered[0].value <= 0:
        return
    first = ordered[: _how_many(query)]
    if len(first) > 1:
        order = "由低到高" if sign < 0 else "由高到低"
        yield _claim(f"{lead}{measure.what}{order}依次为" + "、".join(map(_shown, first)) + "。", first)
    elif measure.held[0].worked is not None:
        for word, way in wanted:
            one = max(ordered, key=lambda held: way * held.value)
            yield _claim(f"{lead}{one.item.name}{measure.what}{word}，约{one.text}。", [one])
    else:
        ends = [(word, max(ordered, key=lambda held: way * held.value)) for word, way in wanted]
        told = "，".join(_end(measure, word, one, query) for word, one in ends)
        yield _claim(
            f"{lead}{told}。", [one for _, one in ends], [o for _, one in ends for o in _extras(one, query)]
        )
    yield from _more(first, ordered, measure, material)


_DOWN = frozenset({"最低", "降幅最大"})
_BOTH_ENDS = re.compile(r"最[高大多快][^，。?？]*最[低小少慢]|最[低小少慢][^，。?？]*最[高大多快]|首尾")


def _more(
    first: Sequence[Held], ordered: Sequence[Held], measure: Measure, material: Material
) -> Iterator[Claim]:
    query = material.query
    amounts = ordered[0].operands[0].fact.measure in ("amount", "count") and ordered[0].worked is None
    if amounts and len(first) > 1 and _SUM.search(query.text):
        yield from _summed(first, measure)
    if amounts and SHARE.search(query.text) and (not measure.shows_share(query) or len(first) > 1):
        yield from _share(first, measure, material)
    if _GAP.search(query.text) and len(first) == 1 and ordered[0].worked is None:
        ends = (ordered[0], ordered[-1 if _BOTH_ENDS.search(query.text) else 1])
        names = [f"{one.item.name}{measure.what}" for one in ends]
        gap = gap_between(ends[0].operands[0], ends[1].operands[0], names)
        if gap is not None:
            yield gap
    if _EACH.search(query.text) and len(ordered) <= MOST_TOLD:
        rest = ordered[1:] if ordered[0].worked is not None else ordered
        for one in rest if ordered[0].worked is not None else ():
            yield _claim(f"{one.item.name}{measure.what}约{one.text}。", [one])
        if ordered[0].worked is None:
            yield _claim(f"{measure.what}：" + "、".join(map(_shown, rest)) + "。", rest)


def _how_many(query: Query) -> int:
    match = _FIRST.search(query.text)
    number = (match[1] or match[2]) if match else "1"
    return _NUMBERS.get(number) or int(number)


def _shown(one: Held) -> str:
    return f"{one.item.name}（{one.text.replace('（', '，').replace('）', '')}）"


def _end(measure: Measure, word: str, one: Held, query: Query) -> str:
    extras = "".join(f"，{_extra_name(o)}{text_of(o.fact)}" for o in _extras(one, query))
    if measure.column.measure in ("change", "points"):
        far = (word in _DOWN) == (one.value < 0)
        way = f"{'降幅' if one.value < 0 else '增幅'}{'最大' if far else '最小'}"
        return f"{measure.what}{way}的是{one.item.name}，为{one.text}{extras}"
    return f"{one.item.name}{measure.what}{word}，为{one.text}{extras}"


def _extra_name(operand: Operand) -> str:
    head = without_unit(operand.fact.column)
    return "同比" if operand.fact.measure in ("change", "points") else head


def _extras(one: Held, query: Query) -> list[Operand]:
    """What else of its row is asked: the share, the change, other items."""
    own = one.operands[0].fact
    item, _ = measured_item(query)
    others = set(query.line_items) - {item}
    found: list[Operand] = []
    for operand in one.item.operands:
        fact = operand.fact
        if fact.column == own.column or (fact.period and own.period and fact.period != own.period):
            continue
        changes = fact.measure in ("change", "points")
        key = line_item_of(measured(fact.column)) or line_item_of(fact.column)
        asked = (not changes and key in others) or (
            fact.measure == "ratio" and SHARE.search(query.text) and SHARE.search(fact.column)
        )
        if asked or (changes and _is_change_of(fact, own, query)):
            found.append(operand)
    return found


def _is_change_of(change: Fact, own: Fact, query: Query) -> bool:
    """Whether a change is asked for and is that of the figure told."""
    named = {mention.key for mention in find_line_items(change.column)}
    key = line_item_of(measured(own.column))
    return query.asks_change and own.measure not in ("change", "points") and (not named or key in named)


def _summed(first: Sequence[Held], measure: Measure) -> Iterator[Claim]:
    operands = [one.operands[0] for one in first]
    worked = work_out(sum_expression(len(operands)), operands, operands[0].fact.unit)
    if worked is not None:
        told = with_short_form(format_decimal(worked.value), worked.value, worked.unit)
        yield _claim(f"{measure.what}合计{told}。", first, (), worked)


def _share(first: Sequence[Held], measure: Measure, material: Material) -> Iterator[Claim]:
    """The share of the first rows in the total that the table prints, else in the company's own figure."""
    operands = [one.operands[0] for one in first]
    printed = measure.listing.total
    total = printed.under(operands[0].fact.column) if printed is not None else None
    of = "合计" if total is not None else measure.what
    whole = total or _company(operands[0].fact, material)
    if whole is None:
        return
    over = sum_expression(len(operands))
    every = (*operands, whole)
    worked = work_out(f"({over})/f{len(every)}", every, "%")
    if worked is not None:
        names = "、".join(one.item.name for one in first)
        quotes = tuple(dict.fromkeys(operand.quote for operand in every))
        shown = f"{whole.fact.text}{whole.fact.unit}"
        text = f"{names}占{of}（{shown}）的{format_decimal(worked.value)}%。"
        yield Claim(text, quotes, tuple(operand.fact for operand in every), worked)


def _company(part: Fact, material: Material) -> Operand | None:
    """The company's own figure of the item that the rows are parts of, for their period."""
    item, _ = measured_item(material.query)
    filings = [piece.filing for piece in material.evidence if piece.filing.id == part.filing_id][:1]
    about = replace(material, query=replace(material.query, periods=(part.period,) if part.period else ()))
    facts = ranked_facts(about, item, filings)[:1] if item and item in material.query.line_items else []
    for fact, quote in zip(facts, quotes_of(about, facts), strict=True):
        if quote is not None and fact.unit == part.unit and fact.value > part.value:
            return Operand(fact, quote)
    return None


def _claim(
    text: str, held: Sequence[Held], more: Sequence[Operand] = (), worked: Arithmetic | None = None
) -> Claim:
    operands = [*(operand for one in held for operand in one.operands), *more]
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    arithmetic = worked or (held[0].worked if len(held) == 1 else None)
    return Claim(text, quotes, tuple(operand.fact for operand in operands), arithmetic)
