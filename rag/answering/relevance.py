"""How far a unit speaks of what the question asks: rare words weigh more, synonyms count, headings help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.units import Unit
from rag.filings.lexicon import find_line_items, line_items
from rag.filings.text import squeeze
from rag.filings.wording import synonyms
from rag.retrieval.corpus import Corpus
from rag.retrieval.question import Query, Term
from rag.retrieval.saying import PARTIAL, part_said

# What a word is worth where it stands: in the unit, in its heading or the sentence before, elsewhere in the passage.
IN_TEXT, IN_AROUND, NEARBY = 1.0, 0.7, 0.4
# Said by a head and the title of its table together.
COMPOSED = 0.9
_LATIN = re.compile(r"[a-z][a-z0-9-]{2,}")
_SPAN = re.compile(r"\d至\d年")
LINE_ITEM_WEIGHT = 1.3
# Less than this share of a question left open needs no second sentence.
MUCH_OPEN = 0.2
# The user's word for a line item (收入, 现金, 回款) names more than the item.
WIDER = 0.8
SHORT_WORD = 2


@dataclass(frozen=True, slots=True)
class Need:
    """Something the answer must speak of: words that say it, its weight, the line item it is (or "").

    `count` is the number of passages in the routed filings that say it; `said` are the user's own words for a
    line item with their synonyms, which filings also use in a wider sense; `is_name` is true of what is named,
    `is_known` of what the vocabulary knows, so that a filing that discloses it would use one of the words.
    """

    words: tuple[str, ...]
    weight: float
    count: int
    line_item: str = ""
    said: tuple[str, ...] = ()
    is_name: bool = False
    is_known: bool = False


_WHOLE = "revenue"
# The words of a need, its line item, the user's own words for that, the term it comes of.
_Group = tuple[tuple[str, ...], str, tuple[str, ...], Term]


def needs_of(query: Query, corpus: Corpus) -> tuple[Need, ...]:
    """The needs of a question, weighed by their rarity in the filings it is routed to."""
    groups: list[_Group] = []
    terms = list(query.terms)
    for key in query.line_items:
        said = [word for named, word in query.line_item_words if named == key]
        group = _item_group(key, said)
        part = _place_of(key, said[0]) if said else ""
        if part and not corpus.prints(key, query.filing_ids):
            # No filing asked of has a row 海外收入; a row 海外 under 营业收入 may be there.
            terms.append(Term(part, 1.0, True))
            group = _item_group(_WHOLE, [said[0].removeprefix(part)])
        groups.append(group)
    groups.extend((_term_words(term, query, corpus), "", (), term) for term in terms)
    groups.extend((_lowered(names), "", (), Term(names[0], 1.0, True)) for names in query.defined)
    rarity = corpus.rarity([(*words, *wider) for words, _, wider, _ in groups], query.filing_ids)
    return tuple(
        Need(
            words,
            weight * term.weight,
            count,
            key,
            wider,
            term.is_name,
            bool(key or synonyms(term.text)),
        )
        for (words, key, wider, term), (weight, count) in zip(groups, rarity, strict=True)
        # A verb that no passage says is the asker's wording; a noun that none says is what is missing.
        if count or term.is_name
    )


def _item_group(key: str, said: Sequence[str]) -> _Group:
    """What says a line item, by its names and in the user's words."""
    item = line_items()[key]
    # A short spoken word (回款) says less than the item's name: what filings call it may be said too.
    wider = (*said, *(other for word in said if len(word) <= SHORT_WORD for other in synonyms(word)))
    return _lowered((item.name, *item.printed)), key, _lowered(wider), Term(key, LINE_ITEM_WEIGHT, True)


def _place_of(key: str, word: str) -> str:
    """The place whose part of the revenue a line item is, as the user's word for it begins (海外收入); else ""."""
    if line_items()[key].statement != "key_indicators":
        return ""
    for cut in range(2, len(word) - 1):
        rest = find_line_items(word[cut:])
        if rest and rest[0].key == _WHOLE and rest[0].text == word[cut:] and synonyms(word[:cut]):
            return word[:cut]
    return ""


def _term_words(term: Term, query: Query, corpus: Corpus) -> tuple[str, ...]:
    """A term with its synonyms; a Latin one that no filing holds also as these spell it, one slip apart."""
    words = _lowered((term.text, *synonyms(term.text), *_other_spans(term.text)))
    if not _LATIN.fullmatch(words[0]) or corpus.rarity([words], query.filing_ids)[0][1]:
        return words
    other = corpus.spelt_like(words[0], query.filing_ids)
    return (*words, other) if other else words


def _other_spans(word: str) -> tuple[str, ...]:
    """The other ways to print a span of years: 1至2年 is 1-2年 or 1～2年."""
    return tuple(word.replace("至", sign) for sign in "-－—~～") if _SPAN.fullmatch(word) else ()


def _lowered(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze(word).lower() for word in words))


def said_share(text: str, line_item: str, needs: Sequence[Need]) -> float:
    """The share of the needs' weight that a text says; a row of another line item does not say one."""
    total = sum(need.weight for need in needs)
    found = 0.0
    for need in needs:
        if need.line_item and line_item:
            found += need.weight * float(need.line_item == line_item)
        else:
            found += need.weight * _said(text, need)
    return found / total if total else 0.0


def bigram_share(text: str, needs: Sequence[Need]) -> float:
    """The share of the needs' weight found in a text by character bigrams of the user's own words."""
    total = found = 0.0
    for need in needs:
        word = need.said[0] if need.said else need.words[0]
        bigrams = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        total += need.weight
        found += need.weight * sum(bigram in text for bigram in bigrams) / len(bigrams)
    return found / total if total else 0.0


def gain(unit: Unit, chosen: Sequence[Unit], needs: Sequence[Need]) -> float:
    """The share of what the chosen units leave open that a unit says in its own words; 0 where little is open."""
    total = sum(need.weight for need in needs)
    open_weight = gained = 0.0
    for need in needs:
        best = max(met(other, need) for other in chosen)
        open_weight += need.weight * (1 - best)
        gained += need.weight * max(0.0, _said(unit.text, need) - best)
    return gained / open_weight if open_weight > MUCH_OPEN * total else 0.0


def met(unit: Unit, need: Need) -> float:
    """How far a unit meets one need, 0 to 1; another line item's row does so only by what stands around it."""
    beside = max(IN_AROUND * _said(unit.around, need), NEARBY * _said(unit.nearby, need))
    if need.line_item and unit.line_item:
        return 1.0 if unit.line_item == need.line_item else beside
    composed = COMPOSED * _is_composed(unit, need) if unit.row is not None else 0.0
    return max(IN_TEXT * _said(unit.text, need), IN_TEXT * _said(unit.heads, need), composed, beside)


def _is_composed(unit: Unit, need: Need) -> bool:
    """Whether a row's head or label says the end of a word and what stands around it the rest: 存货 › 账面余额."""
    near, around = unit.heads + unit.text, unit.around + unit.text
    return any(
        word[:cut] in around and word[cut:] in near
        for word in need.words
        for cut in range(SHORT_WORD, len(word) - SHORT_WORD + 1)
    )


def _said(text: str, need: Need) -> float:
    if any(word in text for word in need.words):
        return 1.0
    if any(word in text for word in need.said):
        return WIDER
    return PARTIAL * max((part_said(word, text) for word in need.words[:1]), default=0.0)
