"""Blocks become passages: small enough to quote, never across a heading, each on its exact spans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rag.filings.passage import Cell, Column, Passage, PassageKind, Row, Scope, Statement, passage_id
from rag.filings.text import squeeze
from rag.filings.tick_box import BOX_SIGNS, ticked_answer
from rag.filings.unit import unit_of
from rag.structure.blocks import Block
from rag.structure.cell_units import cell_units, is_plausible
from rag.structure.columns import Head, form_of
from rag.structure.flattened import FlatTable, is_flattened, learn
from rag.structure.identities import STATEMENTS
from rag.structure.names import Names
from rag.structure.outline import MAX_HEADING
from rag.structure.rows import TableRow, rows_of
from rag.structure.tokens import Token, glue, spans_of

_UNIT = re.compile(r"单位[:：]?(?:人民币)?(?P<unit>[^:()（）、,，/]{1,6}?)(?:币种|人民币|[)）]|$)")
_MONEY_UNIT = re.compile(r"单位[:：]?(?:人民币)?([百千万亿]*(?:元|股|美元|港元|吨|人|户))")
_PARENT_NOTES = re.compile(r"母公司(?:财务报表|会计报表)")
_NOTES = re.compile(r"合并财务报表|财务报告")
_NOT_TICKED = ("不适用", "否", "无")
_ENDERS = ("。", "！", "？", "；", ":", "：", ";")
_DIGITS = re.compile(r"^[-－\d,.()（）%％]+$")
_LEAD_CHARS = 80
_FEWEST_ROWS, _LEAST_KNOWN = 3, 0.3  # a statement names its lines in the standards' words
_LABEL_CHARS = 60
_LEFT = 0.4  # a table's last rows, its total among them, stay with those before where they are few


@dataclass(slots=True)
class _State:
    """Where the walk stands: heading path, statement, unit, the last table's head, tokens not yet in a passage."""

    path: list[tuple[int, str]] = field(default_factory=list)
    statement: Statement = "other"
    scope: Scope | None = None
    unit: str = ""
    head: tuple[str, ...] = ()
    lead: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)


class PassageMaker:
    """Walks a filing's blocks once; `made` holds the passages in reading order.

    `statement_unit` is the unit of the statements whose own pages print none.
    """

    def __init__(
        self, filing_id: str, period: str, tokens: Sequence[Token], max_chars: int, statement_unit: str = ""
    ) -> None:
        self._filing_id = filing_id
        self._period = period
        self._tokens = tokens
        self._max = max_chars
        self._statement_unit = statement_unit
        self._state = _State()
        self._names = Names(tokens)
        self.made: list[Passage] = []

    def run(self, blocks: Sequence[Block]) -> list[Passage]:
        """All passages of the blocks."""
        steps = {
            "heading": self._heading,
            "statement": self._statement,
            "caption": self._caption,
            "box": self._box,
            "table": self._table,
            "prose": self._prose,
            "contents": self._contents,
        }
        flat = (self._flat(block) for block in blocks if block.kind == "table")
        learn(self._names, (table for table in flat if table is not None))
        for block in blocks:
            steps[block.kind](block)
        self._flush()
        return self.made

    def _heading(self, block: Block) -> None:
        self._flush()
        if block.mark is None:
            return
        state = self._state
        state.path = [step for step in state.path if step[0] < block.mark.depth]
        state.path.append((block.mark.depth, block.mark.text))
        state.statement, state.unit, state.head = "other", "", ()
        state.scope = self._scope_of_path()
        state.lead = list(range(block.first, block.last + 1))

    def _statement(self, block: Block) -> None:
        self._heading(block)
        self._state.statement, self._state.scope = block.statement, block.scope
        self._state.unit = self._statement_unit

    def _scope_of_path(self) -> Scope | None:
        path = "".join(text for _, text in self._state.path)
        if _PARENT_NOTES.search(path):
            return "parent"
        return "consolidated" if _NOTES.search(path) else None

    def _contents(self, block: Block) -> None:
        """A line of the contents table is dropped, the title before its leaders too."""
        if sum(len(self._tokens[i].text) for i in self._state.body) > MAX_HEADING:
            self._flush()
        self._state.lead, self._state.body = [], []

    def _caption(self, block: Block) -> None:
        self._settle_body()
        text = squeeze("".join(token.text for token in self._tokens[block.first : block.last + 1]))
        lone = text if not self._state.unit and unit_of(text) is not None else ""
        self._state.unit = _caption_unit(text) or lone or self._state.unit
        self._state.lead.extend(range(block.first, block.last + 1))

    def _prose(self, block: Block) -> None:
        self._state.body.extend(range(block.first, block.last + 1))

    def _settle_body(self) -> None:
        """Short unfinished prose before a table belongs to it; anything else is its own passage."""
        body = self._state.body
        text = "".join(self._tokens[i].text for i in body)
        if body and (len(text) > _LEAD_CHARS or text.endswith("。")):
            self._flush()
        else:
            self._state.lead.extend(body)
            self._state.body = []

    def _box(self, block: Block) -> None:
        """A box is read with the heading, or the line of its own, that it answers."""
        label = self._box_label()
        if label:
            self._state.body = self._state.body[: -len(label)]
            self._flush()
            self._state.lead = label
        elif self._state.body:
            self._flush()
        box = list(range(block.first, block.last + 1))
        text = "".join(self._tokens[i].text for i in box)
        if ticked_answer(text) in _NOT_TICKED:
            self._emit("box", [*self._state.lead, *box], ())
            self._state.lead = []
        else:
            self._state.lead.extend(box)

    def _box_label(self) -> list[int]:
        """The last tokens of pending text that form a line without a closing mark."""
        body, label = self._state.body, list[int]()
        while body and len(label) < 3:
            token = self._tokens[body[-1 - len(label)]] if len(label) < len(body) else None
            if token is None or token.text.endswith(_ENDERS[:4]):
                break
            label.insert(0, body[-1 - len(label)])
            if token.starts_line or sum(len(self._tokens[i].text) for i in label) > _LABEL_CHARS:
                break
        return label

    def _table(self, block: Block) -> None:
        self._settle_body()
        state = self._state
        title = "".join(text for _, text in state.path[-2:])
        words = tuple(self._tokens[i].text for i in state.lead if not self._is_heading_token(i))
        if not words and min(len(core.cells) for core in block.cores) > 1:
            words = state.head  # the table goes on behind the sentences of its cells
        head = Head(words, title, state.unit, self._period, state.statement)
        rows = rows_of(self._tokens, block.first, block.cores, head, self._flat(block))
        if _is_astray(rows, state.statement):
            state.statement = "other"
        state.head = (*words, *self._words(block.first, rows[0].first))
        form = form_of(Head(state.head, title, "", ""))
        statement = form.statement if form is not None and state.statement == "other" else state.statement
        self._emit_table(block, rows, statement)

    def _flat(self, block: Block) -> FlatTable | None:
        """The table where its lines are not known; None where they are."""
        if not is_flattened(self._tokens[block.first : block.last + 1]):
            return None
        return FlatTable(self._tokens, self._names, block.first, block.last, block.cores)

    def _is_heading_token(self, i: int) -> bool:
        return bool(self._state.path) and self._tokens[i].text in self._state.path[-1][1]

    def _words(self, first: int, until: int) -> tuple[str, ...]:
        return tuple(token.text for token in self._tokens[first:until])

    def _emit_table(self, block: Block, rows: Sequence[TableRow], statement: Statement) -> None:
        context = " ".join((*self._words(block.first, rows[0].first),))[:200]
        start, group = block.first, list[TableRow]()
        lead = self._state.lead
        self._state.lead = []
        for k, row in enumerate(rows):
            group.append(row)
            end = rows[k + 1].first - 1 if k + 1 < len(rows) else block.last
            size = sum(len(token.text) + 1 for token in self._tokens[start : end + 1])
            left = sum(len(token.text) + 1 for token in self._tokens[end + 1 : block.last + 1])
            if (size >= self._max and left >= _LEFT * self._max) or k + 1 == len(rows):
                self._emit("table", [*lead, *range(start, end + 1)], group, statement, context)
                start, group, lead = end + 1, [], []

    def _flush(self) -> None:
        """Pending prose becomes passages of at most the allowed length, cut at sentence ends."""
        state, start = self._state, 0
        if not state.body:
            return
        piece = list(state.lead)
        size = 0
        for n, i in enumerate(state.body):
            piece.append(i)
            size += len(self._tokens[i].text)
            following = state.body[n + 1] if n + 1 < len(state.body) else None
            ahead = len(self._tokens[following].text) if following is not None else 0
            full = size + ahead > self._max and self._tokens[i].text.endswith(_ENDERS[:4])
            if following is not None and (full or size > 1.5 * self._max):
                self._emit("prose", piece, ())
                piece, size, start = [], 0, n + 1
        if start < len(state.body):
            self._emit("prose", piece, ())
        state.lead, state.body = [], []

    def _emit(
        self,
        kind: PassageKind,
        indexes: list[int],
        rows: Sequence[TableRow],
        statement: Statement = "other",
        context: str = "",
    ) -> None:
        state = self._state
        text, offsets = self._compose(indexes, rows)
        if not text.strip():
            return
        columns = tuple(dict.fromkeys(column for row in rows for column in row.columns))
        place = dict(zip(indexes, offsets, strict=True))
        placed = tuple(_row(row, columns, place, self._tokens, state.unit) for row in rows)
        ordinal = len(self.made)
        self.made.append(
            Passage(
                passage_id(self._filing_id, ordinal),
                self._filing_id,
                ordinal,
                kind,
                tuple(step for _, step in state.path),
                spans_of([self._tokens[i] for i in indexes]),
                text,
                context,
                state.unit,
                state.scope,
                statement,
                columns,
                placed,
            )
        )

    def _compose(self, indexes: list[int], rows: Sequence[TableRow]) -> tuple[str, list[int]]:
        """The passage's text and the offset of each token in it."""
        starts = {row.first for row in rows} | {row.last + 1 for row in rows}
        leads = set(self._state.lead)
        cut = {i for row in rows for a, b, _ in row.cells for i in range(a + 1, b + 1)}
        text, offsets = "", list[int]()
        for n, i in enumerate(indexes):
            token = self._tokens[i]
            if n and not (i in cut and _DIGITS.match(self._tokens[i - 1].text + token.text)):
                text += self._separator(indexes[n - 1], i, i in starts, bool(rows), leads)
            offsets.append(len(text))
            text += token.text
        return text, offsets

    def _separator(self, before: int, i: int, new_row: bool, table: bool, leads: set[int]) -> str:
        left, right = self._tokens[before], self._tokens[i]
        if new_row or left.ends_paragraph or (before in leads and i not in leads):
            return "\n"
        if table or (before in leads and right.text[:1] in BOX_SIGNS):
            return " "
        return glue(left.text, right.text)


def _is_astray(rows: Sequence[TableRow], statement: Statement) -> bool:
    """Whether a table under a statement's name is none: hardly a row of it is a line of any statement."""
    known = sum(bool(row.line_item) for row in rows)
    return statement in STATEMENTS and len(rows) >= _FEWEST_ROWS and known < _LEAST_KNOWN * len(rows)


def _caption_unit(text: str) -> str:
    """The unit that a caption states (`单位:万元 币种:人民币`, `单位:个`); "" where it states none."""
    found = _UNIT.search(text)
    if found is not None and unit_of(found["unit"]) is not None:
        return found["unit"]
    money = _MONEY_UNIT.search(text)
    return money[1] if money else ""


def _row(
    row: TableRow, columns: Sequence[Column], place: Mapping[int, int], tokens: Sequence[Token], unit: str
) -> Row:
    texts = ["".join(token.text for token in tokens[a : b + 1]) for a, b, _ in row.cells]
    known = [row.columns[c] if c >= 0 else None for _, _, c in row.cells]
    if not is_plausible(texts, known):
        known = [None] * len(texts)
    units = cell_units(texts, row.label, known, row.unit or unit)
    cells = tuple(
        Cell(
            text,
            place[a],
            place[b] + len(tokens[b].text),
            columns.index(column) if column is not None else -1,
            own,
        )
        for text, (a, b, _), column, own in zip(texts, row.cells, known, units, strict=True)
    )
    remark = place[row.remark] + len(tokens[row.remark].text) if row.remark in place else -1
    end = place[row.last] + len(tokens[row.last].text)
    return Row(row.label, place[row.first], end, cells, remark, row.group)
