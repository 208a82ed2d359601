"""The words of table heads: broken ones made whole, and the columns of heads in several levels.

Flattened text gives a head line by line, so that the levels of a head, and the pieces of its broken
words, stand among each other. Which words there are is known (`heads.toml`), and so is their order in the
two shapes that statements' notes have: balances with their movements between, and periods over equal groups.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Literal, cast

from rag.filings.lexicon import line_item_of
from rag.filings.text import squeeze

_FILE = Path(__file__).with_name("heads.toml")
Role = Literal["opening", "closing", "more", "less", "either", "subtotal", "gross", "allowance", "net", "sum"]
_REACH = 16  # words within which the pieces of a broken head word stand
_PERIOD = re.compile(
    r"^(?:本期|上期|本年|上年|期末|期初|年末|年初|上年年末|上年同期|本年度|上年度|本报告期|\d{4}年.*)"
    r"(?:发生额|余额|金额|数|末|度)?$|^\d{4}-\d\d-\d\d$"
)
# What stands above a head and is none of it: its unit and tick boxes, else the end of a sentence.
_CAPTION, _SAID = re.compile(r"单位:|币种|人民币|适用$"), re.compile(r"[:。;]$")
# Words above the movements that they span.
_SPANS = re.compile(r"^本[期年次](?:增减变动|变动增减|变动|增加|减少)(?:金额|额)?(?:\(.*\))?$")
_MOVED = frozenset({"more", "less", "either", "subtotal"})
_VALUED: tuple[Role, ...] = ("gross", "allowance", "net")
# Changes against the year before; in percent wherever they stand beside periods.
_CHANGE = re.compile(r"^(?:本[报告期年末]*[比较]上年[^ ]{0,8}|同比)(?:增减|变动)(?:变动|幅度)?(?:\(%\))?$")
_HEADLIKE = re.compile(r"(?:增减|变动|幅度|比例|余额|金额)(?:\(.{1,3}\))?$")
_RESTATED = ("调整前", "调整后")
_MOST_GROUPS = 4
_TOTALS = ("合计", "小计")


@dataclass(frozen=True, slots=True)
class HeadWords:
    """The vocabulary of heads: the role of each word that has one, all words, those of label and text columns;
    what the total of a prescribed table is called, by words of its heading.

    `cells` are words that forms prescribe for cells of text, never a row's name, `inside` those between two
    figures of a row; `names` those that they prescribe for rows, `ends` the words that names of companies,
    projects and the like end with.
    """

    roles: dict[str, Role]
    known: frozenset[str]
    labels: frozenset[str]
    texts: frozenset[str]
    totals: dict[str, str]
    cells: frozenset[str]
    inside: frozenset[str]
    names: frozenset[str]
    ends: tuple[str, ...]


@cache
def head_words() -> HeadWords:
    """The words of `heads.toml`."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    roles = {word: cast(Role, role) for role, words in told["roles"].items() for word in words.split(" | ")}
    kinds = ("other", "label", "text", "cells", "inside", "names")
    other, labels, texts, cells, inside, names = (
        frozenset(told["words"][kind].split(" | ")) for kind in kinds
    )
    known = frozenset(roles) | other | labels | texts
    ends = tuple(told["words"]["end"].split(" | "))
    return HeadWords(roles, known, labels, texts, told["totals"], cells, inside, names, ends)


def total_name(label: str, heading: str) -> str:
    """What a row is called: the total of a prescribed table by what it adds up, any other by its label."""
    if squeeze(label) not in _TOTALS:
        return label
    return next((name for words, name in head_words().totals.items() if words in heading), label)


def mended(words: Sequence[str]) -> list[str]:
    """Head words with the pieces of broken ones put together at the place of the first piece."""
    return [word for word, _ in _pieced(words)]


def known_until(words: Sequence[str]) -> int:
    """How many of the first words belong to the head: up to the last that names no row (`其他` may)."""
    ends = (max(places) + 1 for word, places in _pieced(words) if _is_known(word) and not _may_name(word))
    return max(ends, default=0)


def _may_name(word: str) -> bool:
    return word == "其他" or bool(line_item_of(word))


def _is_known(word: str) -> bool:
    return word in head_words().known or bool(_PERIOD.match(word) or _CHANGE.match(word))


def _pieced(words: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each word with the places of its pieces."""
    used: set[int] = set()
    for i in range(len(words)):
        if i in used:
            continue
        places = _pieces(words, i, used)
        used.update(places)
        yield "".join(words[k] for k in places), places


def _pieces(words: Sequence[str], i: int, used: set[int]) -> tuple[int, ...]:
    """The places of the pieces of the word that begins at `i`, of at most three."""
    known = head_words().known
    near = [j for j in range(i + 1, min(i + _REACH, len(words))) if j not in used]
    loose = [j for j in near if words[j] not in known]
    # 期末 over 账面余额 is one level over another, and no broken 期末账面余额.
    whole = words[i] in known or _PERIOD.match(words[i])
    for j in loose if whole else near:
        if words[i] + words[j] in known:
            return i, j
    if words[i] in known:
        return (i,)
    for j in loose:
        for k in near:
            if k > j and words[i] + words[j] + words[k] in known:
                return i, j, k
    return (i,)


def leveled(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The columns of a whole head from left to right, each with its levels; empty where its shape is no known one.

    `words` may begin with what stands above the table: its unit, a tick box, the end of a sentence.
    """
    whole = mended(words)
    start = _start(whole)
    known = list(takewhile(_is_known, whole[start:]))
    rest = whole[start + len(known) :]
    if any(_may_head(word) for word in rest):
        return _summed(whole[start:])  # an unknown word inside the head
    told = head_words()
    figures = [word for word in known if word not in told.labels and word not in told.texts]
    if not figures:
        return _summed(whole[start:])
    return (
        _restated(figures)
        or _movements(figures)
        or _valued(figures)
        or _groups(figures)
        or _summed(whole[start:])
        or ([] if _is_enclosing(words) else _plain(figures))
    )


def _is_enclosing(words: Sequence[str]) -> bool:
    """Whether the pieces of a broken word stand around others: where its column is among theirs is not told."""
    return any(
        places[-1] - places[0] >= len(places) and sum(map(_is_known, words[places[0] + 1 : places[-1]])) > 1
        for _, places in _pieced(words)
    )


def _may_head(word: str) -> bool:
    """Whether a word behind the known ones may be one more column rather than a row without figures."""
    known = _is_known(word) and not _may_name(word) and word not in _TOTALS
    return known or _HEADLIKE.search(word) is not None


def _start(words: Sequence[str]) -> int:
    """Where the head begins."""
    captions = [k + 1 for k, word in enumerate(words) if _CAPTION.search(word)]
    first = next((k for k, word in enumerate(words) if _is_known(word)), 0)
    said = [k + 1 for k, word in enumerate(words[:first]) if _SAID.search(word)]
    return max(captions or said, default=0)


def _summed(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Classes of things, whatever they are called, up to the column of their sum."""
    if not words or words[0] not in head_words().labels:
        return []
    end = next((k for k, word in enumerate(words) if word in _TOTALS), 0)
    return [(word,) for word in words[1 : end + 1]] if end > 1 else []


def _restated(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Periods of which the earlier ones have figures before and after a restatement, changes at most one of them."""
    lower = [word for word in words if word in _RESTATED]
    first, *others = [word for word in words if word not in _RESTATED] or [""]
    changes = [word for word in others if _CHANGE.match(word)]
    single = 2 * (len(others) - len(changes)) == len(lower)
    if not lower or not (single or 2 * len(others) - len(changes) == len(lower)):
        return []
    found: list[tuple[str, ...]] = [(first,)]
    for word in others:
        count = (0 if single else 1) if word in changes else 2
        found += [(word, lower.pop(0)) for _ in range(count)] or [(word,)]
    return found


def _valued(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Gross value, allowance and net value of each period, in whatever order their broken words came."""
    roles = [head_words().roles.get(word) for word in words]
    periods = [word for word in words if _PERIOD.match(word)]
    inner = {role: word for word, role in zip(words, roles, strict=True) if role is not None}
    times = max(1, len(periods))
    counted = all(roles.count(role) == times for role in _VALUED)
    if not counted or len(words) != len(periods) + 3 * times or len(set(periods)) != len(periods):
        return []
    if not periods:
        return [(inner[role],) for role in _VALUED]
    return [(period, inner[role]) for period in periods for role in _VALUED]


def _movements(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Opening balance, movements, closing balance; what stands before the opening one spans the movements."""
    roles = [head_words().roles.get(word) for word in words]
    if roles.count("opening") != 1 or roles.count("closing") != 1:
        return []
    opening, closing = roles.index("opening"), roles.index("closing")
    inner = [k for k in range(opening + 1, len(words)) if k != closing]
    if not inner or closing < opening or not all(roles[k] in _MOVED for k in inner):
        return []
    if not all(map(_SPANS.match, words[:opening])):
        return []
    return [(words[k],) for k in (opening, *inner, closing)]


def _groups(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Periods, each over the same group of words; words beside the periods are columns of their own."""
    for size in range(1, len(words)):
        group = tuple(words[-size:])
        if any(map(_PERIOD.match, group)):
            break
        times = 1
        while times < _MOST_GROUPS and tuple(words[-size * (times + 1) : -size * times]) == group:
            times += 1
        upper = words[: len(words) - size * times]
        periods = [word for word in upper if _PERIOD.match(word)]
        beside = len(upper) - len(periods)
        if len(set(periods)) == len(periods) == times and beside <= (times > 1):
            return [
                level
                for word in upper
                for level in ([(word, inner) for inner in group] if _PERIOD.match(word) else [(word,)])
            ]
    return []


def _plain(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Words of one level, none of them said twice."""
    return [(word,) for word in words] if len(set(words)) == len(words) else []


def role_of(levels: Sequence[str]) -> Role | None:
    """What the figures of a column do in their row's sum; those under `金额` do what the level above says."""
    inner = levels[-2:] if levels[-1:] in (("金额",), ("数量",)) else levels[-1:]
    return next((head_words().roles[word] for word in inner if word in head_words().roles), None)
