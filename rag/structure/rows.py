"""The rows of a table: where each begins, what its label is, which column each figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.filings.lexicon import line_item_of
from rag.filings.passage import Column
from rag.filings.text import squeeze
from rag.filings.unit import unit_of
from rag.structure.cells import Core, is_note, is_piece_of_points
from rag.structure.columns import (
    Head,
    Levels,
    as_of_year_end,
    columns_of,
    dated,
    form_of,
    is_head_piece,
    is_head_word,
    placed_column,
    told_by_label,
    whole_columns,
)
from rag.structure.flattened import FlatTable
from rag.structure.heads import known_until, total_name
from rag.structure.placing import figures_of, settled
from rag.structure.row_groups import GROUPED, group_above, group_in, named_by_groups
from rag.structure.strokes import without_strokes
from rag.structure.tokens import Token, glue
from rag.structure.wrapped import Wrapped

# A label may be broken over this many tokens before its figures, and over this many after them.
_BEFORE, _AFTER = 6, 3
_LONG_LABEL = 40
_SHORT_LABEL = 24
_NARROW = 8  # signs in a line of a column that breaks its words
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.]|其中[:：])"
)
# The end of the row above, which its wrapped label left before this one: 号填列)
_TAIL = re.compile(r"^[^()（）]{0,6}填列[)）]")
_ADDED = re.compile(r"^[加减][:：]")
_THOUSANDS = re.compile(r"\d,\d{3}")
_MOVEMENT = re.compile(r"(?:当期|本期|其他)变动$|报告期内增减(?:变动)?(?:情况)?$")
_TOTALS = ("合计", "小计", "总计")
_SERIAL = re.compile(r"^\d{1,2}$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's tokens `first`..`last` (label and figures), its label as printed and mended, its line item.

    `cells` are (first token, last token, column); column -1 where the row has not as many figures as columns.
    `unit` is what a column of units says of the row, else ""; `remark` the last token of a remark behind the figures;
    `group` the row without figures that it stands under, else "".
    """

    first: int
    last: int
    label: str
    line_item: str
    cells: tuple[tuple[int, int, int], ...]
    columns: tuple[Column, ...]
    unit: str = ""
    remark: int = -1
    group: str = ""


def rows_of(
    tokens: Sequence[Token], first: int, cores: Sequence[Core], head: Head, flat: FlatTable | None = None
) -> list[TableRow]:
    """The rows of one table; `first` is its first token, `head` what stands above it, `flat` itself if flattened.

    A head between two rows counts for the rows below it; the table's title speaks for it where it is the same.
    """
    rows: list[TableRow] = []
    heads: list[Head] = []
    groups: list[str] = []
    cores = _without_notes(tokens, cores, head) or cores
    if _is_statement(head):
        flat = None  # its lines have one cell of words
    pieced: Sequence[Wrapped | None] = [None] * len(cores)
    if flat is not None:
        cores, pieced = flat.rows(cores)
    words, title = head.words, head.title
    free, group = first, ""
    for k, core in enumerate(cores):
        # The next row keeps at least one token for its label.
        until = cores[k + 1].first - 1 if k + 1 < len(cores) else min(core.last + 1 + _AFTER, len(tokens))
        after_head = free if k or core.placed else _after_head(tokens, free, core.first, words)
        label = (
            _placed_label(tokens, free, core, until)
            or _pieced_label(pieced[k], core, flat)
            or _label(tokens, after_head, core, until, _is_statement(head))
        )
        if flat is not None and not core.placed and pieced[k] is None:
            label = _whole_label(flat, label, core, free, pieced=any(pieced) or flat.names_persons)
        above = tuple(token.text for token in tokens[free : label.first])
        if k == 0 or _is_head(above):
            words = above if k else (*head.words, *above)
            title = head.title if not k or set(words) & set(head.words) else ""
        group, label = group_in(above, label.text, group), _without_group(label)
        known = Head(words, title, head.unit, head.period, head.statement)
        row = _row(tokens, free, without_strokes(tokens, core, known), label, known)
        rows.append(replace(row, group=group))
        heads.append(known)
        groups.append(group_above(tokens, free, label.first) if core.placed is None else "")
        behind = label.behind or _trailing_text(tokens, cores, k)
        free = max(core.last + behind, core.placed.end if core.placed else -1) + 1
    named = named_by_groups([total_name(row.label, head.title) for row in rows], groups)
    rows = [
        replace(row, label=label, columns=as_of_year_end(row.columns))
        for row, label in zip(rows, named, strict=True)
    ]
    return rows if _is_statement(head) else list(map(_dated, _settled(tokens, rows, heads), heads))


def _without_group(label: _Label) -> _Label:
    """The label of a part's first row without the part: 1.期初余额 of 一、账面原值：1.期初余额."""
    own = GROUPED.match(squeeze(label.text))
    return replace(label, text=squeeze(label.text)[own.end() :]) if own is not None else label


def _dated(row: TableRow, head: Head) -> TableRow:
    """The row with the time that its label tells where its columns tell none."""
    if not row.columns and len(row.cells) == 1:
        told = told_by_label(row.label, head)
        (a, b, _), *_ = row.cells
        return replace(row, cells=((a, b, 0),), columns=(told,)) if told is not None else row
    return replace(row, columns=tuple(dated(column, row.label, head) for column in row.columns))


def _after_head(tokens: Sequence[Token], free: int, first: int, words: Sequence[str]) -> int:
    """Where a table's first label may begin: behind the last word of its head; the last token is the label's."""
    told = [
        squeeze(word) for word in (*words, *(token.text for token in tokens[free : max(free, first - 1)]))
    ]
    return free + max(0, known_until(told) - len(words))


def _settled(tokens: Sequence[Token], rows: Sequence[TableRow], heads: Sequence[Head]) -> list[TableRow]:
    """The rows, those with fewer figures than columns placed where sums leave no other place."""
    known: dict[Head, Sequence[tuple[Column, Levels]]] = {head: whole_columns(head) for head in set(heads)}
    figures = []
    for row, head in zip(rows, heads, strict=True):
        texts = ["".join(token.text for token in tokens[a : b + 1]) for a, b, _ in row.cells]
        figures.append(figures_of(row.label, texts, known[head], form_of(head)))
    return [
        row
        if row.columns
        else replace(row, cells=_at(row, placing), columns=tuple(c for c, _ in given.heads))
        for row, given, placing in zip(rows, figures, settled(figures), strict=True)
    ]


def _at(row: TableRow, placing: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    return tuple((a, b, at) for (a, b, _), at in zip(row.cells, placing, strict=True))


def _row(tokens: Sequence[Token], free: int, core: Core, label: _Label, head: Head) -> TableRow:
    """One row with its cells' columns: those under which they stand, else those that the head's words name."""
    if core.placed is not None and any(core.placed.heads):
        placed = [
            _counted(placed_column(levels, head), tokens[a : b + 1]) if levels else None
            for levels, (a, b) in zip(core.placed.heads, core.cells, strict=True)
        ]
        columns = tuple(dict.fromkeys(column for column in placed if column is not None))
        found = [columns.index(column) if column is not None else -1 for column in placed]
        cells = tuple((a, b, column) for (a, b), column in zip(core.cells, found, strict=True))
    else:
        columns, serial = _columns(tokens, free, core, head)
        cells = tuple((a, b, c if columns else -1) for c, (a, b) in enumerate(core.cells[serial:]))
    unit = core.placed.unit if core.placed is not None else _unit_before(tokens, core, head)
    remark = core.placed.end if core.placed is not None else -1
    name = label.text.removesuffix(unit) or label.text
    return TableRow(label.first, label.end or core.last, name, label.line_item, cells, columns, unit, remark)


def _unit_before(tokens: Sequence[Token], core: Core, head: Head) -> str:
    """The unit right before a row's figures where the head has a column of units (`主要产品 单位 生产量`)."""
    before = squeeze(tokens[core.first - 1].text)
    return before if "单位" in map(squeeze, head.words) and unit_of(before) is not None else ""


def _counted(column: Column | None, figure: Sequence[Token]) -> Column | None:
    """The column of a figure; one of changes (`本期变动`) that holds amounts is no column of percentages."""
    text = "".join(token.text for token in figure)
    if column is None or column.measure != "change" or re.search(r"[%％幅]|(?<!汇)率", column.head + text):
        return column
    amounts = _THOUSANDS.search(text) or _MOVEMENT.search(column.head)
    return replace(column, measure="amount", unit="") if amounts else column


def _placed_label(tokens: Sequence[Token], free: int, core: Core, until: int) -> _Label | None:
    """The label that stands left of the figures in the table's lines, mended where a page cuts it."""
    if core.placed is None:
        return None
    first, label = max(free, min(core.placed.first, core.first)), core.placed.label
    above = tokens[first - 1].text if first > free else ""
    if above and line_item_of(above + label) not in ("", line_item_of(label)) and not line_item_of(above):
        first, label = first - 1, above + label
    key = line_item_of(label)
    after = core.last + 1
    if key or after >= until or tokens[after].page == tokens[core.last].page:
        return _Label(first, label, key)
    for stop in range(after + 1, min(until, after + _AFTER) + 1):
        whole = label + _joined(tokens, after, stop)
        if line_item_of(whole):
            return _Label(first, whole, line_item_of(whole))
    return _Label(first, label, "")


def _trailing_text(tokens: Sequence[Token], cores: Sequence[Core], k: int) -> int:
    """1 where a word after the figures, said again after the next row's, is the row's last cell and no label."""
    if k + 1 >= len(cores) or cores[k + 1].first - cores[k].last < 3 or cores[k + 1].last + 1 >= len(tokens):
        return 0
    after = tokens[cores[k].last + 1]
    return int(not after.starts_line and after.text == tokens[cores[k + 1].last + 1].text)


def _columns(tokens: Sequence[Token], free: int, core: Core, head: Head) -> tuple[tuple[Column, ...], int]:
    """The row's columns, and 1 where its first figure is a serial or note number before them."""
    if _has_note(tokens, core, head):
        return columns_of(head, len(core.cells) - 1), 1
    columns = columns_of(head, len(core.cells))
    if not columns and len(core.cells) > 1 and _SERIAL.match(tokens[core.first].text):
        return columns_of(head, len(core.cells) - 1), 1
    if not columns and any(is_piece_of_points(token.text) for token in tokens[free : core.first]):
        # The last figure, a change in percentage points, is broken over lines and stands before the others.
        wider = columns_of(head, len(core.cells) + 1)
        return wider[:-1] if wider and wider[-1].measure == "change" else (), 0
    return columns, 0


def _is_statement(head: Head) -> bool:
    return head.statement not in ("other", "key_indicators")


def _without_notes(tokens: Sequence[Token], cores: Sequence[Core], head: Head) -> list[Core]:
    """The cores but those of a statement that are the number of a note alone on its line."""
    if not _is_statement(head):
        return list(cores)
    return [
        core
        for core in cores
        if core.placed or core.first < core.last or not _SERIAL.match(tokens[core.first].text)
    ]


def _has_note(tokens: Sequence[Token], core: Core, head: Head) -> bool:
    """Whether a statement's row begins with the number of its note: no amount beside amounts has one or two digits."""
    if not _is_statement(head) or len(core.cells) < 2:
        return False
    figures = [tokens[a].text for a, _ in core.cells[1:]]
    return bool(_SERIAL.match(tokens[core.first].text)) and any(len(figure) > 4 for figure in figures)


# The same item in English behind its Chinese name: 营业收入 Revenue.
_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff)）])\s*[A-Za-z][A-Za-z&,.'’()/\- ]*$")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label from token `first` on; the last `behind` tokens of it stand behind the figures.

    `end` is the last token that its row takes where pieces of the label stand behind the figures, else 0.
    """

    first: int
    text: str
    line_item: str
    behind: int = 0
    end: int = 0


def _pieced_label(pieced: Wrapped | None, core: Core, flat: FlatTable | None) -> _Label | None:
    """The label that pieces around the figures make; its last ones may stand behind the table."""
    if pieced is None or flat is None:
        return None
    end = max(core.last, min(pieced.last, flat.last))
    return _Label(pieced.first, pieced.text, line_item_of(pieced.text), end - core.last, end)


def _whole_label(flat: FlatTable, label: _Label, core: Core, free: int, *, pieced: bool) -> _Label:
    """The label as it stands whole before the figures of a flattened row; empty where it is of pieces."""
    text = squeeze(label.text)
    if label.line_item or label.first >= core.first or text in _TOTALS or _MEASURED.search(text):
        return label
    start, text = flat.whole(free, label.first, core, pieced=pieced) or (label.first, "")
    same = start == label.first and text.endswith(squeeze(label.text))
    return label if same else _Label(start, text, line_item_of(text))


def _label(tokens: Sequence[Token], free: int, core: Core, until: int, statement: bool) -> _Label:
    """The label before a row's figures, mended with what follows them where the vocabulary knows the whole."""
    end = core.first
    while end > free and (
        is_note(tokens[end - 1].text) or (statement and _SERIAL.match(tokens[end - 1].text))
    ):
        end -= 1
    best = _known_label(tokens, free, end, core.last + 1, until)
    if best is not None:
        return best
    start = _plain_start(tokens, free, end, statement)
    text = _TAIL.sub("", _joined(tokens, start, end))
    return _Label(start, text, line_item_of(text))


def _known_label(tokens: Sequence[Token], free: int, end: int, after: int, until: int) -> _Label | None:
    best: tuple[int, _Label] | None = None
    for start in range(end - 1, max(free, end - _BEFORE) - 1, -1):
        if is_head_piece(tokens[start].text):
            break
        for stop in range(after, min(until, after + _AFTER) + 1):
            text = _joined(tokens, start, end) + _joined(tokens, after, stop)
            if len(text) > _LONG_LABEL + 20:
                break
            key = line_item_of(text) or line_item_of(_ENGLISH.sub("", text))
            if key and (best is None or len(text) > best[0]):
                best = (len(text), _Label(start, text, key, stop - after))
    return best[1] if best else None


def _plain_start(tokens: Sequence[Token], free: int, end: int, statement: bool) -> int:
    """Where an unknown label starts: with its line where lines are known; else the last words that are no head."""
    start = max(end - 1, free)
    if start > free and squeeze(_joined(tokens, start - 1, end)) in _TOTALS:
        return start - 1  # its two characters stand apart
    if (
        start >= end
        or squeeze(tokens[start].text) in _TOTALS
        or (statement and not any(token.starts_line for token in tokens[free:end]))
    ):
        return min(start, end)
    lined = any(token.starts_line for token in tokens[free + 1 : end])
    if lined and (top := _column_top(tokens, free, start)) < start:
        return top
    while start > free and len(_joined(tokens, start - 1, end)) <= (_LONG_LABEL if lined else _SHORT_LABEL):
        if (lined and tokens[start].starts_line) or is_head_word(tokens[start - 1].text):
            break
        if _NUMBERED.match(tokens[start].text) or is_piece_of_points(tokens[start - 1].text):
            break
        start -= 1
    return start


def _column_top(tokens: Sequence[Token], free: int, last: int) -> int:
    """The first line of a label that a narrow column breaks: lines of one length above, the last may be shorter."""
    wide = len(tokens[last - 1].text) if last > free else 0
    top = last
    if not len(tokens[last].text) <= wide <= _NARROW or not tokens[last].starts_line:
        return last
    while top > free and tokens[top].starts_line and len(tokens[top - 1].text) == wide:
        if is_head_word(tokens[top - 1].text) or not tokens[top - 1].starts_line:
            break
        top -= 1
    return top


def _joined(tokens: Sequence[Token], start: int, end: int) -> str:
    text = ""
    for token in tokens[start:end]:
        text += glue(text, token.text) + token.text
    return text


# 数量(人), 比例(%)
_MEASURED = re.compile(r"\((?:%|[人个户家名项件]|[百千万亿]*元|[万亿]?股)\)$")
_HEAD_WORDS = (
    "期末",
    "期初",
    "本期",
    "上期",
    "上年",
    "本报告期",
    "金额",
    "比例",
    "年末",
    "年初",
    "年度",
    "余额",
    "数量",
    "持股情况",
)


def _is_head(above: Sequence[str]) -> bool:
    """Whether the tokens between two rows are a new head rather than rows without figures, which are numbered."""
    above = [word for word in above if not _NUMBERED.match(squeeze(word)) and not _ADDED.match(squeeze(word))]
    text = "".join(above)
    named = sum(word in text for word in _HEAD_WORDS)
    measured = sum(bool(_MEASURED.search(squeeze(word))) for word in above)
    return max(named, measured) >= 2
