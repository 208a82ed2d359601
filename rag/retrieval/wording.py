"""The wording of questions: simplified characters, kinds of asking, words that carry no content."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from opencc import OpenCC

from rag.filings.passage import Scope
from rag.retrieval.english import in_chinese_words
from rag.retrieval.question import QuestionKind

# A stock code written together with the period before or after it: 6889742024年, 24H1688974, 688974,2024Q3.
_PART = "年|[HhQq][1-4]|FY|中报|半年|上半年|前三季|[一三]季报|年报|-"
_PERIOD = rf"(?:(?:19|20)?\d\d(?:{_PART})|[12][Hh]\d\d|[1-4][Qq]\d\d)"
_AROUND_CODE = re.compile(
    rf"(?:(?<=\d[HhQq][1-4])|(?<=\dFY))(?=\d{{6}}(?!\d))|(?<=(?<!\d)\d{{6}}),(?={_PERIOD})"
)
_AFTER_CODE = re.compile(
    rf"(?<=(?<!\d)\d{{6}})(?={_PERIOD})|(?<=(?<!\d)\d{{6}}\.(?:SH|SZ|BJ))(?={_PERIOD})", re.IGNORECASE
)
# 境内外收入 asks for two figures.
_BOTH_SIDES = re.compile(r"([境国疆省])内外(?=(?:业务|主营业务|销售)?(?:收入|营收|毛利|成本))")
_WORDS = Path(__file__).with_name("question_words.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """The compiled word lists of `question_words.toml`."""

    kinds: tuple[tuple[QuestionKind, re.Pattern[str]], ...]
    patterns: dict[str, re.Pattern[str]]
    stop: frozenset[str]
    expects: tuple[tuple[re.Pattern[str], frozenset[str]], ...]


@cache
def wording() -> Wording:
    """The word lists, read once."""
    table: dict[str, Any] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    kinds = tuple((cast(QuestionKind, k["name"]), re.compile("|".join(k["patterns"]))) for k in table["kind"])
    patterns = {name: re.compile(text) for name, text in table["words"].items()}
    expects = tuple((re.compile(e["pattern"]), frozenset(e["units"])) for e in table["expects"])
    return Wording(kinds, patterns, frozenset(table["stop"]["words"]), expects)


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(question: str) -> str:
    """The question in simplified characters and half width, stock codes parted from the periods beside them.

    A simple one in English is put into the words of Chinese filings.
    """
    text = in_chinese_words(unicodedata.normalize("NFKC", question).strip())
    # 帐龄, 帐款: the older way to write 账.
    written = str(_to_simplified().convert(text)).replace("帐", "账")
    written = _BOTH_SIDES.sub(r"\1内和\1外", written)
    return _AFTER_CODE.sub(" ", _AROUND_CODE.sub(" ", written))


def kind_of(question: str) -> QuestionKind:
    """How the question asks; `text` where no word says."""
    return next((kind for kind, pattern in wording().kinds if pattern.search(question)), "text")


def expected_units(question: str) -> tuple[frozenset[str], ...]:
    """For each figure the question asks for outright, the units it may be in; empty where it does not say."""
    return tuple(units for pattern, units in wording().expects if pattern.search(question))


def scope_of(question: str) -> Scope | None:
    """The scope the question names outright, or None."""
    if wording().patterns["parent"].search(question):
        return "parent"
    return "consolidated" if wording().patterns["consolidated"].search(question) else None


def says(name: str, question: str) -> bool:
    """Whether the question holds a word of the named list (`change`, `follow_up`, `out_of_scope` …)."""
    return wording().patterns[name].search(question) is not None
