"""Things of the reporting period that its own filing says there are none of, though the question supposes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rag.answering.answer import Refusal
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of
from rag.answering.phrase import issuer_name
from rag.answering.premise import MESSAGE
from rag.answering.units import sentence_ranges
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.vocabulary import entries, text_of
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence

_FILE = "denials.toml"
_REPLIED = re.compile(r"(是否[^是否]+?)[:：]?(否)")
_KINDS = frozenset({"number", "text", "calc", "yesno"})


@cache
def _denials() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How people ask for a thing, and how filings deny it."""
    return tuple(
        (re.compile(text_of(entry, "asked", _FILE)), re.compile(text_of(entry, "pattern", _FILE)))
        for entry in entries(_FILE, "denial")
    )


def denied_thing(material: Material, corpus: Corpus) -> Draft | None:
    """The correction of a question for what the filing of the very period it names denies; None without such.

    Asked for yes or no, it is the answer.
    """
    query = material.query
    patterns = [pattern for asked, pattern in _denials() if asked.search(query.text)]
    if not patterns or query.kind not in _KINDS:
        return None
    for filing in filings_of(material):
        unsaid = query.kind == "yesno" and not query.periods
        if not unsaid and filing.period not in query.stated_periods:
            continue
        for passage, start, end, said in _places(filing, patterns[0], corpus):
            at = len(material.evidence)
            piece = Evidence(at + 1, 0.0, passage, filing)
            grown = Material(query, (*material.evidence, piece), material.facts)
            asked = query.kind == "yesno"
            text = f"{'没有：' if asked else ''}{issuer_name(filing)}{in_chinese(filing.period)}：{said}"
            refusal = None if asked else Refusal("unsupported_premise", MESSAGE)
            return Draft((Claim(text, (Quote(at, start, end),)),), refusal=refusal, material=grown)
    return None


def _places(
    filing: Filing, pattern: re.Pattern[str], corpus: Corpus
) -> Iterator[tuple[Passage, int, int, str]]:
    """Each sentence of a filing that denies it, and how it is told."""
    for passage, text in corpus.passages(filing.id):
        if not pattern.search(text):
            continue
        for start, end in sentence_ranges(passage.text):
            sentence = squeeze(passage.text[start:end])
            found = pattern.search(sentence)
            if found:
                replied = _REPLIED.search(found[0])
                yield passage, start, end, f"“{replied[1]}”一项为“否”。" if replied else sentence
