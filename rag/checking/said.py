"""Figures as a sentence says them: with direction, line items, period and issuer that govern them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rag.checking.subject import own_subject
from rag.checking.when import Mention, mentions
from rag.filings.amount import Amount, find_amounts
from rag.filings.lexicon import find_line_items, line_items
from rag.filings.unit import kind_of

# Sentences end here; a period named before a semicolon still governs what follows it.
SENTENCE_END = re.compile(r"[。！？!?\n]")
Items = tuple[frozenset[str], tuple[str, ...]]
_STOPS = "，,、；;。\n"
_FALL = "下降|减少|降低|下滑|下跌|回落|缩减|降幅|跌幅|减幅|净流出|净亏损|净亏|亏损|负增长"
_RISE = "增长|增加|上升|提升|提高|上涨|增幅|涨幅|净流入|盈利"
# 亏损收窄28.81% is printed as −28.81% or as 28.81%: the word decides neither.
_OPEN = "收窄|减亏|变动|变化|差异|相差"
_FILLER = (
    r"(?:了|约|近|超过|超|逾|达|为|是|[:：,，]|人民币|金额|额|幅度|率|比例|合计|共计|共|仅|的|至少|分别|\s"
    r"|同比|环比)*"
)
_DIRECTION = re.compile(rf"(?P<word>{_FALL}|{_RISE}|{_OPEN}){_FILLER}$")
_FROM_TO = re.compile(r"(?:由|从)[^。；]{0,60}(?:至|到|为)(?:了|约|近)?$")
# 由A降至B: A is what the change starts from, an earlier figure though no period is named for it.
_TURN = re.compile(r"(?:由|从)(?:原来?的?|此前的?|约)?$")
_TURNS_TO = re.compile(r"[^，。；;\d]{0,6}(?:至|到|为)(?:了|约|近)?$")
# 召开2023年度暨2024年第一季度业绩说明会: the year belongs to the meeting's name, not to what is counted beside it.
_MEETING = re.compile(r"度?(?:暨[^，。；\s]{0,12}?)?(?:业绩(?:说明|交流)会|(?:年度|临时)?股东大会)")
_AIM = re.compile(r"(?:末|底|前|内)?(?:目标|力争|计划|控制在|压降(?:至|到)|不(?:超过|高于|低于|少于))")
_BREAK = re.compile(r"[；;]")  # 于5月20日召开……；接待9场: the day of an act ends with it
_EARLIER = re.compile(r"上年|去年|上期|期初|年初|同期")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a sentence; `signed` is its value with the direction word before it applied.

    `open_sign` is set where the words leave the sign open; `items` are line-item keys named for it,
    `names` the words as written; `period` governs it or is None; `clause` is what stands since the last comma
    up to the figure's end, `lead` the whole sentence up to it, `near` the words around it up to the next stop or
    figure on either side; `base` marks the figure that a change starts from (由A降至B); `subject` is what its own
    clause names where `items` are only those of the figure before.
    """

    amount: Amount
    signed: Decimal
    open_sign: bool
    items: frozenset[str]
    names: tuple[str, ...]
    period: str | None
    clause: str
    lead: str
    near: str
    base: bool = False
    subject: str = ""

    @property
    def place(self) -> int:
        """Where the figure starts in the text."""
        return self.amount.start


@lru_cache(maxsize=1024)  # quotes and claims are read again for every pair of them that is compared
def figures_said(text: str, reporting_period: str) -> tuple[Said, ...]:
    """Every figure of a text, in order; relative words (上年同期) are read against `reporting_period`."""
    amounts = find_amounts(text)
    named = mentions(text, reporting_period)
    amounts = tuple(a for a in amounts if not any(m.start < a.end and a.start < m.end for m in named))
    own = [m for m in named if not m.compared and not _MEETING.match(text, m.end)]
    periods = [
        _compared_with(text, amount, named) or period
        for amount, period in zip(amounts, _periods(text, amounts, own), strict=True)
    ]
    items = _items(text, amounts)
    return tuple(
        Said(
            amount,
            *_signed(text, amount),
            items[n][0],
            items[n][1],
            periods[n],
            _clause(text, amount),
            text[_sentence_start(text, amount.start) : amount.start],
            _near(text, amounts, n),
            _is_base(text, amounts, n),
            own_subject(_clause(text, amount)[: -len(amount.text)]) if n and items[n] == items[n - 1] else "",
        )
        for n, amount in enumerate(amounts)
    )


def _compared_with(text: str, amount: Amount, named: Sequence[Mention]) -> str:
    """The period compared with whose own figure this is: 较2023年末的10元; "" where it is none such."""
    behind = (m for m in named if m.compared and text[m.end : amount.start].strip() == "的")
    return next((mention.period for mention in behind), "")


def _is_base(text: str, amounts: Sequence[Amount], n: int) -> bool:
    """Whether a figure is the A of 由A增至B."""
    if n + 1 >= len(amounts) or not _TURN.search(text[: amounts[n].start]):
        return False
    return bool(_TURNS_TO.match(text[amounts[n].end : amounts[n + 1].start]))


def _signed(text: str, amount: Amount) -> tuple[Decimal, bool]:
    """The figure with its direction word, and whether its sign stays open."""
    match = _DIRECTION.search(text[max(0, amount.start - 24) : amount.start])
    word = match["word"] if match else ""
    if word in _FALL.split("|"):
        return -amount.value, False
    return amount.value, word in _OPEN.split("|")


def _clause(text: str, amount: Amount) -> str:
    """The words between the last comma or figure before this one and the figure's end."""
    before = text[: amount.start]
    start = max(before.rfind(sign) for sign in "，,。；;\n") + 1
    return text[start : amount.end]


def _near(text: str, amounts: Sequence[Amount], n: int) -> str:
    """The words that stand between a figure and its neighbours or stops."""
    start = max(
        [amounts[n - 1].end if n else 0, *(text.rfind(sign, 0, amounts[n].start) + 1 for sign in _STOPS)]
    )
    return text[start : amounts[n].start] + " " + text[amounts[n].end : _end_near(text, amounts, n)]


def _end_near(text: str, amounts: Sequence[Amount], n: int) -> int:
    """Where the next stop or figure behind a figure stands."""
    end = amounts[n + 1].start if n + 1 < len(amounts) else len(text)
    return min([end, *(place for sign in _STOPS if (place := text.find(sign, amounts[n].end, end)) >= 0)])


def _periods(text: str, amounts: Sequence[Amount], named: Sequence[Mention]) -> list[str | None]:
    """The period that governs each figure."""
    governed: list[str | None] = []
    for n, amount in enumerate(amounts):
        start = _sentence_start(text, amount.start)
        respective = _respective(text, amounts, n, [m for m in named if start <= m.start])
        if n and re.fullmatch(r"[（(]\s*(?:即|约|合|折合)*\s*", text[amounts[n - 1].end : amount.start]):
            governed.append(governed[-1])  # the same figure said again: 380,792,216.26元（约3.81亿元）
        elif _is_base(text, amounts, n):
            governed.append(None)
        elif (topic := _topic(text, amounts, n, named)) is not None:
            governed.append(governed[topic])
        elif respective is None and _is_change(text, amounts, n, named):
            earlier = {m.period for m in named if start <= m.start and m.end <= amount.start}
            governed.append(earlier.pop() if len(earlier) == 1 else None)
        else:
            governed.append(respective.period if respective else _nearest(text, amounts, n, named))
    return governed


def _topic(text: str, amounts: Sequence[Amount], n: int, named: Sequence[Mention]) -> int | None:
    """The figure whose period comes back after a semicolon: A 10元，上年同期8元；B 5元 is about A's period."""
    start = _sentence_start(text, amounts[n].start)
    semicolon = max(text.rfind(sign, 0, amounts[n].start) for sign in "；;")
    before = [m for m in named if start <= m.start and m.end <= amounts[n].start]
    if semicolon < start or not before or before[-1].start > semicolon:
        return None
    first = next(k for k, amount in enumerate(amounts) if amount.start >= start)
    aside = first < n and amounts[first].end <= before[-1].start
    return first if aside and _EARLIER.search(text[before[-1].start : before[-1].end]) else None


def _is_change(text: str, amounts: Sequence[Amount], n: int, named: Sequence[Mention]) -> bool:
    """Whether a figure is a change without a period of its own: 本期A，上年同期B，同比下降38.56%."""
    since = max(
        amounts[n - 1].end if n else 0, *(text.rfind(sign, 0, amounts[n].start) + 1 for sign in _STOPS)
    )
    moves = _DIRECTION.search(text[max(0, amounts[n].start - 24) : amounts[n].start])
    return bool(n and moves and not any(since <= m.start < amounts[n].start for m in named))


def _nearest(text: str, amounts: Sequence[Amount], n: int, named: Sequence[Mention]) -> str | None:
    """The period in brackets right after the figure, or the last one named before it in the sentence."""
    amount, start = amounts[n], _sentence_start(text, amounts[n].start)
    behind = re.match(r"[（(][^（()）]*[)）]", text[amount.end :])
    close = amount.end + behind.end() if behind else amount.end
    if behind and not any(amount.end < other.start < close for other in amounts):  # （上年同期：B）is about B
        for mention in named:
            if amount.end < mention.start < close:
                return mention.period
    before = [m for m in named if start <= m.start and m.end <= amount.start]
    before = [
        m for m in before if not (text[: m.start].endswith("于") and _BREAK.search(text, m.end, amount.start))
    ]
    if before and _FROM_TO.search(text[: amount.start]):
        turn = max(text.rfind("由", 0, amount.start), text.rfind("从", 0, amount.start))
        # What a change comes to is of no earlier time, though one is told in the clause before.
        before = [m for m in before if m.end <= turn and not _EARLIER.search(text[m.start : m.end])]
    if before and _is_aimed_at(text, before[-1], amounts, n):
        return None
    return before[-1].period if before else None


def _is_aimed_at(text: str, mention: Mention, amounts: Sequence[Amount], n: int) -> bool:
    """Whether the period is that of a target told before this figure: 年末不超过9,000万元 账面价值9,500万元."""
    between = [amount for amount in amounts[:n] if amount.start >= mention.end]
    return bool(between) and bool(_AIM.match(text[mention.end : between[0].start]))


def _respective(text: str, amounts: Sequence[Amount], n: int, named: Sequence[Mention]) -> Mention | None:
    """The n-th of several periods where the sentence says 分别."""
    word = text.rfind("分别", _sentence_start(text, amounts[n].start), amounts[n].start)
    if word < 0:
        return None
    before = [m for m in named if m.end <= word]
    end = SENTENCE_END.search(text, word)
    after = [a for a in amounts if word < a.start < (end.start() if end else len(text))]
    if len(before) < 2 or len(after) < len(before):
        return None
    index = after.index(amounts[n])
    return before[index] if index < len(before) else None


def _items(text: str, amounts: Sequence[Amount]) -> list[Items]:
    """The line items named for each figure: since the figure before it, or what that one had."""
    found = find_line_items(text)
    result: list[Items] = []
    for n, amount in enumerate(amounts):
        sentence = _sentence_start(text, amount.start)
        since = max(sentence, amounts[n - 1].end if n else 0)
        here = [item for item in found if since <= item.start and item.end <= amount.start]
        # 从收入看，营业成本为…: an item named in the figure's own clause outdoes those before the comma.
        here = [item for item in here if item.start > _comma(text, amount.start)] or here
        if kind_of(amount.unit).startswith("count:"):  # 1,448项软件著作权: what is counted may follow
            here += [item for item in found if amount.end <= item.start <= _end_near(text, amounts, n)]
        if not here and n and since > sentence:
            result.append(result[-1] if _may_be_of(amount, result[-1][0]) else (frozenset(), ()))
            continue
        result.append((frozenset(item.key for item in here), tuple(text[i.start : i.end] for i in here)))
    return _paired(text, amounts, result)


def _may_be_of(amount: Amount, items: frozenset[str]) -> bool:
    """Whether a figure may go on about the items of the one before: an amount of money is no ratio."""
    ratios = items and all(line_items()[key].nature == "ratio" for key in items)
    return not (ratios and kind_of(amount.unit) == "money_cny")


def _comma(text: str, position: int) -> int:
    return max(text.rfind(sign, 0, position) for sign in "，,")


def _paired(text: str, amounts: Sequence[Amount], items: list[Items]) -> list[Items]:
    """Where 分别 shares several line items out among as many figures, each gets its own."""
    for n, amount in enumerate(amounts):
        since = amounts[n - 1].end if n else 0
        word = text.find("分别", since, amount.start)
        if word >= 0 and items[n] == items[n - 1]:  # A为1元、B为2元，分别增长3%和4%
            items[n:] = _in_turn(text, amounts, items, n)
        group = [k for k in range(n, len(amounts)) if items[k][1] == items[n][1]]
        if word < 0 or len(items[n][1]) < 2 or len(group) != len(items[n][1]):
            continue
        named = find_line_items(text[since : amount.start])
        for k, item in zip(group, named, strict=False):
            items[k] = (frozenset({item.key}), (text[since + item.start : since + item.end],))
    return items


def _in_turn(text: str, amounts: Sequence[Amount], items: Sequence[Items], n: int) -> Sequence[Items]:
    """The items from figure n on: those of the figures before it in the sentence, where they are as many."""
    start, end = _sentence_start(text, amounts[n].start), SENTENCE_END.search(text, amounts[n].start)
    before = [k for k in range(n) if amounts[k].start >= start]
    after = [k for k in range(n, len(amounts)) if end is None or amounts[k].start < end.start()]
    if len(before) != len(after) or len({items[k] for k in before}) != len(before):
        return items[n:]
    return [*(items[k] for k in before), *items[n + len(after) :]]


def _sentence_start(text: str, position: int) -> int:
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, position)]
    return ends[-1] if ends else 0
