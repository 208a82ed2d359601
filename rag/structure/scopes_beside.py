"""Statements that print the group's and the company's figures side by side: which column is whose."""

from __future__ import annotations

from collections.abc import Sequence

from rag.filings.passage import Scope

# The words of heads that say whose figures stand below.
SCOPES: dict[str, Scope] = {
    "合并": "consolidated",
    "本集团": "consolidated",
    "集团": "consolidated",
    "公司": "parent",
    "母公司": "parent",
    "本公司": "parent",
    "本行": "parent",
    "银行": "parent",
}


def beside_each_other(words: Sequence[str], dated: Sequence[str]) -> list[tuple[str, Scope]]:
    """The date word and scope of each column from left to right; empty where the head is no such one.

    Heads come as two dates over 合并 公司 合并 公司, or as 合并 公司 over two dates each.
    """
    scopes = [SCOPES[word] for word in words if word in SCOPES]
    dates = list(dict.fromkeys(dated))
    if len(set(scopes)) != 2 or len(dates) != 2:
        return []
    if len(scopes) == 4:
        alternate = scopes[0] != scopes[1]
        order = (0, 0, 1, 1) if alternate else (0, 1, 0, 1)
        return [(dates[k], scope) for k, scope in zip(order, scopes, strict=True)]
    if len(scopes) == 2 and len(dated) >= 4:
        return [(dates[k], scopes[n]) for n in (0, 1) for k in (0, 1)]
    return []
