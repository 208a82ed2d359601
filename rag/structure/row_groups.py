"""Rows below a line of their own: a product, then what it made, sold and kept; the next product, the same again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rag.filings.lexicon import normal_label
from rag.filings.text import squeeze
from rag.structure.columns import is_head_word
from rag.structure.heads import role_of
from rag.structure.tokens import Token

_LONGEST = 16
# The parts of a schedule of assets: cost, depreciation, impairment, carrying amount, each with its movements.
_PART_OF = r"((?:账面)?原[值价]|成本|累计(?:折旧|摊销|折耗)|减值准备|账面[价净]值)(?:合计)?"
_GROUP = re.compile(rf"^([一二三四五六七八九十]+、)?{_PART_OF}[:：]?$")
GROUPED = re.compile(rf"^[一二三四五六七八九十]+、{_PART_OF}[:：]?(?=[1-9][.、])")


def group_above(tokens: Sequence[Token], free: int, first: int) -> str:
    """The words alone on the line right above a row that begins with token `first`.

    "" where there is no such line, or it is one of a head.
    """
    if not free < first < len(tokens) or not tokens[first].starts_line:
        return ""
    start = first - 1
    while start > free and not tokens[start].starts_line:
        start -= 1
    words = [token.text for token in tokens[start:first]]
    text = "".join(words)
    headlike = any(is_head_word(word) for word in words) or any(sign.isdigit() for sign in text)
    return "" if headlike or not tokens[start].starts_line or len(text) > _LONGEST else text


def named_by_groups(labels: Sequence[str], above: Sequence[str]) -> list[str]:
    """The labels of a table's rows; one repeated under one group after the other is named by its group."""
    groups: list[str] = []
    for group in above:
        groups.append(group or (groups[-1] if groups else ""))
    places: dict[str, list[int]] = defaultdict(list)
    for k, label in enumerate(labels):
        places[label].append(k)
    named = list(labels)
    for label, same in places.items():
        if len(same) > 1 and len({groups[k] for k in same} - {""}) == len(same):
            for k in same:
                named[k] = groups[k] + label
    return named


def group_in(above: Sequence[str], label: str, before: str) -> str:
    """The last row without figures above a row that says what this and the next ones are of; else the one before.

    It is numbered, or stands right above an opening balance; a head holds such words too.
    """
    if (own := GROUPED.match(squeeze(label))) is not None:
        return own[1]
    opens = role_of((normal_label(label),)) == "opening"
    found = (_GROUP.match(squeeze(word)) for word in reversed(above))
    return next((name[2] for name in found if name and (name[1] or opens)), before)
