"""Up and down in words: a sentence must not turn round what its quotes say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.checking.holders import Holder
from rag.checking.said import Said
from rag.filings.lexicon import find_line_items
from rag.filings.unit import unit_of

_RISE = re.compile(r"增长|增加|上升|提升|提高|上涨|扩大|盈利")
_FALL = re.compile(r"下降|减少|降低|下滑|下跌|回落|收窄|缩减|亏损|减亏")
_MOVED_TO = re.compile(r"(?P<up>增|升|提高|涨)|(?P<down>降|减|跌|下滑|回落)")
# 净利润（净亏损以“-”号填列） is a label, not a loss.
_LABEL_SIGN = re.compile(r"净?亏损(?:总额)?以\W{0,2}[-－—−]")
_NEAR = 10  # signs behind a line item within which a direction word is about it


def direction_problems(
    text: str, figures: Sequence[Said], offered: Sequence[Holder], quoted: str
) -> Iterator[str]:
    """Chinese phrases for directions that the quotes or the sentence's own figures contradict."""
    yield from _from_to(text, figures)
    yield from _of_items(text, quoted, strict=not figures)
    if not figures:
        yield from _without_figures(text, offered, quoted)
    if "盈利" in text and "亏损" in _LABEL_SIGN.sub("", quoted) and "盈利" not in quoted:
        yield "引文说的是亏损"


def _from_to(text: str, figures: Sequence[Said]) -> Iterator[str]:
    """由A增至B: B must be the greater one."""
    for before, after in pairwise(figures):
        between = text[before.amount.end : after.place]
        lead = text[max(0, before.place - 30) : before.place]
        a, b = unit_of(before.amount.unit), unit_of(after.amount.unit)
        moved = _MOVED_TO.search(between)
        if not (moved and re.search("由|从", lead) and re.search("[至到为]", between)):
            continue
        if a is None or b is None or a.kind != b.kind:
            continue
        rises = after.signed * b.factor > before.signed * a.factor
        if rises != bool(moved["up"]):
            yield "增减的方向与前后两个数相反"


def _without_figures(text: str, offered: Sequence[Holder], quoted: str) -> Iterator[str]:
    """A sentence that only says up where the quotes only say down, or the other way round."""
    up, down = bool(_RISE.search(text)), bool(_FALL.search(text))
    if up == down:
        return
    changes = [holder.value for holder in offered if holder.cell and holder.unit in ("%", "个百分点")]
    quote_up = bool(_RISE.search(quoted)) or any(value > 0 for value in changes)
    quote_down = bool(_FALL.search(quoted)) or any(value < 0 for value in changes)
    if (up and quote_down and not quote_up) or (down and quote_up and not quote_down):
        yield "增减的方向与引文相反"


def _of_items(text: str, quoted: str, strict: bool) -> Iterator[str]:
    """Which way each line item moved must be as quoted; a `strict` sentence must share an item with its quotes."""
    said, held = _moves(text), _moves(quoted)
    if strict and said and held and not said.keys() & held.keys():
        yield "引文说的是另一个科目"
    for item in said.keys() & held.keys():
        if said[item] and held[item] and not said[item] & held[item]:
            yield "增减的方向与引文相反"


def _moves(text: str) -> dict[str, set[str]]:
    """Each line item of a text with the directions said right behind it."""
    moves: dict[str, set[str]] = {}
    for item in find_line_items(text):
        behind = text[item.end : item.end + _NEAR]
        ways = moves.setdefault(item.key, set())
        ways |= {"up"} if _RISE.search(behind) else set()
        ways |= {"down"} if _FALL.search(behind) else set()
    return moves
