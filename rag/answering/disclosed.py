"""Matters that reports must tell of one by one, answered from the box that is ticked for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of
from rag.answering.refuse import refuse_unanswered
from rag.answering.relevance import Need
from rag.answering.unit_claim import claims_of
from rag.answering.units import Unit, units_of
from rag.answering.yesno import affirms, bare_heading
from rag.filings.filing import Filing
from rag.filings.vocabulary import entries, text_of
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from rag.retrieval.wording import says

_FILE = "disclosures.toml"
# More than whether it is so is asked for.
_ASKS_MORE = re.compile(r"多少|几[个家次项笔位]|哪|什么|为何|为什么|是谁|怎么")


@cache
def _disclosures() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How people ask for a matter, and the heading it has in the prescribed forms."""
    return tuple(
        (re.compile(text_of(entry, "asked", _FILE)), re.compile(text_of(entry, "heading", _FILE)))
        for entry in entries(_FILE, "disclosure")
    )


def told_disclosure(material: Material, needs: Sequence[Need], corpus: Corpus) -> Draft | None:
    """Whether a prescribed matter is so, by the box of the first filing that has one, its claims checked.

    Of several boxes for one matter (each kind of dealing has its own) an affirmed one is told.  A matter that
    no filing speaks of at all is refused; None where the filings speak of it without a box.
    """
    found = _disclosure_asked(material.query)
    if found is None:
        return None
    asked, heading = found
    for filing in filings_of(material):
        boxes = list(_boxes(filing, heading, corpus, len(material.evidence)))
        if not boxes:
            continue
        piece, unit = next((one for one in boxes if affirms(_text(*one))), boxes[0])
        grown = replace(material, evidence=(*material.evidence, piece))
        claims = claims_of(grown, unit, needs, first=True)
        if claims:
            return Draft(tuple(claims), material=grown)
    filings = filings_of(material)
    texts = (text for filing in filings for _, text in corpus.passages(filing.id))
    if asked.pattern.startswith("^") or any(heading.search(text) or asked.search(text) for text in texts):
        return None
    return Draft(refusal=refuse_unanswered(material, needs))


def _disclosure_asked(query: Query) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    if query.kind != "yesno" or query.sides or says("amount", query.text) or _ASKS_MORE.search(query.text):
        return None
    return next((one for one in _disclosures() if one[0].search(query.text)), None)


def _boxes(
    filing: Filing, heading: re.Pattern[str], corpus: Corpus, at: int
) -> Iterator[tuple[Evidence, Unit]]:
    """The ticked boxes of a filing below such a heading, as the piece of evidence at the given place."""
    for passage, text in corpus.passages(filing.id):
        if not heading.search(text):
            continue
        piece = Evidence(at + 1, 0.0, passage, filing)
        for unit in units_of((piece,)):
            if unit.kind == "box" and heading.search(bare_heading(piece, unit)):
                yield piece, replace(unit, evidence=at)


def _text(piece: Evidence, unit: Unit) -> str:
    return piece.passage.text[unit.start : unit.end]
