"""Meetings of shareholders, read from the prescribed table whose cells are names, dates and words.

Both exchanges prescribe that the day of the meeting stands before the day on which it was disclosed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.answering.draft import Draft, Material
from rag.answering.phrase import issuer_name
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Passage
from rag.filings.wrapped_dates import wrapped_dates
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

_TABLE = re.compile(r"会议届次|届次\s*会议类型")
_ASKS = re.compile(r"股东大?会")
_DETAIL = re.compile(
    r"哪[天日几]|几[号月次]|什么时候|何时|啥时|日期|时间|参与比例|几次|哪些|召?开[了过]|届次"
)
_OTHER = re.compile(r"议案|审议|表决|通过|决议(?!.{0,4}披露)")  # what a meeting resolved
_DISCLOSED = re.compile(r"披露|公告")
_SHARE = re.compile(r"\d{1,3}\.\d+%")
_BOX = re.compile(r"[□√☑]")
# 2023年年度股东大会, 2024年第一次临时股东大会; narrow columns leave pieces of the rest on lines below.
_NAME = re.compile(
    r"(?P<year>20\d\d)\s?年\s?(?:(?P<yearly>年度)|第(?P<nth>[一二三四五六七八九十]{1,2})(?![类个大项])(?!次?\s?[ABH类]))"
    r"(?P<rest>[次临时股东大会\s]*)(?=\s?(?:20\d\d\s?年\s?\d|[、\n]|年度股东|临时股东|\d{1,3}\.\d+%))"
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its name, when it was held and disclosed, the share of votes present, its place in the text.

    What the table does not tell is "".
    """

    name: str
    held: str
    disclosed: str
    share: str
    start: int
    end: int


def told_meetings(material: Material, corpus: Corpus) -> Draft | None:
    """When the meetings asked for were held; None where that is not asked or no table tells it."""
    query = material.query
    asked = _ASKS.search(query.text) and _DETAIL.search(query.text) and not _OTHER.search(query.text)
    if query.sides or not asked:
        return None
    for filing in {piece.filing.id: piece.filing for piece in material.evidence}.values():
        for passage, _ in corpus.passages(filing.id):
            found = _asked(list(_meetings(passage)), query) if _TABLE.search(passage.text) else []
            if found:
                return _told(material, Evidence(len(material.evidence) + 1, 0.0, passage, filing), found)
    return None


def _asked(found: list[Meeting], query: Query) -> list[Meeting]:
    """The meetings that the question names, all of them where it names none."""
    kinds = [kind for kind in ("年度股东", "临时股东") if kind in query.text]
    named = [one for one in found if one.name in query.text]
    return named or [one for one in found if not kinds or any(kind in one.name for kind in kinds)]


def _meetings(passage: Passage) -> Iterator[Meeting]:
    """Every meeting of a table, its name made whole; none at all where the day of one cannot be read."""
    text = passage.text
    starts = list(_NAME.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    made = [_meeting(text, match, end) for match, end in zip(starts, ends, strict=False)]
    if all(made):
        yield from (one for one in made if one is not None)


def _meeting(text: str, match: re.Match[str], end: int) -> Meeting | None:
    box = _BOX.search(text, match.end(), end)
    end = box.start() if box else end
    row = text[match.end() : end]
    dates = wrapped_dates(row)
    tail = "股东大会" if match["yearly"] else "次临时股东大会"
    if not dates or not all(date.day for date in dates[:2]):
        return None
    if not _holds(re.sub(r"\s", "", match["rest"] + row), tail):
        return None
    name = f"{match['year']}年" + ("年度" if match["yearly"] else f"第{match['nth']}") + tail
    share = _SHARE.search(row[: dates[0].start + 1])
    disclosed = dates[1].text if len(dates) > 1 else ""
    held = [date.text for date in dates[:2]]
    last = bisect_left(range(len(row)), 1, key=lambda n: _tells(row[:n], held))
    return Meeting(name, held[0], disclosed, share[0] if share else "", match.start(), match.end() + last)


def _tells(row: str, days: list[str]) -> bool:
    """Whether so much of a row tells these days."""
    return [date.text for date in wrapped_dates(row)[: len(days)]] == days


def _holds(text: str, word: str) -> bool:
    """Whether a text has the signs of a word in their order."""
    signs = iter(text)
    return all(sign in signs for sign in word)


def _told(material: Material, piece: Evidence, found: list[Meeting]) -> Draft:
    place = len(material.evidence)
    disclosed = _DISCLOSED.search(material.query.text)
    parts = [
        f"{one.name}于{one.held}召开" + (f"（{one.disclosed}披露）" if disclosed and one.disclosed else "")
        for one in found
    ]
    quotes = tuple(Quote(place, one.start, one.end) for one in found)
    claims = [Claim(f"{issuer_name(piece.filing)}{'；'.join(parts)}。", quotes)]
    if "比例" in material.query.text:
        # Without the year of its name, which is not when the figure is of.
        claims += [
            Claim(f"{one.name[5:]}的投资者参与比例为{one.share}。", (quote,))
            for one, quote in zip(found, quotes, strict=True)
            if one.share
        ]
    grown = replace(material, evidence=(*material.evidence, piece))
    return Draft(tuple(claims), material=grown)
