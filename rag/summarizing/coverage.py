"""What a summary leaves out, said in a line."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.answer import Citation
from rag.answering.assist import Desk
from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.summarizing.scope import Part, Scope, headings_of

MOST_LISTED = 12
SHORT = 22
EMPTY_CHARS = 60  # a section that says no more than its boxes


def left_out(desk: Desk, scope: Scope, citations: Sequence[Citation]) -> list[str]:
    """One line for each filing with the parts that no sentence comes from, empty ones marked 不适用."""
    return [line for part in scope.parts if (line := _of_part(desk, part, citations))]


def _of_part(desk: Desk, part: Part, citations: Sequence[Citation]) -> str:
    own = [c for c in citations if c.source.filing_id == part.filing.id]
    missing = _sections(part, own) if part.chosen else _headings(desk, part.filing, own)
    if not missing:
        return ""
    more = f"等 {len(missing)} 部分" if len(missing) > MOST_LISTED else ""
    return f"未覆盖：{'、'.join(missing[:MOST_LISTED])}{more}"


def _sections(part: Part, citations: Sequence[Citation]) -> list[str]:
    """Of several sections asked for, those that no sentence comes from."""
    cited = {citation.source.section for citation in citations}
    return [
        _told(stretch.heading, stretch.passages)
        for stretch in part.stretches
        if len(part.stretches) > 1 and not cited & {passage.section for passage in stretch.passages}
    ]


def _headings(desk: Desk, filing: Filing, citations: Sequence[Citation]) -> list[str]:
    """The first-level headings of a filing that no sentence comes from."""
    cited = {squeeze("".join(citation.source.section[:1])) for citation in citations}
    passages = [passage for passage, _ in desk.corpus.passages(filing.id)]
    return [
        _told(heading, [p for p in passages if squeeze("".join(p.section[:1])) == heading])
        for heading in headings_of(desk, filing)
        if heading not in cited
    ]


def _told(heading: str, passages: Sequence[Passage]) -> str:
    """A heading, shortened, with a note where the part only says that it does not apply."""
    said = squeeze("".join(passage.text for passage in passages))
    name = heading if len(heading) <= SHORT else heading[:SHORT] + "…"
    empty = len(said) < EMPTY_CHARS + len(heading) and ("不适用" in said or not passages)
    return f"{name}（不适用）" if empty else name
