"""Lists that a filing gives by its own headings: the risks, the strengths, the measures, one heading each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.answering.draft import Material
from rag.answering.phrase import issuer_name
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.wording import synonyms
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

FEWEST, MOST = 3, 12
# A longer title has more in it than what the question names.
TITLE_SIGNS = 16
_NUMBER = re.compile(r"^(?:第.{1,3}[节章]|[一二三四五六七八九十]+、|[（(].{1,3}[)）][.．、]?|\d+[.、．])")
_FORMAL = re.compile(r"报告期内?|公司|面临的?|主要|的?情况|分析|因素|说明|及其?应对措施|和应对措施|可能|重大")


@dataclass(slots=True)
class _Part:
    """A part of a filing with the headings right below it, each with the passage that opens it."""

    filing: Filing
    path: tuple[str, ...]
    children: dict[str, Passage] = field(default_factory=dict)


def listed_headings(material: Material, corpus: Corpus) -> tuple[Claim, Material] | None:
    """The headings below the part that the question names, and the material with their passages; None without such."""
    filings = {piece.filing.id: piece.filing for piece in material.evidence}
    parts = [
        part
        for filing in filings.values()
        for part in _parts(filing, corpus)
        if FEWEST <= len(part.children) <= MOST and _is_named(part.path[-1], material.query)
    ]
    if not parts or material.query.sides:
        return None
    part = min(parts, key=lambda one: (len(one.path), -len(one.children)))
    start = len(material.evidence)
    opened = list(part.children.items())
    added = tuple(Evidence(start + n, 0.0, passage, part.filing) for n, (_, passage) in enumerate(opened, 1))
    grown = Material(material.query, (*material.evidence, *added), material.facts)
    quotes = tuple(
        Quote(start + n, 0, len(passage.text.split("\n")[0])) for n, (_, passage) in enumerate(opened)
    )
    names = "；".join(_bare(heading) for heading, _ in opened)
    return Claim(f"{issuer_name(part.filing)}在“{_bare(part.path[-1])}”中列有：{names}。", quotes), grown


def _parts(filing: Filing, corpus: Corpus) -> Iterator[_Part]:
    """Every part of a filing that has headings below it."""
    found: dict[tuple[str, ...], _Part] = {}
    for passage, _ in corpus.passages(filing.id):
        for depth in range(1, len(passage.section)):
            path, child = passage.section[:depth], passage.section[depth]
            opens = depth == len(passage.section) - 1 and squeeze(passage.text).startswith(squeeze(child))
            part = found.setdefault(path, _Part(filing, path))
            if opens and passage.text.split("\n")[0] and child not in part.children:
                part.children[child] = passage
    yield from found.values()


def _is_named(title: str, query: Query) -> bool:
    """Whether a title says all that the question names, and little else."""
    bare = _bare(title)
    names = [(term.text, *synonyms(term.text)) for term in query.terms if term.is_name]
    if not names or len(bare) > TITLE_SIGNS:
        return False
    said = [word for words in names for word in words if squeeze(word) in bare]
    left = _FORMAL.sub("", bare)
    for word in said:
        left = left.replace(squeeze(word), "")
    return all(any(squeeze(word) in bare for word in words) for words in names) and len(left) <= 2


def _bare(title: str) -> str:
    return _NUMBER.sub("", squeeze(title))
