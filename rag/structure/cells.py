"""Which tokens are figures of a table row, and where rows begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.structure.tokens import Token

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d+)?"
CELL = re.compile(rf"^[-－—−–(（]?(?:{_NUMBER})[)）]?[%％]?$")
_EMPTY = re.compile(r"^(?:-|－|—|——|--|/|不适用)$")
_POINTS = re.compile(rf"^(?:增加|减少|上升|下降|提高|降低)(?:{_NUMBER})个?百分点$")
_POINTS_SPLIT = re.compile(r"^(?:增加|减少|上升|下降|提高|降低)$")
# A number before one of these is part of running text or of a date, not a cell.
_UNIT_AHEAD = re.compile(
    r"^(?:年|月|日|时|页|万|亿|千元|百万|元|股(?![东份本权票息利])|倍|平方|公里|以(?=[上下内外前后及])|至|~|[%％]|[（(]含|/\d|个百"
    r"|[上下]半年|前三季度|第[一二三四]季度|余(?=[个类家名项款种件])|版本|等(?=[多各]))"
)
# A date or an amount cut by a line's end; a row label on the next line never begins so.
_WRAPPED_UNIT = re.compile(r"^(?:年(?!末|初|度|内|金)|月(?!末)|日(?!常)|[万亿]元|个百)")
_COUNTER_AHEAD = re.compile(
    r"^(?:个(?!人)|项(?!目)|家|名(?!称)|次(?!级)|人(?!民币|员|力)|条(?!件)|款(?!项)|届|位|期(?![初末间货])|号|种(?!类)|类(?![别型])|份"
    r"|张|天|岁|层|楼|室|米|吨|台|套)"
)
_NOTE = re.compile(
    r"^(?:附注)?(?:[一二三四五六七八九十]{1,3}、?[（(]?[\d一二三四五六七八九十]{1,3}[）)]?(?:[、.．,，]\d{0,3})*|[一二三四五六七八九十]{1,3}"
    r"|(?:[一二三四五六七八九十]{1,3}、)?\d{1,3}[（(]\d{1,2}[）)]|注[ \u3000]?\d{1,2})$"
)
# Words that a sentence has before and after a figure, and a table's row has not.
_PROSE_BEFORE = re.compile(
    r"(?:于|为|达到?|约|近|超过?|至|到|共计?|占|的|增长|下降|提升|上升|高于|低于|不足|，|,)$"
)
_PROSE_AFTER = re.compile(r"^(?:的|左右|以上|以下|之间|和|及|与(?!(?:资产|收益)[/相])|至|到|，|,|、|。|；)")
# `(8)` in a head is the number of a column, which formulas of the head refer to.
_INDEX = re.compile(r"^[（(]\d{1,2}[）)]$")
_LEADERS = re.compile(r"[.．…·]{4,}")
# A label of the next row (年末余额) behind a figure that is no year.
_YEAR_LABEL = re.compile(r"^年(?:末|初|度)")
# The name of a body, which no figure follows but its own.
_ENTITY = re.compile(r"^[\u4e00-\u9fffA-Za-z()（）]{2,}(?:公司|合伙\)|事务所|医院|学院|研究院)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCY = re.compile(
    r"^万?(?:港币|港元|美元|欧元|日元|英镑|新加坡元|新元|澳元|加元|韩元|卢布|越南盾|泰铢)$"
)
_SIGNIFICANT = re.compile(r"[,.]\d")
_CLOSERS = "。；;！？!?"


@dataclass(frozen=True, slots=True)
class Placed:
    """What positions tell of a row: its label, its first token; for each cell the heads above it and its sides;
    the unit that a column of units says; the last token of the words right of its figures, -1 where there are none.
    """

    label: str
    first: int
    heads: tuple[tuple[str, ...], ...]
    sides: tuple[tuple[float, float], ...] = ()
    unit: str = ""
    end: int = -1


@dataclass(frozen=True, slots=True)
class Core:
    """The figures of one row: tokens `first`..`last` (inclusive), grouped into cells of token ranges.

    Words may stand between the cells of a row that was read by its positions.
    """

    first: int
    last: int
    cells: tuple[tuple[int, int], ...]
    placed: Placed | None = None


def is_note(text: str) -> bool:
    """Whether a token is a reference to a note (`七、61`, `十九、1`, `附注五、(三)`, `78(1)`, `注 1`)."""
    return _NOTE.match(text) is not None


def is_vacant(text: str) -> bool:
    """Whether a token stands for a figure that is not there (`-`, `不适用`)."""
    return _EMPTY.match(text) is not None


def is_piece_of_points(text: str) -> bool:
    """Whether a token is a piece of 个百分点 that a narrow column has broken."""
    return text in ("个百", "个百分", "百分点", "分点", "点")


def is_figure(text: str) -> bool:
    """Whether a token reads as a figure."""
    return CELL.match(text) is not None or _POINTS.match(text) is not None


def cores(tokens: Sequence[Token]) -> list[Core]:
    """The row cores in these tokens: runs of cells that are figures of a table, not numbers in prose."""
    found: list[Core] = []
    i = 0
    while i < len(tokens):
        width = _cell_width(tokens, i)
        if not width:
            i += 1
            continue
        core = _run(tokens, i)
        if _is_row(tokens, core) or (found and _goes_on(tokens, found[-1], core)):
            found.append(core)
        i = core.last + 1
    return found


def _run(tokens: Sequence[Token], first: int) -> Core:
    cells: list[tuple[int, int]] = []
    i = first
    while i < len(tokens):
        if cells and tokens[i].starts_line and _row_ends_before(tokens, i):
            break
        width = _cell_width(tokens, i)
        if not width:
            break
        cells.append((i, i + width - 1))
        i += width
    return Core(first, i - 1, tuple(cells))


def _row_ends_before(tokens: Sequence[Token], i: int) -> bool:
    """A new line of figures is a new row unless the first line held only one figure (a cut row)."""
    return tokens[i - 1].page != tokens[i].page or is_figure(tokens[i].text)


def _cell_width(tokens: Sequence[Token], i: int) -> int:
    """How many tokens the cell at `i` takes; 0 where there is none."""
    text = tokens[i].text
    if _POINTS.match(text) or _EMPTY.match(text):
        return 1
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    if _POINTS_SPLIT.match(text) and CELL.match(following):
        third = tokens[i + 2].text if i + 2 < len(tokens) else ""
        return 3 if third.startswith(("个百分点", "百分点")) else 0
    if not CELL.match(text) or _INDEX.match(text) or _is_month(tokens, i):
        return 0
    if following and tokens[i + 1].starts_line:
        return 0 if _WRAPPED_UNIT.match(following) else 1
    return 0 if following and _is_counted(text, following) else 1


def _is_month(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is the month of a date whose sign a narrow column has put elsewhere (`2022 年 3`)."""
    return (
        i > 1
        and tokens[i - 1].text == "年"
        and _YEAR.fullmatch(tokens[i - 2].text) is not None
        and len(tokens[i].text) <= 2
    )


def _is_counted(number: str, following: str) -> bool:
    """Whether what follows is the number's unit; a figure with two decimals is never a count of things."""
    exact = re.search(r"\.\d\d$", number) is not None
    if _UNIT_AHEAD.match(following):
        return not (exact and _YEAR_LABEL.match(following))
    return bool(_COUNTER_AHEAD.match(following)) and not exact


def _prose_after(tokens: Sequence[Token], core: Core) -> bool:
    """Whether what follows a lone figure on its line goes on with its sentence."""
    following = tokens[core.last + 1] if core.last + 1 < len(tokens) else None
    return following is not None and not following.starts_line and bool(_PROSE_AFTER.match(following.text))


def _is_row(tokens: Sequence[Token], core: Core) -> bool:
    figures = [tokens[a].text for a, b in core.cells if is_figure(tokens[a].text) or b > a]
    if not figures or core.first == 0:
        return False
    before = tokens[core.first - 1].text
    ends_sentence = before.endswith(tuple(_CLOSERS)) and not tokens[core.first].starts_line
    if ends_sentence or _LEADERS.search(before):
        return False
    return len(core.cells) >= 2 or _is_lone_row(tokens, core, before, figures[0])


def _goes_on(tokens: Sequence[Token], last: Core, core: Core) -> bool:
    """Whether a single short figure behind one word follows such a row: 甲有限公司 16.5 乙有限公司 21."""
    label = tokens[core.first - 1].text
    return (
        len(last.cells) == len(core.cells) == 1
        and last.last == core.first - 2
        and _ENTITY.search(label) is not None
        and not _prose_after(tokens, core)
    )


def _is_lone_row(tokens: Sequence[Token], core: Core, before: str, figure: str) -> bool:
    """Whether a single figure is a row's: printed like an amount, or ending its line after a short label."""
    following = tokens[core.last + 1] if core.last + 1 < len(tokens) else None
    if _PROSE_BEFORE.search(before) or _prose_after(tokens, core):
        return False
    if following is not None and not following.starts_line and _CURRENCY.match(following.text):
        return False  # a capital in its own money, not in the table's
    if _SIGNIFICANT.search(figure):
        return True
    if _YEAR.fullmatch(figure) and following is not None and not following.starts_line:
        return False  # of a date whose month stands on the next line
    return len(before) <= 30 and (len(figure) > 2 or following is None or following.starts_line)
