"""What a summary leaves out, said in a line."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.answer import Citation
from rag.answering.assist import Desk
from rag.filings.filing import Filing
from rag.filings.text import squeeze
from rag.summarizing.scope import Part, Scope, headings_of

MOST_LISTED = 12
SHORT = 22
EMPTY_CHARS = 60  # a section that says no more than its boxes


def left_out(desk: Desk, scope: Scope, citations: Sequence[Citation]) -> list[str]:
    """One line for each filing with the parts that no sentence comes from, empty ones marked 不适用."""
    return [line for part in scope.parts if (line := _of_part(desk, part, citations))]


def _of_part(desk: Desk, part: Part, citations: Sequence[Citation]) -> str:
    cited = {squeeze("".join(c.source.section)) for c in citations if c.source.filing_id == part.filing.id}
    if part.chosen:
        names = [s.heading for s in part.stretches if s.heading]
        missing = (
            [n for n in names if not any(squeeze(n) in path for path in cited)] if len(names) > 1 else []
        )
    else:
        missing = [h for h in headings_of(desk, part.filing) if not any(h in path for path in cited)]
    if not missing:
        return ""
    listed = "、".join(_told(desk, part.filing, heading) for heading in missing[:MOST_LISTED])
    more = f"等 {len(missing)} 部分" if len(missing) > MOST_LISTED else ""
    return f"未覆盖：{listed}{more}"


def _told(desk: Desk, filing: Filing, heading: str) -> str:
    """A heading, shortened, with a note where the part only says that it does not apply."""
    own = [
        p
        for p, _ in desk.corpus.passages(filing.id)
        if p.section and squeeze(p.section[0]) == squeeze(heading)
    ]
    said = squeeze("".join(p.text for p in own))
    name = heading if len(heading) <= SHORT else heading[:SHORT] + "…"
    empty = len(said) < EMPTY_CHARS + len(heading) and ("不适用" in said or not own)
    return f"{name}（不适用）" if empty else name
