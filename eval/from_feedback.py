"""Readers' confirmed feedback as gold questions, or as drafts where the right answer is still to be filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pydantic import ValidationError

from eval.answered import Cited, Reply, Said, reply_of
from eval.cutting import printed_forms, quote_around
from eval.drafts import Record
from rag import Feedback, UserError

_PAGE = re.compile(r"第?\s*(\d{1,4})\s*页")
_FIGURE = re.compile(
    r"(-?\d[\d,]*(?:\.\d+)?)\s*((?:万|亿|百万|千)?(?:元(?:/股)?|股|%|个百分点|人|家|项|次|户))"
)


class Page(Protocol):
    """A page as stored."""

    @property
    def text(self) -> str: ...


class PageReader(Protocol):
    """Pages by filing and position; `rag.Assistant` is one."""

    def page(self, filing_id: str, position: int) -> Page: ...


@dataclass(frozen=True, slots=True)
class _Right:
    """A figure that a right answer holds."""

    value: Decimal
    unit: str


def record_of(entry: Feedback, reader: PageReader) -> Record:
    """The entry as a gold record; with a `note` on what a person must add where it is not complete.

    `good` keeps figure and place, `wrong_page` the figure, `wrong_figure` the place; what is wrong is taken
    from the comment where it says it (第 7 页, 1,234.56万元) and the page bears it out.
    """
    reply = _reply(entry)
    record: Record = {"id": f"fb-{entry.at[:10].replace('-', '')}-{entry.id}", "question": entry.question}
    if reply is None:
        return {**record, "kind": "text", "note": _note(entry, "存下的回答读不出来，请补全各项")}
    if reply.refused and entry.verdict == "good":
        reason = reply.refusal.reason if reply.refusal else "not_disclosed"
        refused: Record = {"kind": "unanswerable", "unanswerable": True, "reason": reason}
        return {**record, **refused, "answer": reply.answer}
    return {**record, **_answerable(entry, reply, reader)}


def _answerable(entry: Feedback, reply: Reply, reader: PageReader) -> Record:
    """The gold of a question that has an answer."""
    right = _right_figure(entry, reply)
    filed: Record = {
        "kind": "number" if right else "text",
        "answer": _plain(reply) if entry.verdict == "good" else "",
    }
    if right is None:
        return {**filed, "note": _note(entry, "请补 values 或 must_include，以及 evidence")}
    filed["values"] = [{"value": str(right.value), "unit": right.unit}]
    if entry.verdict != "good":
        filed["answer"] = f"{right.value:,f}{right.unit}。"
    evidence = next(_evidence(entry, reply, right, reader), None)
    if evidence is None:
        return {**filed, "note": _note(entry, "没有在所说的页上找到这个数，请补 evidence")}
    return {**filed, "evidence": [evidence]}


def _right_figure(entry: Feedback, reply: Reply) -> _Right | None:
    if entry.verdict in ("good", "wrong_page"):
        first = _first_figure(reply)
        return _Right(Decimal(first.value), first.unit) if first else None
    stated = _FIGURE.search(entry.comment)
    return _Right(Decimal(stated[1].replace(",", "")), stated[2]) if stated else None


def _first_figure(reply: Reply) -> Said | None:
    """The figure that is said first: the direct answer, what follows is beside it."""
    placed = [(reply.answer.find(figure.text), figure) for figure in reply.figures]
    said = [(place, figure) for place, figure in placed if place >= 0]
    return min(said, key=lambda pair: pair[0])[1] if said else None


def _evidence(entry: Feedback, reply: Reply, right: _Right, reader: PageReader) -> Iterator[Record]:
    """Every place among those that count where the page prints the figure."""
    for place, page in _places(entry, reply):
        try:
            text = reader.page(place.filing_id, page).text
        except UserError:
            continue  # the filing is gone, or has no such page
        for line in (place.quote, *text.splitlines(), text):
            for form in printed_forms(right.value):
                quote = quote_around(line, form) if "".join(line.split()) in "".join(text.split()) else None
                if quote is not None:
                    yield {"document": place.filing_id, "file": place.source, "page": page, "quote": quote}


def _places(entry: Feedback, reply: Reply) -> Iterator[tuple[Cited, int]]:
    """The filings cited, on the pages that the comment names, else on those cited where these were right."""
    cited = [*reply.citations, *_nearest(entry)]
    named = [int(number) for number in _PAGE.findall(entry.comment)]
    for place in cited:
        yield from ((place, page) for page in named)
    if entry.verdict in ("good", "wrong_figure"):
        yield from ((place, place.page) for place in cited if place.page is not None)


def _nearest(entry: Feedback) -> Iterator[Cited]:
    """What a refusal showed as nearest: the filings that it looked into."""
    nearest = json.loads(entry.answer).get("nearest")
    for hit in nearest if isinstance(nearest, list) else ():
        yield Cited(0, str(hit["filing_id"]), str(hit["source"]), "", hit.get("page"))


def _reply(entry: Feedback) -> Reply | None:
    try:
        return reply_of(json.loads(entry.answer))
    except (ValueError, TypeError, ValidationError):
        return None


def _plain(reply: Reply) -> str:
    return re.sub(r"\[\d{1,2}\]", "", reply.answer)


def _note(entry: Feedback, missing: str) -> str:
    said = f"；读者的说明：{entry.comment}" if entry.comment else ""
    return f"{entry.verdict}：{missing}{said}"
