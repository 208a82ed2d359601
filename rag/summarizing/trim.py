"""Sentences of a filing in fewer words: asides, formulas of the exchanges, and clauses of mere intent left out."""

from __future__ import annotations

import re

from rag.filings.text import squeeze
from rag.summarizing.piece import full_width
from rag.summarizing.words import summary_words

_CLAUSE = re.compile(r"[，,](?!\d)")
_NUMBER = re.compile(
    r"^(?:[（(]?\d{1,2}[)）、.．]\s*(?!\d)|\d{1,2}[.．](?=20\d\d年)|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、，]|[①-⑳]|[一二三四五六七八九]是|[·●•◆■])\s*"
)
# `3、“持续推进产品开发”方面` stands before the sentence where a text filing lost the line break.
_TITLE = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．]?“[^”]{4,60}”(?:方面|工作)?")
_LINK = re.compile(
    r"^(?:同时|此外|另外|其次|首先|再次|最后|并且?|而且|因此|综上(?:所述)?|为此|对此|另|目前|且)[，,：:]?"
)
_DIGIT = re.compile(r"\d")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"), ("【", "】"), ("[", "]"))
FEWEST = 8  # characters of what is left of a sentence
LEAST_SHORT = 16  # characters of a part that is said for the whole


def ways_to_say(sentence: str) -> list[str]:
    """The sentence without what a summary can spare, then shorter: cut before a clause that goes on to another matter.

    Each is a whole sentence with one full stop; none where nothing whole is left.
    """
    words = summary_words().trim
    text = _LINK.sub("", _NUMBER.sub("", _TITLE.sub("", full_width(_one_line(sentence)))))
    text = words["phrase"].sub("", words["aside"].sub("", text)).rstrip("。；;，, ")
    clauses = _without_lead([clause.strip() for clause in _CLAUSE.split(text)])
    brief = _without_tail(clauses)
    whole = _ended("，".join(brief)) or _ended(text)
    return list(dict.fromkeys(said for said in (whole, *_parts(brief)) if said))


def _parts(clauses: list[str]) -> list[str]:
    """The beginnings and ends of a sentence that can stand alone and tell a figure or an event."""
    words = summary_words().trim
    cuts = [n for n, clause in enumerate(clauses) if n and words["further"].match(clause)]
    heads = ["，".join(clauses[:n]) for n in cuts]
    tails = ["，".join(clauses[n:]) for n in cuts if words["fresh"].match(clauses[n])]
    whole = [text for text in (*heads, *tails) if len(text) >= LEAST_SHORT and _has_figure_or_event(text)]
    return [_ended(_LINK.sub("", text)) for text in whole]


def _ended(text: str) -> str:
    """The text with a full stop where it can stand as a sentence; "" where it cannot."""
    hangs = summary_words().trim["hangs"]
    return f"{text}。" if len(text) >= FEWEST and balanced(text) and not hangs.search(text) else ""


def _has_figure_or_event(text: str) -> bool:
    cues = summary_words().cues
    return _has_figure(text) or any(weight > 0 and pattern.search(text) for pattern, weight in cues)


def _one_line(text: str) -> str:
    """The text without line breaks, and without white space between Chinese characters."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", " ".join(text.split()))


def _without_lead(clauses: list[str]) -> list[str]:
    """Clauses without those that only lead in, while a longer one follows."""
    lead = summary_words().trim["lead"]
    while len(clauses) > 1 and lead.match(clauses[0]) and not _has_figure(clauses[0]):
        if len("，".join(clauses[1:])) < FEWEST:
            break
        clauses = clauses[1:]
    return clauses


def _without_tail(clauses: list[str]) -> list[str]:
    """Clauses without those at the end that tell a purpose or a hope and no figure; two are left, or a figure."""
    tail = summary_words().trim["tail"]
    while len(clauses) > 1 and tail.match(clauses[-1]) and not _has_figure(clauses[-1]):
        left = clauses[:-1]
        if len(left) == 1 and not _has_figure(left[0]):
            break
        clauses = left
    return clauses


def _has_figure(clause: str) -> bool:
    return (
        _DIGIT.search(re.sub(r"20\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:度|上半年)?", "", squeeze(clause)))
        is not None
    )


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark is closed in order."""
    for opening, closing in _PAIRS:
        depth = 0
        for sign in text:
            depth += (sign == opening) - (sign == closing)
            if depth < 0:
                return False
        if depth:
            return False
    return True
