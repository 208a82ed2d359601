"""How a table row is said in a sentence: line item, period, figures with unit, and the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.filings.amount import format_decimal, parse_amount
from rag.filings.column_heads import is_change_of_share, measured, told_by_heading
from rag.filings.filing import Filing
from rag.filings.fiscal import end_date, in_chinese, is_period
from rag.filings.lexicon import normal_label
from rag.filings.passage import Cell, Column, Passage, Row
from rag.filings.text import squeeze
from rag.filings.unit import in_words
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from rag.retrieval.wording import scope_of
from rag.structure.heads import role_of

_LABEL_UNIT = re.compile(
    r"[（(](?:单位[:：])?((?:[百千万亿]*元|元[/／]股|人|股|户|家|个|%|％|吨|项|件|次|年)(?:[/／]股)?)[）)]"
)
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])|^(?:其中|减|加)[:：]"
)
# A figure or unit of the row above that stands before a label: `24.52元/股截至…转股价格`, `(%)归属于…`.
_STRAY = re.compile(r"^(?:[\d,.]*(?:元[/／]股|万元|元|%)|[（(]%[)）])(?=[\u4e00-\u9fff])")
# `净利润（净亏损以“－”号填列）`, `股本（或实收资本）`: asides of the prescribed statements.
_ASIDE = re.compile(r"[（(][^()（）]*(?:填列|或[^()（）]{2,8})[)）]")
# 累计投入进度(3)=(2)/(1): the number of a column, and how it is worked out.
_COLUMN_NUMBER = re.compile(r"[（(]\d[）)](?:=[\d()（）/+*×÷-]*)?$")
_COUNTER = re.compile(r"(?:多少|几)个?([家户人名位项件款种次场台])")
_DIRECTION = re.compile(r"(?:增加|减少|增长|下降|上升|提升|降低)$")
_MOVED = re.compile(r"(?:增加|减少|增减|变动)(?:额|数量|金额|数|的数量)?$")
_COUNTED_MOVE = re.compile(r"(?:增加|减少)数量$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAIN_HEADS = ("金额", "数量", "余额", "合计", "数")
_EMPTY = ("/", "-", "—", "－", "--", "——", "不适用")
_NO_CHANGE, _TWO_PERIODS = "公告的增减比例一栏为“不适用”", 2
# More cells than this in one row are told as a list of heads and figures.
FEW = 5
# More columns than this are not told one after the other.
_MOST_HEADS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as said: its text with unit, for the column it stands in."""

    column: Column
    text: str


def issuer_name(filing: Filing) -> str:
    """What to call the filing's issuer in a sentence."""
    return filing.issuer.short_name or filing.issuer.name or filing.title


def clean_label(label: str) -> str:
    """A row label without numbering, `其中：` and the unit in brackets."""
    plain = _ASIDE.sub("", _LABEL_UNIT.sub("", _LEAD.sub("", _STRAY.sub("", squeeze(label)))))
    return plain.strip(":：") or squeeze(label)


def figure_text(cell: Cell, counter: str = "") -> str:
    """A cell with its unit, and a shorter form where the figure is long: 380,792,216.26元（约3.81亿元）.

    `counter` is said of a whole number for which nothing else gives a unit.
    """
    value = parse_amount(cell.text)
    if value is None:
        return cell.text
    if counter and not cell.unit and value == value.to_integral_value():
        return f"{squeeze(cell.text)}{counter}"
    if "百分点" in cell.text:
        return squeeze(cell.text)
    text = squeeze(cell.text).rstrip("%")
    if _YEAR.fullmatch(text) and "元" in cell.unit:
        return text  # the year of a date whose other parts stand on other lines
    return with_short_form(text, value, cell.unit)


def with_short_form(text: str, value: Decimal, unit: str) -> str:
    """A figure's text with its unit, and in brackets a shorter form where it is long."""
    short = in_words(value, unit) if unit else None
    return f"{text}{unit}" + (f"（{short}）" if short else "")


def told_periods(query: Query) -> tuple[str, ...]:
    """The periods to tell first: those asked for; a comparison begins with the current one."""
    return query.stated_periods if query.kind == "compare" or query.asks_change else query.periods


def row_sentence(piece: Evidence, row: Row, periods: Sequence[str], asked: str = "") -> str:
    """The row in one sentence, the asked or current period first; "" where it holds no figure or has no label.

    Of a wide row the columns are told that share words with the question `asked`.
    """
    told = _of_one_scope(_told(piece.passage, row, asked), asked)
    if not told or not row.label:
        return ""
    filing = piece.filing
    parent = piece.passage.scope == "parent" or all(t.column.scope == "parent" for t in told)
    subject = issuer_name(filing) + ("母公司" if parent else "")
    label = row_name(row, piece.passage)
    main = _main(told, periods, filing)
    if main is None or not all(t.column.head for t in told):
        aside = _columns_aside(piece.passage, len(told))
        # Several figures of which nobody can say which is which tell nothing.
        figures = "、".join(t.text for t in told)
        return f"{subject}{label}：{figures}{aside}。" if aside or len(told) == 1 else ""
    if main.column.period and _is_course(told):
        others = sorted((t for t in told if t is not main), key=lambda t: t.column.measure != "change")
        rest = "".join("，" + part for t in others if (part := _rest(t, main, filing)))
        rest = rest.replace(_NO_CHANGE, f"{_why_no_change(piece.passage, row)}{_NO_CHANGE}")
        what = named(row, piece.passage, [t.column for t in told])
        return f"{subject}{in_chinese(main.column.period)}{what}为{main.text}{rest}。"
    parts = "，".join(f"{_head(t.column)}{t.text}" for t in _asked_for(told, asked))
    return f"{subject}{label}：{parts}。"


def _why_no_change(passage: Passage, row: Row) -> str:
    """Why a growth rate would say nothing, as the two amounts of a row show; "" where they do not."""
    amounts = [cell for cell in row.cells if _column(passage, cell).measure != "change"]
    values = [value for cell in amounts if (value := parse_amount(cell.text)) is not None]
    if len(values) != _TWO_PERIODS:
        return ""
    now, before = values
    if before == 0:
        return "上期为零，"
    if before < 0 and now < 0:
        return "两期均为负数，"
    return "由负转正，" if before < 0 else "由正转负，" if now < 0 else ""


def _columns_aside(passage: Passage, figures: int) -> str:
    """What the columns of a table are from left to right, for figures of a row that has cells without any; else ""."""
    heads = [squeeze(column.head) for column in passage.columns]
    if not 1 < figures < len(heads) <= _MOST_HEADS:
        return ""
    return f"（各列依次为{'、'.join(heads)}，其中有空格）"


def row_name(row: Row, passage: Passage) -> str:
    """A row's label with its note's heading, behind the row that it stands under: 累计折旧期末余额."""
    label = told_by_heading(clean_label(row.label), passage.section)
    return label if row.group in label else row.group + label


def named(row: Row, passage: Passage, columns: Sequence[Column]) -> str:
    """What a row's figures are of: its name, and what all its columns measure.

    The classes of a schedule of assets go before its balances: 电子设备账面原值期末余额.
    """
    label = row_name(row, passage)
    kinds = {measured(column.head) for column in columns if column.measure != "change"}
    what = kinds.pop() if len(kinds) == 1 else ""
    if not what or what in label or what in _PLAIN_HEADS:
        return label
    balance = row.group or role_of((normal_label(row.label),)) is not None
    return f"{what}{label}" if balance else f"{label}{what}"


def _told(passage: Passage, row: Row, asked: str) -> list[Told]:
    """The figures of a row; where columns are known without the note numbers and serials that stand in none."""
    counter = _COUNTER.search(asked)
    counted = counter[1] if counter else ""
    told = [Told(_column(passage, cell), figure_text(cell, counted)) for cell in row.cells]
    told = [t for t in told if t.text not in _EMPTY or t.column.measure == "change"]
    placed = [t for t in told if t.column.head]
    return placed or told


def _of_one_scope(told: list[Told], asked: str) -> list[Told]:
    """Of figures of the group beside those of the company, the ones whose scope is asked for."""
    if len({t.column.scope for t in told}) < 2:
        return told
    wanted = "parent" if scope_of(asked) == "parent" else "consolidated"
    return [t for t in told if t.column.scope == wanted] or told


def _is_course(told: Sequence[Told]) -> bool:
    """Whether the figures are one item's over several periods, with its change."""
    amounts = [t.column for t in told if t.column.measure != "change"]
    periods = [column.period for column in amounts]
    # 报告期末…数量 beside 报告期内减少数量 are two things, not one at two times.
    moved = any(_MOVED.search(column.head) for column in amounts)
    return (
        len(told) <= FEW
        and all(periods)
        and len(set(periods)) == len(periods)
        and (len(amounts) < 2 or not moved)
    )


def _asked_for(told: list[Told], asked: str) -> list[Told]:
    """The figures of a wide row whose heads share most with the question; the first ones where none does."""
    if len(told) <= FEW:
        return told
    shared = [_shared(squeeze(_head(t.column)), squeeze(asked)) for t in told]
    best = sorted(range(len(told)), key=lambda i: (-shared[i], i))[:FEW]
    kept = [i for i in best if shared[i] > 0] or list(range(FEW))
    return [told[i] for i in sorted(kept)]


def asked_first(cells: Sequence[Cell], passage: Passage, asked: str) -> list[Cell]:
    """Cells of a row, those first whose heads share most with the question."""
    words = squeeze(asked)
    return sorted(cells, key=lambda cell: -_shared(squeeze(_head(_column(passage, cell))), words))


def _shared(head: str, asked: str) -> int:
    """How many of the head's bigrams the question holds."""
    return sum(head[i : i + 2] in asked for i in range(len(head) - 1))


def _column(passage: Passage, cell: Cell) -> Column:
    return passage.columns[cell.column] if cell.column >= 0 else Column("")


def _main(told: Sequence[Told], periods: Sequence[str], filing: Filing) -> Told | None:
    amounts = [t for t in told if t.column.head and t.column.measure != "change"]
    asked = next((t for t in amounts if t.column.period and t.column.period in periods), None)
    return asked or next(iter(amounts), None)


def _rest(told: Told, main: Told, filing: Filing) -> str:
    if told.column.measure == "change":
        if is_change_of_share(told.column.head) and not main.text.endswith("%"):
            return ""
        return _change(told.text, main) if _is_of(told.column.period, main.column.period, filing) else ""
    when = (
        in_chinese(told.column.period)
        if told.column.period and told.column.period != main.column.period
        else ""
    )
    return f"{when or _head(told.column)}为{told.text}"


def _is_of(change: str, main: str, filing: Filing) -> bool:
    """Whether the change of a period is that of the figure told; beside one of another period it would mislead.

    A quarter's report prints the change of the single quarter and of the year so far in one row.
    """
    if is_period(change) and is_period(main):
        return change == main
    return not filing.period or main in ("", filing.period, end_date(filing.period).isoformat())


def _change(text: str, main: Told) -> str:
    """The printed change in words, with its direction where the figure is a plain percentage."""
    if text in ("不适用", "-", "/", "—"):
        return "" if text != "不适用" else _NO_CHANGE
    versus = "较上年末" if "-" in main.column.period else "同比"
    value = parse_amount(text.rstrip("%"))
    # The change of a share is printed in percent too, and is one in points.
    if value is None or "百分点" in text or main.text.endswith("%"):
        return f"{versus}{text}"
    word = "增长" if value >= 0 else "下降"
    return f"{versus}{word}{format_decimal(abs(value), _places(value))}%" + (
        f"（{text}）" if value < 0 else ""
    )


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 2


def _head(column: Column) -> str:
    """The column's head without its unit; in quotation marks where it would read as a rise or fall (本期减少).

    报告期内减少数量 reads on in its number: 报告期内减少1家.
    """
    head = _COLUMN_NUMBER.sub("", re.sub(r"[（(](?:%|％|[百千万亿]*元|个|人|股)[）)]", "", column.head))
    if _COUNTED_MOVE.search(head):
        return head.removesuffix("数量")
    return f"“{head}”" if _DIRECTION.search(head) else head
