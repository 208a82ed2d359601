"""Rows with fewer figures than columns: the columns that sums leave for each figure.

Empty cells leave no trace in flattened text. A row's own sum (opening balance, movements and closing balance;
gross value, allowance and net value) and its table's totals come out for few placings only; a figure on
whose column all of them agree is placed, any other is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, groupby, pairwise, product
from math import prod

from rag.filings.amount import parse_amount
from rag.filings.lexicon import normal_label
from rag.filings.passage import Column
from rag.filings.text import squeeze
from rag.structure.columns import Levels
from rag.structure.heads import role_of
from rag.structure.prescribed import Form, Share

_TOTAL = re.compile(r"^(?:合计|小计|总计|.{0,8}合计)$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[、.])")
_CHANGE = re.compile(r"^本[期年](?:增加|减少)(?:金额|额)?$")
_MOST_COLUMNS, _MOST_PLACINGS, _MOST_TABLES = 12, 80, 5_000
_ROUNDS = 2
_SIGNS = {"more": 1, "less": -1, "either": 0, "gross": 1, "allowance": -1, "net": -1}
_ROUNDED = Decimal("0.1")  # of a percent: what shares are printed to
_WHOLE_SHARE = 100  # no share of a whole is more percent
Placing = tuple[int, ...]
Heads = Sequence[tuple[Column, Levels]]


@dataclass(frozen=True, slots=True)
class Figures:
    """A row's figures as printed, the columns of its table, and the placings that nothing speaks against."""

    label: str
    texts: tuple[str, ...]
    heads: Heads
    placings: tuple[Placing, ...]

    def column(self, placing: Placing, wanted: int) -> Decimal:
        """What a placing puts into a column."""
        return sum((value(self.texts[k]) for k, at in enumerate(placing) if at == wanted), Decimal(0))


def figures_of(label: str, texts: Sequence[str], heads: Heads, form: Form | None = None) -> Figures:
    """A row with the placings that its own sum allows; none where its columns are not known or too many.

    `form` is the prescribed table whose columns the heads are, if they are of one.
    """
    placings: tuple[Placing, ...] = ()
    if len(texts) == len(heads):
        placings = (tuple(range(len(heads))),)
    elif len(texts) < len(heads) <= _MOST_COLUMNS:
        every = combinations(range(len(heads)), len(texts))
        placings = tuple(placing for placing in every if _fits(texts, heads, placing))
    if form is not None:
        placings = _filled(texts, heads, placings, form)
    if _TOTAL.match(squeeze(label)):
        placings = tuple(placing for placing in placings if _is_worth(heads, placing))
    return Figures(label, tuple(texts), heads, placings if len(placings) <= _MOST_PLACINGS else ())


def _filled(
    texts: Sequence[str], heads: Heads, placings: Sequence[Placing], form: Form
) -> tuple[Placing, ...]:
    """The placings that leave no column empty that a form fills, and no share that does not come out.

    Where a share comes out in some of them, these.
    """
    kept = [placing for placing in placings if form.filled.issubset(placing)]
    if form.filled:
        kept = [placing for placing in kept if _is_counted(texts, heads, placing)]
    for share in form.shares:
        comes = {placing: _is_share(texts, placing, share) for placing in kept}
        kept = [p for p in kept if comes[p]] or [p for p in kept if comes[p] is None]
    return tuple(kept)


def _is_counted(texts: Sequence[str], heads: Heads, placing: Placing) -> bool:
    """Whether every number of things is a whole one."""
    return len(texts) == len(heads) or not any(
        heads[at][0].measure == "count" and "." in text for text, at in zip(texts, placing, strict=True)
    )


def _is_share(texts: Sequence[str], placing: Placing, share: Share) -> bool | None:
    """Whether a placing's share is the quotient that it says to be, in percent; None where it has none."""
    if not {share.column, share.part, share.whole}.issubset(placing):
        return None
    told, part, whole = (value(texts[placing.index(k)]) for k in (share.column, share.part, share.whole))
    return bool(whole) and abs(100 * part / whole - told) <= _ROUNDED


def _is_worth(heads: Heads, placing: Placing) -> bool:
    """Whether a total has a net value wherever it has a gross one: a line of nothing has no note."""
    roles = {k: role_of(levels) for k, (_, levels) in enumerate(heads)}
    nets = [k for k, role in roles.items() if role == "net"]
    return all(
        k in placing
        for k in nets
        if any(roles[g] == "gross" and heads[g][1][:-1] == heads[k][1][:-1] for g in placing)
    )


def settled(rows: Sequence[Figures]) -> list[Placing]:
    """For each row the column of each figure, -1 where the placings that are left disagree."""
    left = list(rows)
    for _ in range(_ROUNDS):
        for total, parts in (*_totals(rows), *_movements(rows)):
            _narrow(left, total, parts)
    return [_agreed(row) for row in left]


Equation = tuple[int, list[tuple[int, int]]]  # the row of the total; sign and row of each part


def _totals(rows: Sequence[Figures]) -> Iterator[Equation]:
    """Each total with the rows since the one before, those inside another row left out."""
    parts: list[int] = []
    for k, row in enumerate(rows):
        if parts and row.heads != rows[parts[-1]].heads:
            parts = []
        if not _TOTAL.match(squeeze(row.label)):
            parts.append(k)
            continue
        if parts:
            yield k, [(1, part) for part in _outer(rows, parts)]
        parts = []


def _outer(rows: Sequence[Figures], parts: Sequence[int]) -> list[int]:
    """The rows of a table that are no parts of others: the numbered ones where it has a 其中."""
    labels = {k: squeeze(rows[k].label) for k in parts}
    if not any(label.startswith("其中") for label in labels.values()):
        return list(parts)
    numbered = [k for k in parts if _NUMBERED.match(labels[k])]
    return numbered or [k for k in parts if not labels[k].startswith("其中")]


def _movements(rows: Sequence[Figures]) -> Iterator[Equation]:
    """Opening balance, increase and decrease down a table, and the increases and decreases by kind."""
    roles = [role_of((normal_label(row.label),)) for row in rows]
    opening = -1
    changes: list[tuple[int, int]] = []
    for k, role in enumerate(roles):
        if role == "opening":
            opening, changes = k, []
        elif role == "closing" and opening >= 0 and changes:
            yield k, [(1, opening), *changes]
            ends = [*(change for _, change in changes), k]
            for start, end in pairwise(ends):
                if end > start + 1:
                    yield start, [(1, part) for part in range(start + 1, end)]
            opening, changes = -1, []
        elif opening >= 0 and _CHANGE.match(normal_label(rows[k].label)):
            changes.append((1 if role == "more" else -1, k))


def _narrow(rows: list[Figures], total: int, parts: Sequence[tuple[int, int]]) -> None:
    """Leaves the rows of an equation only those placings under which every column comes out, if any do."""
    places = [*(row for _, row in parts), total]
    signs = [*(sign for sign, _ in parts), -1]
    taking = [rows[k] for k in places]
    tables = prod(len(row.placings) for row in taking)
    if (
        not 1 < tables <= _MOST_TABLES
        or len({tuple(levels for _, levels in row.heads) for row in taking}) > 1
    ):
        return
    adding = [k for k, (column, _) in enumerate(taking[-1].heads) if column.measure == "amount"]
    amounts = [
        [[sign * row.column(placing, at) for at in adding] for placing in row.placings]
        for sign, row in zip(signs, taking, strict=True)
    ]
    fitting = [
        table
        for table in product(*(range(len(row.placings)) for row in taking))
        if all(
            sum(amount[choice][n] for amount, choice in zip(amounts, table, strict=True)) == 0
            for n in range(len(adding))
        )
    ]
    for k, choices in zip(places, zip(*fitting, strict=True), strict=False):
        rows[k] = replace(
            rows[k], placings=tuple(rows[k].placings[choice] for choice in dict.fromkeys(choices))
        )


def _agreed(row: Figures) -> Placing:
    return tuple(at[0] if len(set(at)) == 1 else -1 for at in zip(*row.placings, strict=True)) or (-1,) * len(
        row.texts
    )


def _fits(texts: Sequence[str], heads: Heads, placing: Placing) -> bool:
    """Whether shares stand under shares, beside what they are shares of, and every sum of the row comes out."""
    values = {at: value(text) for text, at in zip(texts, placing, strict=True)}
    for text, at in zip(texts, placing, strict=True):
        measure = heads[at][0].measure
        if (measure == "ratio" and abs(values[at]) > _WHOLE_SHARE) or (
            text.endswith("%") and measure not in ("ratio", "change")
        ):
            return False
    return _stands_by(heads, values) and all(_comes_out(heads, columns, values) for columns in _sums(heads))


def _stands_by(heads: Heads, values: Mapping[int, Decimal]) -> bool:
    """Whether no allowance and no share stands where the column before it, whose it is, is empty."""
    for at in values:
        levels = heads[at][1]
        dependent = heads[at][0].measure == "ratio" or role_of(levels) == "allowance"
        beside = at > 0 and len(levels) > 1 and heads[at - 1][1][:1] == levels[:1]
        if dependent and beside and at - 1 not in values:
            return False
    return True


def _sums(heads: Heads) -> Iterator[dict[int, int]]:
    """The sums that a row keeps, as columns with their signs, 0 for either: balances with movements, movements
    with their subtotal, gross with allowance and net value of a period, classes with their total.
    """
    roles = [role_of(levels) for _, levels in heads]
    moved = [k for k, role in enumerate(roles) if role in ("more", "less", "either")]
    if "opening" in roles and "closing" in roles and (moved or "subtotal" in roles):
        ends = {roles.index("opening"): 1, roles.index("closing"): -1}
        if "subtotal" in roles:
            yield {**ends, roles.index("subtotal"): 0}
            yield {**{k: _SIGNS[str(roles[k])] for k in moved}, roles.index("subtotal"): 0}
        else:
            yield {**ends, **{k: _SIGNS[str(roles[k])] for k in moved}}
    valued = [k for k, role in enumerate(roles) if role in ("gross", "allowance", "net")]
    for _, group in groupby(valued, key=lambda k: heads[k][1][0] if len(heads[k][1]) > 1 else ""):
        columns = {k: _SIGNS[str(roles[k])] for k in group}
        if len(columns) == 3:
            yield columns
    if roles[-1] == "sum" and set(roles[:-1]) == {None}:
        first = next(k for k, (_, levels) in enumerate(heads) if levels[:-1] == heads[-1][1][:-1])
        yield {**dict.fromkeys(range(first, len(heads) - 1), 1), len(heads) - 1: -1}


def _comes_out(heads: Heads, columns: Mapping[int, int], values: Mapping[int, Decimal]) -> bool:
    """Whether a sum is nought, columns of either sign taken as they fit."""
    fixed = sum((sign * values.get(k, Decimal(0)) for k, sign in columns.items()), Decimal(0))
    either = [values[k] for k, sign in columns.items() if not sign and k in values]
    return any(
        fixed + sum((sign * v for sign, v in zip(signs, either, strict=True)), Decimal(0)) == 0
        for signs in product((1, -1), repeat=len(either))
    )


def value(text: str) -> Decimal:
    """What a cell is worth in a sum; signs of no figure are nought."""
    return parse_amount(text) or Decimal(0)
