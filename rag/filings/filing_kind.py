"""What kind of filing a title announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from rag.errors import UserError
from rag.filings.filing import FilingKind
from rag.filings.text import squeeze
from rag.filings.vocabulary import Entry, entries, text_of

_FILE = "filing_kinds.toml"

# What analysts call each kind.
KIND_NAMES: dict[FilingKind, str] = {
    "annual": "年度报告",
    "half_year": "半年度报告",
    "quarterly": "季度报告",
    "annual_summary": "定期报告摘要",
    "action_plan": "行动方案",
    "action_plan_evaluation": "行动方案评估报告",
    "earnings_flash": "业绩快报",
    "earnings_forecast": "业绩预告",
    "prospectus": "招股说明书",
    "other": "其他公告",
}


@dataclass(frozen=True, slots=True)
class KindMention:
    """A kind of filing that a question names, in its words, with their place in the text."""

    kind: FilingKind
    text: str
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[FilingKind, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(map(_pattern, entries(_FILE, "kind")))


def _pattern(entry: Entry) -> tuple[FilingKind, re.Pattern[str], re.Pattern[str] | None]:
    kind, unless = text_of(entry, "kind", _FILE), text_of(entry, "unless", _FILE, "")
    if kind not in get_args(FilingKind):
        raise UserError(f"词表 {_FILE} 中的类型 {kind} 不存在；请改成文件开头列出的类型之一。")
    try:
        pattern = re.compile(text_of(entry, "pattern", _FILE))
        return cast(FilingKind, kind), pattern, re.compile(unless) if unless else None
    except re.error as cause:
        raise UserError(f"词表 {_FILE} 中 {kind} 的样式不是正确的正则表达式：{cause}；请改正。") from cause


def filing_kind_of(title: str) -> FilingKind:
    """The kind of filing that a title announces; `other` when no pattern fits.

    The title alone can mislead: decide together with the first page.
    """
    text = squeeze(title)
    for kind, pattern, unless in _patterns():
        if pattern.search(text) and not (unless and unless.search(text)):
            return kind
    return "other"


@cache
def _spoken() -> tuple[tuple[FilingKind, re.Pattern[str]], ...]:
    written = [
        (kind_entry, text_of(kind_entry, "spoken", _FILE, "")) for kind_entry in entries(_FILE, "kind")
    ]
    return tuple((_pattern(entry)[0], re.compile(words)) for entry, words in written if words)


def find_kinds(question: str) -> tuple[KindMention, ...]:
    """The kinds of filings that a question names, in its order; a wording inside another's does not count."""
    return tuple(sorted(_mentions(question), key=lambda mention: mention.start))


def _mentions(text: str) -> Iterator[KindMention]:
    for kind, pattern in _spoken():
        for found in pattern.finditer(text):
            yield KindMention(kind, found[0], found.start(), found.end())
            text = text[: found.start()] + "\n" * len(found[0]) + text[found.end() :]
