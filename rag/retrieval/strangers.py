"""Companies a question names that nobody here knows: never answered from another company's filings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.filings.issuers import TRADE_CHARS, issuer_table
from rag.filings.lexicon import LineItemMention
from rag.filings.period import PeriodMention
from rag.filings.text import squeeze
from rag.retrieval.question import Query
from rag.retrieval.wording import wording
from rag.store.index import FilingIndex
from rag.store.tokens import dictionary_tag, tagged_words, tokenize

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}")
_SEPARATORS = " ,，、:：。?？的"
# A passage that says a name holds all of its bigrams, so it is among the first.
LOOKED_AT = 5
# Parts of speech of ordinary words; names are nr, ns, nt, nz or no words of the dictionary.
_ORDINARY = ("n", "v", "vn", "a", "b", "s")
# Tags of names.
_NAME_TAGS = ("nr", "nrt", "nt", "nz", "ng")


def strange_names(
    text: str, mentions: Sequence[PeriodMention], items: Sequence[LineItemMention]
) -> tuple[str, ...]:
    """What stands before the first period and item, and what ends as a company's name does behind a period.

    Without a period only what looks like a name counts: what an item is asked of may be anything.
    """
    if not mentions and not items:
        return ()
    starts = sorted((*(m.start for m in mentions), *(i.start for i in items), len(text)))
    opening = text[: starts[0]]
    for words in ("courtesy", "parent", "consolidated", "pronoun", "polite"):
        opening = wording().patterns[words].sub("", opening)
    behind = (
        re.split("的|[,，?？]", text[m.end : _next(starts, m.end)].strip(_SEPARATORS))[0] for m in mentions
    )
    found = [opening.strip(_SEPARATORS), *filter(_ends_as_name, behind)]
    if not mentions:
        found = [name for name in found if _looks_like_name(name)]
    return tuple(dict.fromkeys(name for name in found if _NAME.fullmatch(name)))


def _looks_like_name(name: str) -> bool:
    """Whether a listed company's short name begins so, or a word of it is a name or in no dictionary."""
    begins = len(name) >= TRADE_CHARS and any(short.startswith(name) for short in issuer_table().short_names)
    words = tagged_words(name)
    odd = any(tag in _NAME_TAGS or not dictionary_tag(word) for word, tag in words)
    return begins or (odd and all(tag != "r" for _, tag in words))


def _ends_as_name(name: str) -> bool:
    """Whether a trade ends it; behind an ordinary word (医疗器械) that is the matter asked about."""
    stem, trade = name[:-TRADE_CHARS], name[-TRADE_CHARS:]
    return bool(stem) and trade in issuer_table().trades and dictionary_tag(stem) not in _ORDINARY


def _next(starts: Sequence[int], at: int) -> int:
    return next(start for start in starts if start >= at)


def told_strangers(query: Query, index: FilingIndex) -> Query:
    """The query marked as of a company not loaded, where it is listed or no filing says the name."""
    return marked(query, lambda name: not is_listed(name) and is_said(name, index))


def marked(query: Query, is_known: Callable[[str], bool]) -> Query:
    """The query with `missing` set to the first strange name that is not known, if there is one."""
    if query.issuers or not query.filing_ids:
        return query
    name = next((name for name in query.strange if not is_known(name)), "")
    return replace(query, missing="issuer", named=name) if name else query


def is_listed(name: str) -> bool:
    """Whether a listed company is called so; filings speak of others too, as holdings or customers.

    Names that are ordinary words (太阳能, 机器人) tell of none.
    """
    return name.upper() in issuer_table().by_name and dictionary_tag(name) not in _ORDINARY


def is_said(name: str, index: FilingIndex) -> bool:
    """Whether a filing says these words in a row."""
    found = index.search_terms(tokenize(name), LOOKED_AT)
    wanted = squeeze(name).lower()
    passages = index.passages(identity for identity, _ in found).values()
    return any(wanted in squeeze(f"{p.context}{p.text}").lower() for p in passages)
