"""Simple questions in English put into the words of Chinese filings, from `english_words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from rag.filings.text import is_cjk

_WORDS = Path(__file__).with_name("english_words.toml")
# A Chinese question may hold Latin names and words; one in English names a company in Chinese at most.
MOST_CHINESE = 8
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LONG = re.compile(r"[A-Za-z][A-Za-z&.-]{2,}")
# What is left of a longer term of which only a part is known.
_QUALIFIER = re.compile(
    r"\b(?:diluted|turnover|margins?|impairments?|deferred|net|gross|adjusted|per|ratio|rate|coverage|segments?|overseas"
    r"|domestic|parent|standalone|expected|forecast|guidance|target|days|allowances?|provisions?|reversals?)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b")
_ASKED = re.compile(r"多少|为什么|[?？]$")
_SPACES = re.compile(r"\s{2,}")


def in_chinese_words(question: str) -> str:
    """The question with the words that filings have in place of English ones; as it is where it is Chinese.

    Nothing changes unless a line item or another word of the list stands in it.
    """
    if sum(map(is_cjk, question)) > MOST_CHINESE or not _LATIN.search(question):
        return question
    text, found = _matcher("words").subn(_chinese, _POSSESSIVE.sub(" ", question))
    if not found:
        return question
    text = _matcher("also").sub(_chinese, text)
    periods, drop = _periods()
    for pattern, chinese in periods:
        text = pattern.sub(f" {chinese} ", text)
    text = _SPACES.sub(" ", drop.sub(" ", text)).strip(" ?？.,")
    if _QUALIFIER.search(text):
        return question  # diluted EPS is no basic one, goodwill impairment no goodwill
    return text if _ASKED.search(text) else f"{text}是多少"


def names_left(question: str) -> tuple[str, ...]:
    """The Latin words of an English question that were put into no Chinese: names of companies, mostly."""
    text = in_chinese_words(question)
    return () if text == question else tuple(dict.fromkeys(_LONG.findall(text)))


def _chinese(match: re.Match[str]) -> str:
    named, plain = _named(), " ".join(match[0].lower().split())
    return f" {named.get(plain) or named[plain.removesuffix('s')]} "


@cache
def _named() -> dict[str, str]:
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {word.lower(): chinese for word, chinese in (table["words"] | table["also"]).items()}


@cache
def _matcher(name: str) -> re.Pattern[str]:
    """The words of one list, the longest first, as whole words in any case."""
    words = sorted(tomllib.loads(_WORDS.read_text(encoding="utf-8"))[name], key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return _whole(f"(?:{joined})s?")


@cache
def _periods() -> tuple[list[tuple[re.Pattern[str], str]], re.Pattern[str]]:
    """Ways to write a period with what they become, and the words that say nothing."""
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return [(_whole(p["pattern"]), p["chinese"]) for p in table["period"]], _whole(table["drop"]["pattern"])


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9&])(?:{pattern})(?![A-Za-z0-9])", re.IGNORECASE)
