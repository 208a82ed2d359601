"""A filing's tokens cut into blocks: headings, tick boxes, captions, tables, prose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.filings.passage import Scope, Statement
from rag.structure.cells import Core, cores
from rag.structure.grid import Grid
from rag.structure.outline import Mark, box_at, heading_at
from rag.structure.sequences import Numbering
from rag.structure.tokens import Token

BlockKind = Literal["heading", "box", "caption", "statement", "contents", "table", "prose"]
_UNIT = re.compile(r"^[（(]?(?:货币|金额)?单位[:：]?")
_CURRENCY = re.compile(
    r"^(?:[:：]|币种[:：]?|人民币|(?:[百千万亿]*元)|美元|[:：](?:[百千万亿]*元)|[）)])+[）)]?$"
)
_LONE_UNIT = re.compile(r"^[百千万亿]*元$")  # 单位: is left out
_STATEMENT = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,2}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)])?"
    r"(合并[及和与](?:母公司|公司|本行|银行)|合并|母公司|公司|本行|本集团)?(?:年初[到至]报告期末|本报告期)?(资产负债表|利润表|损益表|现金流量表|(?:所有者|股东)权益变动表)(?:[（(]续[）)])?$"
)
_KINDS: dict[str, Statement] = {
    "资产负债表": "balance_sheet",
    "利润表": "income_statement",
    "损益表": "income_statement",
    "现金流量表": "cash_flow",
    "所有者权益变动表": "equity_changes",
    "股东权益变动表": "equity_changes",
}
_SCOPES: dict[str, Scope] = {"母公司": "parent", "公司": "parent", "本行": "parent"}
_SIGNATURE = re.compile(r"^(?:公司负责人|法定代表人|企业负责人|主管会计工作(?:的)?(?:公司)?负责人)[:：]?")
_AFTER_STATEMENTS = re.compile(r"基本情况|编制基础|会计政策|附注|审计报告")
# The last rows of the statements; headings may follow.
_LAST_ROW = re.compile(r"负债[和及](?:所有者|股东)权益.*总计|期末现金及现金等价物余额|稀释每股收益")
_LAST_ROW_TOKENS = 12
_LEADERS = re.compile(r"[.．…·]{4,}")
STATEMENT_TOKENS = 1200
# A statement stands below every heading above it, and every heading ends it.
_STATEMENT_LEVEL, _STATEMENT_DEPTH = 6, 99
# A narrow column breaks a reason into no more lines than this.
REASON_TOKENS = 8
_NO_GRID = Grid()


@dataclass(frozen=True, slots=True)
class Block:
    """Tokens `first`..`last` (inclusive) of one kind; a table carries its row cores."""

    kind: BlockKind
    first: int
    last: int
    mark: Mark | None = None
    cores: tuple[Core, ...] = ()
    statement: Statement = "other"
    scope: Scope | None = None


def blocks_of(tokens: Sequence[Token], grid: Grid = _NO_GRID) -> list[Block]:
    """The blocks in reading order; every token is in exactly one. `grid` holds the rows read by ruling lines."""
    marks = _Marks(tokens, grid)
    found: list[Block] = []
    free = 0
    for block in marks.walk():
        if block.first > free:
            found.extend(_tables_and_prose(tokens, free, block.first - 1, marks.rows))
        found.append(block)
        free = block.last + 1
    if free < len(tokens):
        found.extend(_tables_and_prose(tokens, free, len(tokens) - 1, marks.rows))
    return found


class _Marks:
    """The blocks that show by themselves (all but tables and prose), statement by statement."""

    def __init__(self, tokens: Sequence[Token], grid: Grid) -> None:
        self._tokens = tokens
        self._ruled = grid.tokens
        self.rows = _with_grid(cores(tokens), grid)
        self._in_core = {i for core in self.rows for i in range(core.first, core.last + 1)}
        self._statement_until = -1
        self._headings = self._candidates()
        self._numbering = Numbering(tuple(self._headings.values()))

    def walk(self) -> list[Block]:
        found: list[Block] = []
        i = 0
        while i < len(self._tokens):
            block = None if i in self._in_core else self._at(i)
            if block is not None:
                found.append(block)
            i = block.last + 1 if block is not None else i + 1
        return found

    def _at(self, i: int) -> Block | None:
        text = self._tokens[i].text
        if _LEADERS.search(text):
            paged = i + 1 < len(self._tokens) and self._tokens[i + 1].text.isdigit()
            return Block("contents", i, i + paged)
        if n := box_at(self._tokens, i):
            return Block("box", i, i + n - 1)
        if _UNIT.match(text) and len(text) < 24:
            return self._caption(i)
        if _LONE_UNIT.match(text) and self._is_alone(i):
            return Block("caption", i, i)
        return self._statement(i) or self._heading(i)

    def _caption(self, i: int) -> Block:
        last = i
        while last + 1 < len(self._tokens) and last < i + 4 and _CURRENCY.match(self._tokens[last + 1].text):
            last += 1
        return Block("caption", i, last)

    def _is_alone(self, i: int) -> bool:
        """Whether a token is a line of its own, and not the rest of a bracket that the line above opens."""
        before, after = self._tokens[max(0, i - 1)].text, self._tokens[i + 1 : i + 2]
        opened = max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))
        return self._tokens[i].starts_line and all(token.starts_line for token in after) and not opened

    def _statement(self, i: int) -> Block | None:
        """A statement's own caption, alone on its line or broken over two tokens (`2、 母公司资产负债表`)."""
        for last in (i, i + 1):
            if last >= len(self._tokens):
                return None
            title = "".join(token.text for token in self._tokens[i : last + 1])
            found = _STATEMENT.match(title)
            if found and self._has_rows_after(last):
                self._statement_until = last + STATEMENT_TOKENS
                scope = _SCOPES.get(found[1], "consolidated") if len(found[1] or "") < 4 else None
                return Block(
                    "statement",
                    i,
                    last,
                    Mark(_STATEMENT_LEVEL, i, last, title, depth=_STATEMENT_DEPTH),
                    (),
                    _KINDS[found[2]],
                    scope,
                )
        return None

    def _has_rows_after(self, i: int) -> bool:
        k = bisect_left([core.first for core in self.rows], i)
        near = self.rows[k : k + 3]
        return len(near) == 3 and near[2].first - i < 160

    def _heading(self, i: int) -> Block | None:
        if _SIGNATURE.match(self._tokens[i].text):
            self._statement_until = -1
            return None
        if i <= self._statement_until and _LAST_ROW.search("".join(t.text for t in self._tokens[i : i + 2])):
            self._statement_until = min(self._statement_until, i + _LAST_ROW_TOKENS)
        mark = self._headings.get(i)
        if mark is None:
            return None
        if i <= self._statement_until and mark.level > 1 and not _AFTER_STATEMENTS.search(mark.text):
            return None
        depth = self._numbering.depth_of(mark)
        if not depth:
            return None
        self._statement_until = -1 if mark.level <= 2 else self._statement_until
        return Block("heading", mark.first, mark.last, replace(mark, depth=depth))

    def _candidates(self) -> dict[int, Mark]:
        """What may be a heading, by its first token; nothing inside a ruled table is one."""
        free = (i for i in range(len(self._tokens)) if i not in self._ruled and i not in self._in_core)
        marks = (heading_at(self._tokens, i, self._in_core) for i in free)
        return {mark.first: mark for mark in marks if mark is not None}


def _with_grid(rows: Sequence[Core], grid: Grid) -> list[Core]:
    """The rows read by lines, and those read by the text's order outside ruled tables."""
    outside = (core for core in rows if grid.tokens.isdisjoint(range(core.first, core.last + 1)))
    return sorted((*grid.cores, *outside), key=lambda core: core.first)


def _tables_and_prose(tokens: Sequence[Token], first: int, last: int, rows: Sequence[Core]) -> list[Block]:
    """Stretches with row cores are tables; sentence ends part them from prose."""
    found: list[Block] = []
    start = first
    inner = {
        i
        for core in rows
        if core.placed
        for i in range(min(core.placed.first, core.first), max(core.last, core.placed.end + 1))
    }
    for i in range(first, last + 1):
        if i == last or (tokens[i].text.endswith(("。", "；")) and i not in inner):
            found.extend(_stretch(tokens, start, i, rows))
            start = i + 1
    return _merged(found)


def _stretch(tokens: Sequence[Token], first: int, last: int, rows: Sequence[Core]) -> list[Block]:
    """One stretch without a sentence end inside: a table with what follows it as prose, or prose."""
    k = bisect_left([core.first for core in rows], first)
    inside = []
    while k < len(rows) and rows[k].last <= last:
        inside.append(rows[k])
        k += 1
    cells = sum(len(core.cells) for core in inside)
    if not inside or (len(inside) < 2 and cells < 2 and last - first >= 12):
        return [Block("prose", first, last)]
    placed = inside[-1].placed
    end = placed.end if placed and placed.end >= 0 else _with_reason(tokens, inside[-1].last, last)
    table = Block("table", first, end, None, tuple(inside))
    return [table] if end == last else [table, Block("prose", end + 1, last)]


def _with_reason(tokens: Sequence[Token], end: int, last: int) -> int:
    """The end of a table's last row with the reason that its last column gives below the figures."""
    for i in range(end + 1, min(last, end + REASON_TOKENS) + 1):
        if "原因" in tokens[i].text:
            break
        if tokens[i].text.endswith("所致"):
            return i
    return end


def _merged(blocks: list[Block]) -> list[Block]:
    merged: list[Block] = []
    for block in blocks:
        if merged and block.kind == "prose" and merged[-1].kind == "prose":
            merged[-1] = Block("prose", merged[-1].first, block.last)
        else:
            merged.append(block)
    return merged
