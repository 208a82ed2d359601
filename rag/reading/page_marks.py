"""Page marks printed in running text: `3 / 212`, `第 3 页 共 9 页`, `- 3 -`, a lone 3 below a head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_HERE = r"(?<!\S){}(?!\S)"
_LINE = r"(?m)^[ \t\u3000]*{}[ \t\u3000]*$"
_WITH_TOTAL = (
    re.compile(_HERE.format(r"(\d{1,4})[ \t]?/[ \t]?(\d{1,4})")),
    re.compile(r"第[ \t]*(\d{1,4})[ \t]*页[ \t,，/]*[共总][ \t]*(\d{1,4})[ \t]*页"),
    re.compile(r"\b[Pp]age[ \t]+(\d{1,4})[ \t]+of[ \t]+(\d{1,4})\b"),
)
_WITHOUT_TOTAL = (
    re.compile(_LINE.format(r"第[ \t]*(\d{1,4})[ \t]*页")),
    re.compile(_LINE.format(r"[-—–－][ \t]*(\d{1,4})[ \t]*[-—–－]")),
    re.compile(_LINE.format(r"[Pp]age[ \t]+(\d{1,4})")),
)
_LONE = re.compile(_LINE.format(r"(\d{1,4})"))
# Figures of tables look like marks; a run of marks is believed when it covers this part of its pages.
_LEAST_COVER = 0.25
_LEAST_STEPS = 0.8  # without a total: the share of marks that follow their predecessor by one
_LEAST_HEAD = 4  # characters of a running head that makes a lone number a page number
_LEAST_LONE = 5  # lone numbers without a running head, counting up from 1
_LEAST_PAGE = 200  # characters between them, on average


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed page number and its place in the text; `total` is the number of pages that it names."""

    start: int
    end: int
    number: int
    total: int | None = None


def find_marks(text: str) -> list[Mark]:
    """The page marks of `text` in order, numbers ascending; empty where no habit of marking is found."""
    totalled = max((_best_total(text, habit) for habit in _WITH_TOTAL), key=len)
    if totalled:
        return totalled
    plain = max((_consecutive(list(_matches(text, habit))) for habit in _WITHOUT_TOTAL), key=len)
    return plain or _lone_numbers(text)


def ascending(marks: list[Mark]) -> list[Mark]:
    """The longest run of strictly ascending numbers among marks that stand in text order."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = [-1] * len(marks)
    for index, mark in enumerate(marks):
        place = bisect_left(tails, mark.number)
        tails[place : place + 1] = [mark.number]
        at[place : place + 1] = [index]
        before[index] = at[place - 1] if place else -1
    run: list[Mark] = []
    index = at[-1] if at else -1
    while index >= 0:
        run.append(marks[index])
        index = before[index]
    return run[::-1]


def _matches(text: str, habit: re.Pattern[str]) -> Iterator[Mark]:
    for match in habit.finditer(text):
        total = int(match[2]) if habit.groups > 1 else None
        number = int(match[1])
        if number and (total is None or number <= total):
            yield Mark(match.start(), match.end(), number, total)


def _best_total(text: str, habit: re.Pattern[str]) -> list[Mark]:
    by_total: dict[int | None, list[Mark]] = {}
    for mark in _matches(text, habit):
        by_total.setdefault(mark.total, []).append(mark)
    best = max((ascending(marks) for marks in by_total.values()), key=len, default=[])
    return best if best and _believable(text, best) else []


def _believable(text: str, run: list[Mark]) -> bool:
    total = run[0].total or 0
    if len(run) == 1:
        return total == 1 and (not text[: run[0].start].strip() or not text[run[0].end :].strip())
    return len(run) >= max(2, _LEAST_COVER * total)


def _consecutive(marks: list[Mark]) -> list[Mark]:
    run = ascending(marks)
    steps = sum(after.number - mark.number == 1 for mark, after in pairwise(run))
    return run if len(run) >= 2 and steps >= _LEAST_STEPS * (len(run) - 1) else []


def _lone_numbers(text: str) -> list[Mark]:
    marks = list(_matches(text, _LONE))
    heads = [squeeze(line_before(text, mark.start)) for mark in marks]
    named = Counter(head for head in heads if len(head) >= _LEAST_HEAD)
    head, count = named.most_common(1)[0] if named else ("", 0)
    if count >= 3:
        return _consecutive([mark for mark, own in zip(marks, heads, strict=True) if own == head])
    run = _consecutive(marks)
    enough = len(run) >= _LEAST_LONE and run[0].number == 1 and len(marks) <= 2 * len(run)
    return run if enough and len(text) >= _LEAST_PAGE * len(run) else []


def line_before(text: str, at: int) -> str:
    """The last line with characters before offset `at`."""
    before = text[max(0, at - 200) : at].rstrip()
    return before[before.rfind("\n") + 1 :]


def squeeze(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())
