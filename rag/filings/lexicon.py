"""Line items: what a printed label or a spoken word in a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast, get_args

from rag.errors import UserError
from rag.filings.text import squeeze, squeeze_map
from rag.filings.vocabulary import Entry, entries, text_of, texts_of

_FILE = "line_items.toml"
# Labels recur from filing to filing: reading them again is most of the work of a search.
KEPT_LABELS = 20_000

ItemStatement = Literal["balance_sheet", "income_statement", "cash_flow", "key_indicators", "note"]
Nature = Literal["flow", "balance", "ratio", "per_share", "count"]


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line item of the vocabulary; `near_misses` are keys that look alike and must never stand in for it."""

    key: str
    name: str
    printed: tuple[str, ...]
    spoken: tuple[str, ...]
    statement: ItemStatement
    nature: Nature
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineItemMention:
    """A line item named in a question: its place in code points, half-open, and whether in printed words."""

    start: int
    end: int
    text: str
    key: str
    printed: bool


@cache
def line_items() -> Mapping[str, LineItem]:
    """Every line item by its key."""
    items = {item.key: item for item in map(_item, entries(_FILE, "item"))}
    for item in items.values():
        for key in item.near_misses:
            if key not in items:
                raise UserError(f"词表 {_FILE} 的“{item.name}”的 near 写了不存在的 {key}；请改成已有的 key。")
    return items


def _item(entry: Entry) -> LineItem:
    statement, nature = text_of(entry, "statement", _FILE), text_of(entry, "nature", _FILE)
    for field, value, known in (("statement", statement, ItemStatement), ("nature", nature, Nature)):
        if value not in get_args(known):
            allowed = "、".join(get_args(known))
            named = f"词表 {_FILE} 的“{entry.get('name')}”的 {field}"
            raise UserError(f"{named} 写成了 {value}；请改成其中之一：{allowed}。")
    return LineItem(
        text_of(entry, "key", _FILE),
        text_of(entry, "name", _FILE),
        texts_of(entry, "printed", _FILE),
        texts_of(entry, "spoken", _FILE),
        cast(ItemStatement, statement),
        cast(Nature, nature),
        texts_of(entry, "near", _FILE),
    )


@cache
def _printed_forms() -> Mapping[str, str]:
    """Key by printed form, normalised."""
    return _forms((form, item.key) for item in line_items().values() for form in (item.name, *item.printed))


@cache
def _all_forms() -> Mapping[str, str]:
    """Key by printed or spoken form, squeezed, in lower case; an empty key for phrases that name no item."""
    phrases = ((word, "") for entry in entries(_FILE, "phrase") for word in texts_of(entry, "words", _FILE))
    spoken = ((form, item.key) for item in line_items().values() for form in item.spoken)
    return {**_forms(phrases), **_forms(spoken), **_printed_forms()}


def _forms(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Forms to keys; UserError when one form names two line items."""
    forms: dict[str, str] = {}
    for form, key in pairs:
        if forms.setdefault(squeeze(form).lower(), key) != key:
            raise UserError(
                f"词表 {_FILE} 中“{form}”同时属于 {forms[squeeze(form).lower()]} 和 {key}；请只留一处。"
            )
    return forms


_PREFIX = re.compile(
    r"其中:|减:|加:|加\(减\):|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、](?!\d)"
)
# (或股东权益), (损失以“-”号填列), (元/股), (%), (注1), and a note's number behind the label
_ASIDE = re.compile(
    r"\((?:或[^()]*|[^()]*(?:填列|列示)|[^()]*元[^()]*|%|‰|[股户人吨个家项]|含税|税后|注\d*|附注[^()]*)\)"
)
# The other sign of a line, in brackets on either side of a stroke: 财务费用/(净收益), 投资(损失)/收益, 利润/(亏损)总额
_OTHER_SIGN = re.compile(
    r"/\(净?(?:收益|收入|损失|亏损|支出|减少|增加|减少额|增加额|转回|抵免|贷项|利得|使用|所用)\)"
    r"|\(净?(?:收益|收入|损失|亏损|支出|减少|增加|减少额|增加额|费用|抵免|使用|所用)\)/(?=.)"
)
_REVERSAL = re.compile(r"\(损失\)/(?:转回|利得)|损失/\(转回\)")
# 销售、 before 管理费用
_JOINED = re.compile(r"([\u4e00-\u9fff]{2,8})(?:以及|[+＋、和与及跟加])$")
# 占比 that no other words between make the share of something else
_SHARE = re.compile(r"(?<=[、,，和及与多少几个人额是])占比")
SHORTEST_STEM = 4
_SHORT_FORM = 2  # signs
_NOTE = re.compile(r"(?:[一二三四五六七八九十]+、\(?\d+\)?(?:\(\d+\))?|:|\*+|注\d+)$")


def normal_label(label: str) -> str:
    """A printed label squeezed, in lower case, without list number, 其中, asides in brackets and note number."""
    text = _OTHER_SIGN.sub("", _REVERSAL.sub("损失", squeeze(label).lower()))
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return _NOTE.sub("", _ASIDE.sub("", text))


@lru_cache(maxsize=KEPT_LABELS)
def line_item_of(label: str) -> str:
    """The key of a printed label, or empty; exact after normalisation, never a guess.

    合计, 总额 and 净额 behind a label are dropped only where the whole label is unknown.
    """
    forms = _printed_forms()
    text = normal_label(label)
    return forms.get(text) or forms.get(squeeze(label).lower()) or forms.get(text.removesuffix("合计"), "")


def find_line_items(question: str) -> tuple[LineItemMention, ...]:
    """Every line item that a question names in printed or spoken words, in order.

    Where words overlap the longest wins: 归母净利润 is no 净利润; of two words of two signs the later one,
    华中收入 is no 中收.
    Words that share the ending of the next are read with it: 销售、管理和财务费用 names three.
    """
    squeezed, origins = squeeze_map(question)
    taken: list[tuple[int, int, str]] = []
    for start, end, key in sorted(_candidates(squeezed), key=_longest_first):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
            taken.append((start, end, key))
    for found in tuple(taken):
        taken.extend(_sharing_an_ending(squeezed.lower(), found, taken))
        taken.extend(_sharing_a_beginning(squeezed.lower(), found, taken))
    return tuple(_mention(question, squeezed, origins, found) for found in sorted(taken) if found[2])


def _longest_first(found: tuple[int, int, str]) -> tuple[int, int]:
    start, end, _ = found
    return start - end, -start if end - start == _SHORT_FORM else start


def _sharing_an_ending(
    text: str, found: tuple[int, int, str], taken: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The items named before one by their beginnings alone, the ending said once behind all."""
    start, end, key = found
    while key and (joined := _JOINED.search(text, 0, start)):
        endings = [text[cut:end] for cut in range(start + 1, end - 1)]
        stems = [joined[1][-size:] for size in range(len(joined[1]), 1, -1)]
        pairs = ((stem, _all_forms().get(stem + ending)) for ending in endings for stem in stems)
        stem, key = next(((stem, other) for stem, other in pairs if other), ("", ""))
        start = joined.end(1) - len(stem)
        if key and all(joined.end(1) <= other[0] or start >= other[1] for other in taken):
            yield start, joined.end(1), key
        else:
            return


def _sharing_a_beginning(
    text: str, found: tuple[int, int, str], taken: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The share of an item, where the item is named once and then 占比 alone: 研发人员多少、占比多少."""
    start, end, key = found
    share = _SHARE.search(text, end) if key else None
    if share is None or any(a < share.end() and share.start() < b for a, b, _ in taken):
        return
    stems = (text[start:cut] for cut in range(end, start + SHORTEST_STEM - 1, -1))
    ratio = next((_all_forms()[stem + "占比"] for stem in stems if stem + "占比" in _all_forms()), "")
    if ratio and ratio != key:
        yield *share.span(), ratio


def _candidates(squeezed: str) -> Iterator[tuple[int, int, str]]:
    """Every form that stands in a squeezed question, longest and shorter."""
    text = squeezed.lower()
    if len(text) != len(squeezed):  # a sign whose lower case is longer; offsets come first
        text = squeezed
    forms, longest = _all_forms(), _longest_form()
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + longest) + 1):
            key = forms.get(text[start:end])
            if key is not None and not _within_word(text, start, end):
                yield start, end, key


@cache
def _longest_form() -> int:
    return max(map(len, _all_forms()))


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether Latin letters go on beside a form: EV is not in EVER, ROE not in HEROES."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return any(
        side.isascii() and side.isalpha() and edge.isascii() and edge.isalpha()
        for side, edge in ((before, text[start]), (after, text[end - 1]))
    )


def _mention(
    question: str,
    squeezed: str,
    origins: list[int],
    found: tuple[int, int, str],
) -> LineItemMention:
    start, end, key = found
    place = origins[start], origins[end - 1] + 1
    printed = squeezed[start:end].lower() in _printed_forms()
    return LineItemMention(*place, question[slice(*place)], key, printed)


def expansions(key: str) -> tuple[str, ...]:
    """Every form under which a line item may be printed or spoken, canonical name first; empty if unknown."""
    item = line_items().get(key)
    return tuple(dict.fromkeys((item.name, *item.printed, *item.spoken))) if item else ()


def near_misses(key: str) -> tuple[str, ...]:
    """The line items that look like one and must not stand in for it, listed on either side; its own list first."""
    items = line_items()
    listed = (other for other, item in items.items() if key in item.near_misses)
    return tuple(dict.fromkeys((*items[key].near_misses, *listed))) if key in items else ()
