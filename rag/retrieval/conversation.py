"""A follow-up question with what it leaves out: company, period, scope and matter of the turns before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.retrieval.naming import Company
from rag.retrieval.question import Turn
from rag.retrieval.subject import Subject, content_of, named_terms, subject_of
from rag.retrieval.wording import kind_of, says, simplified, wording

# 那导管呢, 境外的呢: one thing put in the place of another, all else as it was.
_INSTEAD = re.compile(r"(?:那么?|再看|还有|换成|改成)?[^,，。?？]{1,14}?呢?[?？]?")
_ASKS = re.compile(r"哪|谁|什么|几|多少|怎么|是否|有没有")
_SCOPES = ("parent", "consolidated")


def filled_in(question: str, history: Sequence[Turn], known: Sequence[Company]) -> str:
    """The question, in simplified characters, with the words before it that the turns before have given."""
    before = ""
    for turn in history:
        before = _filled(simplified(turn.question), before, known)
    return _filled(simplified(question), before, known)


def _filled(text: str, before: str, known: Sequence[Company]) -> str:
    """One turn read after the one before it, which is whole already."""
    subject, earlier = subject_of(text, known), subject_of(before, known)
    follows = says("follow_up", text) or not subject.named
    if not before or not follows:
        return f"{_lacking(before, earlier, subject, follows)} {text}".strip()
    content = content_of(text, subject)
    if not subject.line_items and not content:
        return f"{_same_matter(before, earlier, text, subject)} {text}"
    carried = _lacking(before, earlier, subject, follows)
    if not subject.line_items and earlier.line_items and _puts_instead(text):
        carried = _without_names(_same_matter(before, earlier, text, subject), known)
    elif not subject.line_items and len(content) == 1 and says("follow_up", text) and _ASKS.search(text):
        # 那是哪天股东大会通过的: what was approved is what was spoken of.
        matter = (term.text for term in named_terms(before, earlier) if term.is_name)
        carried = " ".join((carried, *matter))
    return f"{carried} {text}"


def _puts_instead(text: str) -> bool:
    """Whether a follow-up only names another thing of the kind asked about, and asks nothing itself."""
    return bool(_INSTEAD.fullmatch(text)) and not _ASKS.search(text)


def _same_matter(before: str, earlier: Subject, text: str, subject: Subject) -> str:
    """The earlier question without the company, period or scope that the follow-up replaces."""
    gone = [(named.start, named.end) for named in earlier.named if subject.named]
    gone += [(mention.start, mention.end) for mention in earlier.mentions if subject.mentions]
    if kind_of(text) == "why":
        # The comparative asked for before is no part of the reason asked for now.
        gone += [(m.start, m.end) for m in earlier.mentions if not m.period and len(earlier.mentions) > 1]
    for start, end in sorted(gone, reverse=True):
        before = before[:start] + before[end:]
    if any(says(scope, text) for scope in _SCOPES):
        for scope in _SCOPES:
            before = wording().patterns[scope].sub("", before)
    return wording().patterns["asking"].sub("", before) if kind_of(text) == "why" else before


def _without_names(before: str, known: Sequence[Company]) -> str:
    """A question without its content names, which a follow-up puts another in the place of."""
    for term in named_terms(before, subject_of(before, known)):
        if term.is_name:
            before = re.sub(re.escape(term.text), " ", before, flags=re.IGNORECASE)
    return before


def _lacking(before: str, earlier: Subject, subject: Subject, follows: bool) -> str:
    """The earlier question's words for company and period, where the follow-up has none."""
    words = [before[n.start : n.end] for n in earlier.named] if not subject.named else []
    if not subject.mentions and follows:
        words += [before[m.start : m.end] for m in earlier.mentions]
    return " ".join(words)
