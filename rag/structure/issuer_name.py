"""The full name of a filing's issuer: on the cover, behind its label, in the signature, or named most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.doubt import Doubt
from rag.structure.statement import Statement, first, lines_of

_SIGNS = r"[\u4e00-\u9fff()A-Za-z0-9&·]"
_FORM = r"(?:股份有限公司|有限责任公司|股份公司)"
_FULL_NAME = rf"(?!关于|.{{0,8}}(?:名称|全称)){_SIGNS}{{2,30}}?{_FORM}"
_ALONE = re.compile(rf"({_FULL_NAME})")
_BEFORE_TITLE = re.compile(rf"({_FULL_NAME})(?=关于|(?:19|20)\d\d年|二[○〇零])")
_END_OF_NAME = re.compile(r".{0,8}公司")
_LABELLED = re.compile(rf"(?:公司|发行人)(?:的|法定)*中文(?:名称|全称)[^:：]{{0,4}}?[:：]?({_FULL_NAME})")
_SIGNED = re.compile(rf"({_FULL_NAME})董事会")
_IN_TITLE = re.compile(rf"^关于({_FULL_NAME})")
_INSIDE = re.compile(rf"(?:^|[^\u4e00-\u9fff()])({_SIGNS}{{2,30}}?{_FORM})")
_COVER_LINES = 40
_COVER_PAGES = 2
# A name met once inside a sentence may be anybody's.
_OFTEN = 2
FROM_TEXT = "只在正文中出现"


def issuer_name(pages: Sequence[Page], last: Page) -> tuple[Statement | None, Doubt | None]:
    """The issuer's full name, and the doubt where two places disagree.

    The label 公司的中文名称 ranks over the cover: an adviser's letter bears the adviser's name.
    """
    cover, label = _on_cover(pages[:_COVER_PAGES]), first(_labelled(pages))
    if cover and label and not _same(cover.value, label.value):
        sentence = (
            f"封面上的公司“{cover.value}”与第 {label.page} 页的公司名称“{label.value}”不同，以后者为准。"
        )
        return label, Doubt("issuer", sentence)
    return cover or label or first(_signed(last)) or _named_most(pages), None


def _same(one: str, other: str) -> bool:
    bare = str.maketrans("", "", "()")
    return squeeze(one).translate(bare) == squeeze(other).translate(bare)


def _on_cover(pages: Sequence[Page]) -> Statement | None:
    for find in (_in_title, _alone, _broken, _before_title):
        for page in pages:
            lines = [squeeze(line) for line in lines_of(page)[:_COVER_LINES]]
            if name := find(lines):
                return Statement(name, page.position)
    return None


def _in_title(lines: list[str]) -> str:
    """Whom an adviser's letter is about: `关于某某股份有限公司……的核查意见`."""
    return next((found[1] for line in lines[:6] if (found := _IN_TITLE.match(line))), "")


def _alone(lines: list[str]) -> str:
    return next((line for line in lines if _ALONE.fullmatch(line)), "")


def _broken(lines: list[str]) -> str:
    """A name that a cover breaks over two lines."""
    joined = (above + below for above, below in pairwise(lines) if _END_OF_NAME.fullmatch(below))
    return next((name for name in joined if _ALONE.fullmatch(name)), "")


def _before_title(lines: list[str]) -> str:
    return next((found[1] for line in lines[:12] if (found := _BEFORE_TITLE.match(line))), "")


def _labelled(pages: Sequence[Page]) -> Iterator[Statement]:
    for page in pages:
        if found := _LABELLED.search(squeeze(page.text)):
            yield Statement(found[1], page.position)


def _signed(last: Page) -> Iterator[Statement]:
    for line in map(squeeze, reversed(lines_of(last)[-12:])):
        if found := _SIGNED.fullmatch(line):
            yield Statement(found[1], last.position, "落款")


def _named_most(pages: Sequence[Page]) -> Statement | None:
    """The company named most; words that run into a name (`推动某某股份有限公司`) count for the name."""
    seen: dict[str, list[int]] = {}
    for page in pages:
        for found in _INSIDE.finditer(" " + squeeze(page.text)):
            seen.setdefault(found[1], []).append(page.position)
    counts = {name: sum(len(at) for longer, at in seen.items() if longer.endswith(name)) for name in seen}
    name = max(counts, key=lambda key: (counts[key], -len(key)), default="")
    if not name or counts[name] < _OFTEN:
        return None
    return Statement(name, min(seen[name]), FROM_TEXT)
