"""Which column of a table a question measures its rows by: an item's, its share, its change, what was invested."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.asked_columns import named_columns
from rag.answering.operation import column_words
from rag.filings.column_heads import measured
from rag.filings.fiscal import same_time
from rag.filings.lexicon import find_line_items, line_item_of
from rag.filings.passage import Column
from rag.filings.text import squeeze
from rag.retrieval.question import Query

_CHANGE = re.compile(
    r"(?:增长|增加|上升|提升|下降|下滑|减少|降低|增|降|变动)(?:得|的)?(?:幅度?|速度?|比例)?最|[增降跌涨]幅|增速"
)
_SHARE = re.compile(r"(?:占比|比重|份额|占[^,，。?？]{0,10}?)[^,，。?？多少]{0,6}最")
_SHARES = re.compile(r"占|比重|比例")
_PACE = re.compile(r"快|慢|进度")
PLAIN = frozenset({"", "金额", "余额", "发生额", "数额"})
_UNIT = re.compile(r"[（(][^（()）]{1,4}[）)]")
_RATES = re.compile(r"率|比")


def is_of_change(query: Query) -> bool:
    """Whether the rows are held against each other by how much they changed."""
    return _CHANGE.search(query.text) is not None


def measured_item(query: Query) -> tuple[str, str]:
    """The line item that the rows are measured by, its key and the user's word: the last before 最, else the first."""
    mentions = find_line_items(query.text)
    place = next((m.start() for m in re.finditer(r"最", query.text)), len(query.text))
    before = [mention for mention in mentions if mention.end <= place]
    chosen = (before[-1:] or mentions[:1]) if "最" in query.text else mentions[:1]
    return next(((mention.key, squeeze(mention.text)) for mention in chosen), ("", ""))


def without_unit(head: str) -> str:
    """What a column measures, by its head without the unit in brackets."""
    return measured(_UNIT.sub("", head))


def measured_column(columns: Sequence[Column], about: str, query: Query, own: str) -> Column | None:
    """The column that the rows of a table about something are measured by; None where it is not plain which.

    `own` is the filing's period, meant where the question names none.
    """
    item, word = measured_item(query)
    asked = query.periods or (own,)
    timely = [c for c in columns if not c.period or any(same_time(c.period, period) for period in asked)]
    if is_of_change(query):
        return _changed(timely, item, about)
    amounts = [c for c in timely if c.measure not in ("change", "points")]
    if _SHARE.search(query.text):
        shares = [c for c in amounts if c.measure == "ratio" and _SHARES.search(c.head)]
        return shares[0] if len(shares) == 1 else _of_item(amounts, item, word, about)
    if item:
        return _of_item(amounts, item, word, about)
    return _of_words(amounts, query)


def _changed(columns: Sequence[Column], item: str, about: str) -> Column | None:
    """The change of the item, or the only one there is where the table is about that."""
    changes = [c for c in columns if c.measure in ("change", "points")]
    named = [c for c in changes if item and item in {m.key for m in find_line_items(c.head)}]
    if len(named) == 1:
        return named[0]
    return changes[0] if len(changes) == 1 and (not item or _is_about(about, item)) else None


def _of_item(columns: Sequence[Column], item: str, word: str, about: str) -> Column | None:
    named = [c for c in columns if item in (line_item_of(c.head), line_item_of(measured(c.head)))]
    if not named and word:
        same_kind = [c for c in columns if bool(_RATES.search(c.head)) == bool(_RATES.search(word))]
        named = [c for c in same_kind if word in measured(c.head)]
    if not named and _is_about(about, item):
        named = [c for c in columns if measured(c.head) in PLAIN and c.measure != "ratio"]
    return named[0] if len(named) == 1 else None


def _of_words(columns: Sequence[Column], query: Query) -> Column | None:
    """A column that is asked for in words of its own: 累计投入最多, 进度最慢."""
    said = next((said for asked, said in column_words() if asked.search(query.text)), None)
    if said is not None:
        found = [c for c in columns if said.search(squeeze(c.head))]
        return found[0] if len(found) == 1 else None
    if _PACE.search(query.text):
        paces = [c for c in columns if "进度" in c.head]
        return paces[0] if len(paces) == 1 else None
    heads = tuple(dict.fromkeys(measured(c.head) for c in columns))
    names = named_columns(heads, query.text)
    found = [c for c in columns if measured(c.head) in names and names]
    return found[0] if len(found) == 1 else None


def _is_about(about: str, item: str) -> bool:
    return item in {mention.key for mention in find_line_items(about)}
