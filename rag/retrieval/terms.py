"""The content words of a question, weighed by what their part of speech carries."""

from __future__ import annotations

import re

from rag.filings.text import squeeze
from rag.filings.wording import find_synonyms
from rag.retrieval.question import Term
from rag.retrieval.wording import wording
from rag.store.tokens import tagged_words

# By the first letter of the ICTCLAS tag: nouns name the matter, verbs describe it, the rest carries little.
_WEIGHTS = {
    "n": 1.0,
    "e": 1.0,
    "j": 1.0,
    "l": 1.0,
    "i": 0.7,
    "b": 0.7,
    "s": 0.7,
    "v": 0.6,
    "a": 0.4,
    "m": 0.3,
    "f": 0.3,
    "q": 0.3,
}
_FULL_TAGS = ("vn", "an", "eng")
_NAMES = frozenset("nejl")
# 账龄 2到3年, 5年以上: the rows of an ageing table.
_AGE = re.compile(r"(?<!\d)(\d)\s*年?\s*[到至~-]\s*(\d)\s*年|(?<!\d)(\d)\s*年(以[上内下])")
# 客户四, 供应商A: how filings name those they do not name; 客户1名 is a count.
_UNNAMED = re.compile(
    r"(?:客户|供应商|债务人|单位|关联方|自然人|公司|项目|产品)(?:[一二三四五六七八九十]{1,2}|[A-Z]|\d{1,2})(?![\dA-Za-z个家名项款种类次年月日期成万亿.%])"
)
_SYMBOLS = re.compile(r"^[\W_]+$")


def content_terms(text: str) -> tuple[Term, ...]:
    """The words that evidence should speak of: known filing words first, then the segmenter's, each once."""
    found: dict[str, Term] = {}
    for match in _AGE.finditer(text):
        word = f"{match[1]}至{match[2]}年" if match[1] else f"{match[3]}年{match[4]}"
        found[word] = Term(word, 1.0, False)
    text = _AGE.sub(" ", text)
    for match in _UNNAMED.finditer(text):
        found[match[0].lower()] = Term(match[0].lower(), 1.0, True)
    text = _UNNAMED.sub(" ", text)
    cuts = _cuts(text)
    for word in find_synonyms(text):
        if word not in wording().stop and _stands_alone(word, text, cuts):
            found[word] = Term(word, 1.0, True)
            text = _blanked(text, word)
    for word, tag in tagged_words(text):
        # 美元 and 港元 are tagged as measure words.
        weight = 1.0 if tag in _FULL_TAGS or (tag == "q" and len(word) > 1) else _WEIGHTS.get(tag[:1], 0.0)
        if weight and word not in wording().stop and not _SYMBOLS.match(word):
            found.setdefault(word, Term(word, weight, tag in _FULL_TAGS or tag[:1] in _NAMES))
    return tuple(found.values())


def _cuts(text: str) -> frozenset[int]:
    """Where the segmenter lets words begin and end, in the text without white space."""
    plain = squeeze(text).lower()
    places, at = {0, len(plain)}, 0
    for word, _ in tagged_words(plain):
        start = plain.find(word.lower(), at)
        if start >= 0:
            at = start + len(word)
            places |= {start, at}
    return frozenset(places)


def _stands_alone(word: str, text: str, cuts: frozenset[int]) -> bool:
    """Whether a word of the vocabulary is no part of a longer one, nor put together from ends of two (联网|安全)."""
    plain = squeeze(text).lower()
    if word.isascii():
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain) is not None
    places = [match.start() for match in re.finditer(re.escape(word), plain)]
    return any(not (at not in cuts and at + len(word) not in cuts) for at in places) or not places


def _blanked(text: str, word: str) -> str:
    return re.sub(re.escape(word), " ", text, flags=re.IGNORECASE)
