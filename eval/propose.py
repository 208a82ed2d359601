"""Questions drafted from printed figures, each with the near misses that a careless answer would fall for.

A near miss is a question of its own: whoever mixes the two up gets one of them wrong.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from eval.drafts import Record
from eval.stated import Stated, in_words, next_year

TRAPS = {
    "neighbouring_year": "相邻年度（或年初）",
    "other_scope": "另一口径",
    "similar_item": "相近科目",
    "sibling_issuer": "另一家公司",
    "absent_year": "尚未披露的年度",
}
_SCOPES = {"consolidated": "合并", "parent": "母公司"}
_FORMS = (
    "{company}{period}{scope}{label}是多少",
    "{period}{company}的{scope}{label}有多少",
    "{company}{scope}{label}{period}是多少",
)
_ALIKE = 0.5  # of the signs of two labels, in order, for one to be taken for the other


def propose(
    figures: Sequence[Stated], count: int, seed: int, known: Collection[tuple[str, str]] = ()
) -> list[Record]:
    """Drafts from `count` figures spread over filings and pages, each followed by its near misses.

    `known` holds filing id and value of figures that gold asks for already; the same seed gives the same drafts.
    """
    drawn = random.Random(seed)  # noqa: S311  spreads questions, guards nothing
    fresh = [one for one in figures if (one.filing_id, str(one.value)) not in known and one.value]
    drafts: list[Record] = []
    for number, figure in enumerate(_spread(fresh, count, drawn), 1):
        key = f"pr-{figure.filing_id[:6]}-{number:03}"
        drafts.append(_draft(key, figure, drawn))
        drafts += _near_misses(key, figure, figures, drawn)
    return drafts


def _spread(figures: Sequence[Stated], count: int, drawn: random.Random) -> list[Stated]:
    """Figures in turn from each filing, at even distances over its pages, no line item twice in one filing."""
    by_filing: dict[str, list[Stated]] = {}
    for one in sorted(figures, key=lambda one: (one.file, one.page)):
        own = by_filing.setdefault(one.filing_id, [])
        if all(one.line_item != other.line_item for other in own):
            own.append(one)
    shares = len(by_filing) and -(-count // len(by_filing))
    picked = [_evenly(own, shares, drawn) for own in by_filing.values()]
    turns = (own[turn] for turn in range(shares) for own in picked if turn < len(own))
    return [one for one, _ in zip(turns, range(count), strict=False)]


def _evenly(own: Sequence[Stated], count: int, drawn: random.Random) -> list[Stated]:
    step = max(len(own) / count, 1.0)
    offset = drawn.random() * step
    places = (int(offset + step * number) for number in range(count))
    return [own[place] for place in places if place < len(own)]


def _near_misses(
    key: str, figure: Stated, figures: Iterable[Stated], drawn: random.Random
) -> Iterator[Record]:
    others = [one for one in figures if one != figure and one.value != figure.value]
    same = [one for one in others if one.filing_id == figure.filing_id]
    found = {
        "neighbouring_year": [
            o for o in same if _same(o, figure, "line_item", "scope") and len(o.period) == len(figure.period)
        ],
        "other_scope": [
            o for o in same if _same(o, figure, "line_item", "period") and o.scope != figure.scope
        ],
        "similar_item": _alike(figure, same),
        "sibling_issuer": [
            o
            for o in others
            if _same(o, figure, "line_item", "period", "scope") and o.company != figure.company
        ],
    }
    for trap, candidates in found.items():
        if candidates:
            draft = _draft(f"{key}-{trap.partition('_')[0]}", candidates[0], drawn)
            yield {**draft, **_noted(key, trap, figure)}
    same_time = [
        one.period for one in figures if one.company == figure.company and one.period[4:] == figure.period[4:]
    ]
    yield _absent(key, figure, next_year(max(same_time)))


def _same(one: Stated, other: Stated, *names: str) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _alike(figure: Stated, others: Iterable[Stated]) -> list[Stated]:
    """Other line items of the same time and scope, the most alike label first."""
    near = [
        (SequenceMatcher(None, one.label, figure.label).ratio(), one)
        for one in others
        if _same(one, figure, "period", "scope", "unit") and one.line_item != figure.line_item
    ]
    return [one for ratio, one in sorted(near, key=lambda pair: -pair[0]) if ratio >= _ALIKE]


def _draft(key: str, figure: Stated, drawn: random.Random) -> Record:
    scope = _SCOPES.get(figure.scope, "")
    shown = f"{figure.value:,f}{figure.unit}"
    return {
        "id": key,
        "question": _question(figure, scope if figure.scope == "parent" else "", drawn),
        "kind": "number",
        "answer": f"{in_words(figure.period)}{figure.label}（{scope}口径）为{shown}。",
        "values": [{"value": str(figure.value), "unit": figure.unit}],
        "evidence": [
            {"document": figure.filing_id, "file": figure.file, "page": figure.page, "quote": figure.quote}
        ],
        "scope": scope,
    }


def _question(figure: Stated, scope: str, drawn: random.Random) -> str:
    form = drawn.choice(_FORMS)
    return form.format(
        company=figure.company, period=in_words(figure.period), scope=scope, label=figure.label
    )


def _absent(key: str, figure: Stated, period: str) -> Record:
    """A question on a later year than any that is loaded."""
    later = in_words(period)
    record: Record = {
        "id": f"{key}-absent",
        "question": f"{figure.company}{later}{figure.label}是多少",
        "kind": "unanswerable",
        "answer": f"载入的公告没有披露{later}的{figure.label}。",
        "unanswerable": True,
        "reason": "not_found",
    }
    return {**record, **_noted(key, "absent_year", figure)}


def _noted(key: str, trap: str, figure: Stated) -> Record:
    """What a person should know of a near miss: which figure it must not be answered with."""
    return {
        "trap": trap,
        "of": key,
        "note": f"{TRAPS[trap]}：不能答成 {figure.value:,f}{figure.unit}（第 {figure.page} 页）",
    }
