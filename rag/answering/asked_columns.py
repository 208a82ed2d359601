"""Which cells of a row a question names: by the words of their columns' heads, and by their periods.

A row of ten figures under a head of two levels answers with the one or two that are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.filings.column_heads import measured
from rag.filings.fiscal import same_time
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Cell, Column, Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.question import Query
from rag.structure.columns import is_superseded

_SUM = frozenset({"合计", "总计"})
# Said of every column alike: 期末余额 over 账面余额.
_COMMON = frozenset({"金额", "余额"})
# Between two balances: which of the three kinds is asked for is a matter of the whole row.
_MOVED = re.compile(r"[本期年]*(?:增加|减少|计提|转回|变动)")
_BALANCE = re.compile(r"期[末初]余额$")
_CHANGES = ("change", "points")
_CLAUSE, _ASKS = re.compile(r"[,，;；。?？]"), re.compile(r"多少|几|还是|[率例额]$")
_CHANGE = re.compile(r"同比|环比|增[长减加幅速]|变动|下降|减少|还是")
_SHORTEST_LABEL = 4
_AND = re.compile(r"[和及与、,，]|以及|多少")
_GROWTH = re.compile(r"增长率|增速|[增降涨跌]幅|百分(?!点)")
_MEASURES = re.compile(r"收入|营收|销售|金额|采购|成本")
_SHARES = re.compile(r"比例|占比|比重|百分|率|几成")


def asked_cells(row: Row, passage: Passage, query: Query, own: str) -> tuple[Cell, ...]:
    """The cells of the columns that the question names, in the periods asked for; () where it names none.

    `own` is the filing's period, meant where no period is asked for.  Printed changes go with what has changed.
    """
    placed = [(cell, passage.columns[cell.column]) for cell in row.cells if cell.column >= 0]
    amounts = [(cell, column) for cell, column in placed if column.measure not in _CHANGES]
    kinds = tuple(dict.fromkeys(measured(column.head) for _, column in amounts))
    if len(placed) < len(row.cells) or len(kinds) < 2 or len({column.scope for _, column in placed}) > 1:
        return ()
    title = squeeze("".join(passage.section[-2:]))
    changes = [cell for cell, column in placed if column.measure in _CHANGES]
    words, items = without_label(query.text, row.label), _of_items(row, kinds, query)
    asked = _Asked(query, words, title, grows=bool(changes), items=items)
    names = _names(kinds, amounts, asked)
    if not names:
        return ()
    found = [
        cell
        for name in names
        for cell in _in_period(
            [pair for pair in amounts if measured(pair[1].head) == name], query.periods, own
        )
    ]
    if _is_of_another_time(found, amounts, query.periods or (own,)):
        return ()
    changed = query.asks_change or query.kind == "compare"
    only = changes if len(changes) == 1 and len(names) > 1 else []
    with_it = [cell for cell in changes if _changes_of(passage.columns[cell.column].head, names[0], kinds)]
    told = found + (with_it or only)[:1] if changed and (len(names) == 1 or only) else found
    told = _beside_amount(told, row, passage, query.periods or (own,))
    # 占净资产的比例 printed once beside the amount and once beside the balance.
    once = {(measured(passage.columns[cell.column].head), cell.text): cell for cell in reversed(told)}
    return tuple(cell for cell in told if cell in once.values())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a row: the question, its words without the row's label, the table's title.

    `items` are the columns of its line items; `grows` is true of a row that prints changes, which a growth rate
    asked for is one of.
    """

    query: Query
    words: str
    title: str
    grows: bool
    items: tuple[str, ...]

    @property
    def asks_growth(self) -> bool:
        """Whether a growth rate is asked for, and no share or rate beside it."""
        return self.grows and self.query.asks_change and not _is_share(_GROWTH.sub("", self.words))


def _names(kinds: Sequence[str], amounts: Sequence[tuple[Cell, Column]], asked: _Asked) -> tuple[str, ...]:
    """The kinds of columns that the question names; () where it names none."""
    amount = asked.asks_growth or _asks_amount(asked.query)
    plain = tuple(kind for kind in kinds if not _is_share(kind)) if amount else ()
    told = (
        _of_units(kinds, amounts, asked),
        _of_clauses(kinds, asked.words, asked.title),
        _of_list(kinds, asked.words),
    )
    names = max(told, key=len) or asked.items
    names = names or named_columns(plain or kinds, asked.words, asked.title)
    names = names or named_columns(plain or kinds, asked.query.text, asked.title)
    names = names or (plain if len(plain) == 1 else ())
    names = names or tuple(kind for kind in kinds[-1:] if kind in _SUM)
    if not names and "" in kinds and not any(_MOVED.match(kind) for kind in kinds):
        return ("",)
    return names


def _changes_of(head: str, name: str, kinds: Sequence[str]) -> bool:
    """Whether a column of changes is of the column `name`: it says so, or it names none and stands beside amounts."""
    if name and name in head:
        return True
    return not any(kind and kind in head for kind in kinds) and not _is_share(name) and not _is_share(head)


def _beside_amount(told: Sequence[Cell], row: Row, passage: Passage, asked: Sequence[str]) -> list[Cell]:
    """The cells without those that stand behind another year's amount, of several under one head (占比)."""
    kept: list[Cell] = []
    for cell in told:
        others = [other for other in told if other.column == cell.column]
        before = row.cells[row.cells.index(cell) - 1]
        period = passage.columns[before.column].period
        if len(others) < 2 or not period or any(same_time(period, time) for time in asked):
            kept.append(cell)
    return kept


def _asks_amount(query: Query) -> bool:
    """Whether nothing in the question speaks of a share or a rate."""
    return not _is_share(query.text) and not any("%" in units for units in query.expects)


def _is_of_another_time(
    found: Sequence[Cell], amounts: Sequence[tuple[Cell, Column]], asked: Sequence[str]
) -> bool:
    """Whether the row has figures of the time asked for, and none of those found is one."""
    fitting = [cell for cell, column in amounts if any(same_time(column.period, p) for p in asked)]
    return bool(fitting) and not any(cell in fitting for cell in found)


def without_label(words: str, label: str) -> str:
    """The words without the longest run of them that a row's label says: what is left is about its columns."""
    asked, said = squeeze(words), squeeze(label)
    runs = (asked[a:b] for a in range(len(asked)) for b in range(a + _SHORTEST_LABEL, len(asked) + 1))
    longest = max((run for run in runs if run in said), key=len, default="")
    return asked.replace(longest, " ", 1) if longest else asked


def _of_clauses(kinds: Sequence[str], words: str, title: str) -> tuple[str, ...]:
    """For each of several clauses that ask the column it names: 累计投入多少, 投入进度多少; () where one asks alone.

    是增加还是减少 asks for both columns.
    """
    asking = [clause for clause in _CLAUSE.split(words) if _ASKS.search(clause)]
    named = [
        name for clause in asking for name in named_columns(kinds, clause, title) or _plain(kinds, clause)
    ]
    either = [name for clause in asking if "还是" in clause for name in _either(kinds, clause)]
    return tuple(dict.fromkeys((*named, *either))) if len(asking) > 1 else ()


def _of_items(row: Row, kinds: Sequence[str], query: Query) -> tuple[str, ...]:
    """The only column of a line item asked for, where the row itself is of none (坏账准备期末余额)."""
    if line_item_of(row.label):
        return ()
    found = [kind for kind in kinds if line_item_of(_BALANCE.sub("", kind)) in query.line_items]
    return tuple(found) if len(found) == 1 else ()


def _plain(kinds: Sequence[str], clause: str) -> tuple[str, ...]:
    """The column of amounts that has no name but its time, where a clause asks how much and for no rate."""
    return ("",) if "" in kinds and not _is_share(clause) and not _CHANGE.search(clause) else ()


def _either(kinds: Sequence[str], clause: str) -> list[str]:
    """The columns of rises and falls, where it is asked which of the two there was."""
    return [kind for kind in kinds for word in ("增加", "减少") if word in kind and word in clause]


def _of_list(kinds: Sequence[str], words: str) -> tuple[str, ...]:
    """For each part of an enumeration the column it names: 收入和毛利率; () where fewer than two are named.

    A part that speaks of no share names an amount: the only column that is none, where its words name no other.
    """
    found: dict[str, None] = {}
    for part in _AND.split(words):
        fitting = [kind for kind in kinds if _is_share(kind) == _is_share(part)]
        named = named_columns(fitting, part)
        if not named and len(fitting) == 1 and (_is_share(part) or _MEASURES.search(part)):
            named = tuple(fitting)
        found.update(dict.fromkeys(named[:1]))
    return tuple(found) if len(found) > 1 else ()


def _of_units(kinds: Sequence[str], placed: Sequence[tuple[Cell, Column]], asked: _Asked) -> tuple[str, ...]:
    """For each figure asked for the column of a fitting unit; () where not every one has such a column."""
    query, words = asked.query, asked.words
    if query.kind not in ("number", "compare", "calc"):
        return ()
    found: list[str] = []
    for units in query.expects:
        if asked.asks_growth and "%" in units:
            continue
        fitting = [
            kind for kind in kinds if any(c.unit in units and measured(h.head) == kind for c, h in placed)
        ]
        if not fitting:
            return ()
        # What the label says of itself may name the column too: 坏账准备 of 按模型计提坏账准备.
        named = named_columns(fitting, words) or named_columns(fitting, query.text)
        if len(fitting) > 1 and not named:
            return ()
        found += named if len(fitting) > 1 else fitting
    return tuple(dict.fromkeys(found))


def named_columns(heads: Sequence[str], words: str, title: str = "") -> tuple[str, ...]:
    """The heads that words name: those they hold whole, else the one that shares most with them; () where none does.

    A head that the title says too is what the table is of, and not what is asked of it.
    """
    asked = squeeze(words)
    whole = [head for head in heads if head and head in asked]
    apart = [head for head in whole if head not in title] or whole
    shares = {head: _share(head, heads, asked) for head in heads}
    best = max(shares.values(), default=0)
    if apart and max(shares[head] for head in apart) >= best:
        return tuple(apart)
    found = [head for head in heads if shares[head] == best > 0]

    def fits(head: str) -> tuple[bool, int, int]:
        # 计提比例 is asked by 账面余额多少,计提比例多少, not 账面余额比例.
        return _is_share(head) != _is_share(asked), -_end_said(head, asked), len(head)

    return tuple(sorted(found, key=fits))[:1]


def _is_share(words: str) -> bool:
    return _SHARES.search(words) is not None


def _end_said(head: str, asked: str) -> int:
    """How many of the head's last characters the words hold in one run."""
    return max((n for n in range(len(head) + 1) if head[len(head) - n :] in asked), default=0)


def _share(head: str, heads: Sequence[str], asked: str) -> int:
    """How many bigrams that tell a head from the others the words hold."""
    pairs = {head[i : i + 2] for i in range(len(head) - 1)} - _COMMON
    alike = [pair for pair in pairs if all(pair in other for other in heads)]
    return sum(pair in asked for pair in pairs.difference(alike))


def _in_period(placed: Sequence[tuple[Cell, Column]], periods: Sequence[str], own: str) -> list[Cell]:
    """The cells of one kind of column in the periods asked for, all of them where none fits."""
    kept = [(cell, column) for cell, column in placed if not is_superseded(column.head)] or list(placed)
    asked = periods or (own,)
    fitting = [cell for period in asked for cell, column in kept if same_time(column.period, period)]
    return list(dict.fromkeys(fitting)) or [cell for cell, _ in kept]
