"""What the columns of a table mean, read from its head.

Three readings, the surest first: a form the exchanges prescribe (`forms.toml`), whose order of columns is
known even where the head's lines are interleaved; a head whose last words stand one a column; the
roles (this period, last period, change) that the head mentions at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.filings.fiscal import end_date, is_period, previous_year_end
from rag.filings.lexicon import line_item_of, line_items, normal_label
from rag.filings.passage import Column, Measure, Statement
from rag.filings.period import column_period
from rag.filings.text import squeeze
from rag.structure.heads import leveled, role_of
from rag.structure.prescribed import Form, forms, levels_of
from rag.structure.scopes_beside import SCOPES, beside_each_other

Levels = tuple[str, ...]
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(
    r"(\d{4})(年半年度|年1[-—－–至]+(?:6|12)月|年第?[一三]季度|年1[-—－–至]+[39]月|年度末?|年末|年)"
)
_CHANGE = re.compile(r"增减|变动|变化|同比")
_COMPARED = re.compile(r"^(?P<now>.*?)[比较与]")  # 年初至报告期末比上年同期增减 is of 年初至报告期末
# 本期比上年同期增减(%), the head that narrow columns break most; a piece of it would count as a column.
_CHANGE_HEAD = re.compile(
    r"本 ?(?:报 ?告 ?)?[期年] ?(?:末 ?)?[比较] ?上 ?[年期] ?(?:度 ?)?(?:同 ?)?(?:期 ?)?(?:末 ?)?(?:增 ?减|变 ?动)"
    r"(?: ?(?:变 ?动|幅 ?度|比 ?例))?(?: ?\( ?% ?\))?"
)
# A column of changes in percent beside two periods; a schedule of movements says 增减 of amounts.
_CHANGE_ROLE = re.compile(
    r"(?:增减|变动|变化)(?:变动)?(?:[(]?[%]|幅度|比例|比率|率|百分比)|同比|[比较](?:上|期初|年初|去年)|增减$"
)
_MOVEMENTS = re.compile(r"计提|转回|转销|核销|本[期年](?:增加|减少|变动)|增减变动|变动金额|持股")
_RATIO = re.compile(r"比例|占比|比重|[%％]|利率|(?<!汇)率$")
_PRIOR_END = re.compile(r"期初|年初|上年度末|上年期末|上年末|上年年末|上期期末|上期末")
_END = re.compile(r"期末|年末|本报告期末|本期末")
_PRIOR = re.compile(r"上年同期|去年同期|上期|上年")
_CURRENT = re.compile(r"本报告期|本期|本年|报告期")
_WORD = re.compile(
    r"^(?:.*(?:余额|发生额|金额|数额|比例|比率|期数|同期数|幅度|价值|准备|收入|成本|利润|资产|负债|增加|减少|数量|占比|年限|残值率|折旧率"
    r"|税率|期末数|期初数|本期|上期|本年|上年|年度|同期|报告期|期末|期初|年末|年初|增减|合计|原因|理由|说明|汇率|毛利率|个\)|人\)|%\)|率))$"
)
_PIECE = re.compile(r"^[例率]?\([%]\)$")  # the end of a broken 比例(%)
_OTHERS = re.compile(r"有限公司|有限责任公司|合伙企业|[(（]有限合伙")
_RESTATED = ("调整后", "重述后", "追溯调整后")
# Columns that hold words.
_TEXT_HEADS = re.compile(r"(?:说明|原因|理由|备注)$")
# The staff is counted at the period's end where nothing else is said.
_STAFF = re.compile(r"(?:在职|研发|技术)(?:员工|职工|人员)的?(?:数量|人数|总数)")
_LABEL_HEADS = re.compile(
    r"^(?:项目|项目名称|科目|类别|名称|附注|种类|序号|行次|主要会计数据|主要财务指标|注释)$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known about a table before its rows: head tokens, headings above, unit, reference period."""

    words: tuple[str, ...]
    title: str
    unit: str
    period: str
    statement: Statement = "other"


def form_of(head: Head) -> Form | None:
    """The prescribed form that this table follows, or None."""
    text = squeeze(head.title + "".join(head.words))
    return next((form for form in forms() if form.suits(text)), None)


@lru_cache(maxsize=1024)
def columns_of(head: Head, width: int) -> tuple[Column, ...]:
    """The columns of rows with `width` figures; empty where the head does not tell."""
    words = [word for word in _whole_words(head.words) if not _TEXT_HEADS.search(word)]
    statement = head.statement not in ("other", "key_indicators")
    if statement:
        # Rows without figures below the head that each page repeats.
        words = [word for word in words if not line_item_of(word)]
        if width == 2 and any("调整数" in word for word in words):
            return ()  # one figure of three is missing, and any may be
    columns = _of_statement(words, head, width) if statement else ()
    return columns or _of_table(words, head, width, statement)


@lru_cache(maxsize=256)  # every row of a table asks
def whole_columns(head: Head) -> tuple[tuple[Column, Levels], ...]:
    """All columns of a table whose head is known whole, from left to right, each with its levels; else empty.

    A row with fewer figures than these has empty cells.
    """
    if head.statement not in ("other", "key_indicators"):
        return ()
    form = form_of(head)
    known = [levels_of(word) for word in form.columns] if form is not None else []
    known = known or leveled([word for word in _whole_words(head.words) if not _TEXT_HEADS.search(word)])
    placed = [(column, levels) for levels in known if (column := _leveled_column(levels, head)) is not None]
    return tuple(placed) if len(placed) == len(known) else ()


def _leveled_column(levels: Levels, head: Head) -> Column | None:
    """The column of a known head; movements are those of the period."""
    column = placed_column(levels, head)
    if column is None or role_of(levels) not in ("more", "less", "either"):
        return column
    # 其他变动 of a schedule is an amount, as what it stands beside.
    moved = (
        replace(column, measure="amount", unit=_own_unit("".join(levels)))
        if column.measure == "change"
        else column
    )
    return moved if moved.period else replace(moved, period=head.period)


def _of_statement(words: Sequence[str], head: Head, width: int) -> tuple[Column, ...]:
    """The columns that dates and scopes of a statement's head give."""
    dated = [word for word in words if _DATE.search(word) or _YEAR.search(word)]
    beside = beside_each_other(words, dated)
    if len(beside) == width > 0:
        return tuple(replace(column_of(word, head), scope=scope) for word, scope in beside)
    if len(dated) >= width == 2:
        return tuple(column_of(word, head) for word in dated[-width:])
    return ()


def _of_table(words: Sequence[str], head: Head, width: int, statement: bool) -> tuple[Column, ...]:
    """The columns of the prescribed form, of whole head words, or of the roles that the head speaks of."""
    form = form_of(head)
    if form is not None and len(form.columns) >= width:
        # With fewer figures than columns any of the cells may be empty.
        found = (_leveled_column(levels_of(word), head) for word in form.columns_in(width))
        return tuple(column for column in found if column is not None)
    whole_head = whole_columns(head)
    if len(whole_head) == width > 1:
        return tuple(column for column, _ in whole_head)
    if len(whole_head) > width > 1:
        return ()  # some cells of the row are empty, and any may be
    words = _without_rows(words, width)
    whole = [word for word in words if _is_whole(word) and not _LABEL_HEADS.match(word)]
    tail = words[-width:]
    if width == 1 == len(whole) and not statement:
        tail = whole
    elif len(set(tail)) != width or width == 1 or any(word not in whole for word in tail):
        tail = _by_roles(words, width)
    elif not _is_whole_level(words, whole, width):
        tail = []
    return tuple(column_of(word, head) for word in tail)


def _is_whole_level(words: Sequence[str], whole: Sequence[str], width: int) -> bool:
    """Whether the last words are all columns of the head: nothing before them is one, but a head that spans them."""
    tail, before = words[-width:], words[:-width]
    if not before or before[-1] not in whole:
        return True
    return _tells_time(before[-1]) and not any(map(_tells_time, (*before[-2:-1], *tail)))


def _without_rows(words: Sequence[str], width: int) -> Sequence[str]:
    """The head without the rows below it that have no figures, where it then ends in periods only."""
    end = len(words)
    while end and line_item_of(words[end - 1]):
        end -= 1
    periods = words[max(0, end - width) : end]
    return words[:end] if len(periods) == width and all(map(_tells_time, periods)) else words


def _tells_time(word: str) -> bool:
    return any(kind.search(word) for kind in (_DATE, _YEAR, _PRIOR_END, _END, _PRIOR, _CURRENT))


def _is_whole(word: str) -> bool:
    if word.count("(") != word.count(")"):
        return False
    plain = re.sub(r"\([^()]{1,8}\)$", "", word)
    return bool(_WORD.match(plain) or _DATE.search(word) or _YEAR.search(word) or line_item_of(plain))


def is_head_word(token: str) -> bool:
    """Whether a token is a word of table heads (`期末余额`, `计提比例(%)`, `项目`), never part of a row's label."""
    word = squeeze(token)
    plain = re.sub(r"\([^()]{1,8}\)$", "", word)
    named = _LABEL_HEADS.match(word) or _WORD.match(plain) or _PIECE.match(word)
    return bool(named or _DATE.search(word) or _YEAR.search(word))


def is_head_piece(token: str) -> bool:
    """Whether a token is the end of a broken head word (`(%)`, `例(%)`)."""
    return _PIECE.match(squeeze(token)) is not None


def is_label_head(word: str) -> bool:
    """Whether a word stands above the labels of a table (`项目`, `名称`)."""
    return bool(_LABEL_HEADS.match(word))


def _whole_words(tokens: Sequence[str]) -> list[str]:
    """Head tokens squeezed, with `2024 年 6 月 30 日` and `增减 (%)` made one."""
    text = " ".join(squeeze(token) for token in tokens)
    text = re.sub(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日", r"\1年\2月\3日", text)
    text = re.sub(
        r"(\d{4}) ?年 ?(半年度|度末?|末|1 ?[-—－–至]+ ?(?:[369]|12) ?月|第?[一三]季度)", r"\1年\2", text
    )
    text = re.sub(r"(\d{4}) 年", r"\1年", text)
    text = _CHANGE_HEAD.sub(lambda found: found.group().replace(" ", ""), text)
    return re.sub(r" (\([%元股]*\))", r"\1", text).split()


def _by_roles(words: Sequence[str], width: int) -> list[str]:
    """Current, prior and change columns when the head, whose lines may be interleaved, speaks of them."""
    text = "".join(words)
    years = [m.group() for m in _YEAR.finditer(_DATE.sub("", text))] or [
        m.group() for m in _DATE.finditer(text)
    ]
    balance = bool(_PRIOR_END.search(text)) or (
        bool(_END.search(text)) and not _CURRENT.search(_END.sub("", text))
    )
    pair = ["期末", "上年度末"] if balance else ["本期", "上年同期"]
    if balance and _opens_first(text):
        pair.reverse()
    if len(years) >= 2:
        pair = years[:2]
    elif not (_PRIOR_END.search(text) or _PRIOR.search(text)):
        return []
    if "调整前" in text or "调整后" in text or _MOVEMENTS.search(text):
        return []
    change = ["增减(%)"] if _CHANGE_ROLE.search(text) else []
    shapes = {2: pair, 3: [] if len(years) > 2 else pair + change, 4: pair + change + years[2:3], 5: []}
    shape = shapes.get(width, [])
    return shape if len(shape) == width else []


def _opens_first(text: str) -> bool:
    """Whether the opening balance is printed before the closing one."""
    opening = _PRIOR_END.search(text)
    closing = _END.search(_PRIOR_END.sub(lambda found: "□" * len(found.group()), text))
    return opening is not None and closing is not None and opening.start() < closing.start()


def column_of(word: str, head: Head) -> Column:
    """One column from its head word."""
    measure = _measure(word)
    unit = "%" if measure in ("ratio", "change") else _own_unit(word)
    natural = "" if any(map(_tells_time, head.words)) else _natural_period(word, head)
    return Column(word, _period(word, head) or natural, None, measure, unit)


def placed_column(levels: Sequence[str], head: Head) -> Column | None:
    """The column under the head cells `levels`, outermost first.

    None for figures of another company, which nobody may take for the issuer's; those before a restatement are
    of no period. The innermost level says what is measured, all of them together of when.
    """
    whole = "".join(levels)
    if _OTHERS.search(whole):
        return None
    measure = _measure(levels[-1] if levels[-1] not in _RESTATED else whole)
    unit = "%" if measure in ("ratio", "change") else _own_unit(whole)
    scope = next((SCOPES[level] for level in levels if level in SCOPES), None)
    period = "" if is_superseded(whole) else _period(whole, head) or _natural_period(levels[-1], head)
    return Column(whole, period, scope, measure, unit)


def is_superseded(head: str) -> bool:
    """Whether a column holds figures as they were before a restatement."""
    return "调整前" in head or "重述前" in head


def _natural_period(word: str, head: Head) -> str:
    """The period of a column that names a line item and no time: a table without one is of the filing's own."""
    key = line_item_of(word)
    if not key or not is_period(head.period) or _PRIOR.search(head.title):
        return ""
    nature = line_items()[key].nature
    return (
        end_date(head.period).isoformat()
        if nature == "balance"
        else head.period
        if nature in ("flow", "ratio")
        else ""
    )


def as_of_year_end(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns as of 1 January are those of the year's end before, unless that has a column of its own."""
    known = {column.period for column in columns}
    return tuple(
        replace(column, period=before)
        if column.period.endswith("-01-01") and (before := _day_before(column.period)) not in known
        else column
        for column in columns
    )


def _day_before(new_year: str) -> str:
    return f"{int(new_year[:4]) - 1}-12-31"


def told_by_label(label: str, head: Head) -> Column | None:
    """The column of a row's only figure whose label says of when it is (`期末持有人数`), under a head that does not."""
    word = squeeze(label)
    found = next((kind.search(word) for kind in (_PRIOR_END, _END, _CURRENT) if kind.search(word)), None)
    if not head.period or any(map(_tells_time, head.words)):
        return None
    if found is None:
        return Column("期末", _period("期末", head)) if _STAFF.search(word) else None
    return Column(found.group(), _period(found.group(), head))


def dated(column: Column, label: str, head: Head) -> Column:
    """A column without a time in a row whose label names a balance or a movement (`1.期初余额`, `(1)计提`)."""
    role = role_of((normal_label(label),))
    if column.period or not is_period(head.period):
        return column
    if (day := _DATE.search(squeeze(label))) and "余额" in label:
        stated = replace(column, period=column_period(day.group(), head.period))
        return as_of_year_end((stated,))[0]
    if role is None:
        return column
    ends = {"opening": previous_year_end(head.period), "closing": end_date(head.period).isoformat()}
    period = ends.get(role, head.period if role in ("more", "less") else "")
    return replace(column, period=period)


def _own_unit(word: str) -> str:
    found = re.search(
        r"\((?:人民币)?((?:[百千万亿]*元|元/股|个|人|股|户|家|吨|年|台|套|件|项|天|万股|平方米)(?:/股)?)\)",
        word,
    )
    return found[1] if found else "人" if word.endswith("人数") else ""


def _measure(word: str) -> Measure:
    if _CHANGE.search(word) and (word.endswith("(%)") or not re.search(r"金额|额$|数$", word)):
        return "change"
    if _RATIO.search(word):
        return "ratio"
    return "count" if re.search(r"\((?:个|人|户|家|项|件)\)|数量|人数$|汇率$", word) else "amount"


def _period(word: str, head: Head) -> str:
    """A reporting period or date for a head word, relative words read against the filing's own period."""
    if _DATE.search(word) or _YEAR.search(word) or not head.period:
        return column_period(word, head.period, head.statement)
    if _CHANGE.search(word):
        compared = _COMPARED.match(word)
        if compared is not None and _tells_time(compared["now"]):
            return _period(compared["now"], head)
        return end_date(head.period).isoformat() if _END.search(word) else head.period
    if _PRIOR_END.search(word) and "年初至" not in word:
        return previous_year_end(head.period)
    if _END.search(word) and "年初至" not in word:
        return end_date(head.period).isoformat()
    return column_period(word, head.period, head.statement)
