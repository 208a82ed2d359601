"""The day a filing was signed, told from where it prints it: below the board's name, or as 批准报送日期."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of
from rag.answering.phrase import issuer_name
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.filings.text import squeeze_map
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.wording import says

_DATE = r"(?P<day>(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日)"
# What a signature holds: the company's name, its board, the day.
_SIGNED = re.compile(rf"[^。，,；;：:、\s]{{0,40}}(?P<by>董事会|批准报送日期[:：]?){_DATE}")
# A signature stands at the end of a filing; periodic reports print the day of approval in a last part of their own.
LAST_PASSAGES = 6
MOST_FILINGS = 4
_LATER, _EARLIER = (
    re.compile(r"谁.{0,4}[晚迟后]|哪.{0,6}[晚迟后]"),
    re.compile(r"谁.{0,4}[早先]|哪.{0,4}[早先]"),
)


@dataclass(frozen=True, slots=True)
class _Signature:
    """A day, what it is called, and the place of the words that say it."""

    filing: Filing
    passage: Passage
    start: int
    end: int
    day: date
    what: str


def told_signing(material: Material, corpus: Corpus) -> Draft | None:
    """When each of the filings was signed, the first or last of them named where that is asked for."""
    if not says("signed", material.query.text):
        return None
    filings = filings_of(material)[:MOST_FILINGS]
    signed = [found for filing in filings if (found := _signature(filing, corpus))]
    if not signed:
        return None
    start = len(material.evidence)
    added = [Evidence(start + n, 0.0, one.passage, one.filing) for n, one in enumerate(signed, 1)]
    grown = Material(material.query, (*material.evidence, *added), material.facts)
    quotes = [Quote(start + n, one.start, one.end) for n, one in enumerate(signed)]
    claims = [
        Claim(f"{_called(one)}的{one.what}为{_in_words(one.day)}。", (quote,))
        for one, quote in zip(signed, quotes, strict=True)
    ]
    first = _first(signed, quotes, material.query.text)
    return Draft((*first, *claims), material=grown)


def _signature(filing: Filing, corpus: Corpus) -> _Signature | None:
    """The last signature of a filing."""
    for passage, _ in reversed(corpus.passages(filing.id)[-LAST_PASSAGES:]):
        text, origins = squeeze_map(passage.text)
        found = list(_SIGNED.finditer(text))
        if found:
            last = found[-1]
            day = date(int(last["y"]), int(last["m"]), int(last["d"]))
            what = "落款日期" if last["by"] == "董事会" else "董事会批准报送日期"
            return _Signature(filing, passage, origins[last.start()], origins[last.end() - 1] + 1, day, what)
    return None


def _first(signed: Sequence[_Signature], quotes: Sequence[Quote], question: str) -> tuple[Claim, ...]:
    """Which of the filings is the later, or the earlier, where that is asked for and they differ."""
    later, earlier = _LATER.search(question), _EARLIER.search(question)
    days = [one.day for one in signed]
    if len(set(days)) < 2 or not (later or earlier):
        return ()
    named = signed[days.index(max(days) if later else min(days))]
    quote = quotes[signed.index(named)]
    word = "晚" if later else "早"
    return (Claim(f"{_called(named)}更{word}，{named.what}为{_in_words(named.day)}。", (quote,)),)


def _called(one: _Signature) -> str:
    return f"{issuer_name(one.filing)}《{one.filing.title}》"


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
