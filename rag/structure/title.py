"""The title of a filing: on its first pages, over several lines, among names, codes and English lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rag.filings.filing_kind import filing_kind_of
from rag.filings.page import Page
from rag.filings.text import squeeze
from rag.structure.reporting_period import period_of
from rag.structure.statement import Statement, lines_of

# Lines among which a title stands without being one: the English name, codes, the announcement's number.
_NO_TITLE = re.compile(
    r"[A-Za-z0-9.,&'’()/:：_-]*[A-Za-z.,&'’()-]+|[A-Za-z&]+\d{4}|.*(?:代码|简称|编号).{0,20}[:：].*"
)
_NOTE = r"(?:[（(][^（）()]{1,12}[）)])?"
_END = re.compile(
    rf"(?:报告|年报|季报|摘要|快报|预告|方案|说明书|意向书|公告|全文|正文|通知|决议|意见|说明|函|回复){_NOTE}$"
)
_YEAR_LAST = re.compile(r"(?:年度报告|半年度报告|中期报告|季度报告)(?:摘要)?(?:19|20)\d\d年?$")
# Where a title goes on in the line below: `的半年度评估报告`, `摘要`, `(修订稿)`.
_GOES_ON = re.compile(r"的.{2,30}(?:报告|公告)|(?:报告)?(?:摘要|全文|正文)|[（(][^（）()]{2,12}[）)]")
# `关于2023年年度报告` alone is no title: the announcement about it is named in the lines below.
_ABOUT = re.compile(r"关于.*(?<!公告)(?<!意见)(?<!函)(?<!说明)(?<!通知)(?<!评估报告)(?<!专项报告)$")
_ABOUT_ENDS = re.compile(r"[^。:：,，]{2,40}(?:公告|意见|说明|报告|函|通知|回复)")
_BODY = re.compile(r"。|保证|重要提示|重要内容提示|目录$")
_LONGEST = 80
_HEAD_LINES = 30
_TITLE_PAGES = 3
_MOST_LINES = 4
# A running head stands on page after page.
_REPEATED = 3
FROM_HEAD = "页眉"


def title_of(pages: Sequence[Page], name: str) -> Statement | None:
    """The title as the first pages print it; else the running head that reads like one.

    A title with a period is looked for on all first pages before one without on the first page.
    """
    for page in pages[:_TITLE_PAGES]:
        if title := _dated(_parts(page, name), name):
            return Statement(title, page.position)
    if pages and (title := _undated(_parts(pages[0], name), name)):
        return Statement(title, pages[0].position)
    return _running_head(pages, name)


def _parts(page: Page, name: str) -> list[str]:
    lines = [squeeze(line) for line in lines_of(page)[:_HEAD_LINES]]
    return [
        line for line in lines if line != name and not (_NO_TITLE.fullmatch(line) and not _END.search(line))
    ]


def _dated(lines: list[str], name: str) -> str:
    """The first run of lines, as short as can be, that ends like a title and names a period."""
    for n in range(len(lines)):
        for start in range(n, max(-1, n - _MOST_LINES), -1):
            title = "".join(lines[start : n + 1])
            if len(title) <= _LONGEST and _is_title(title) and period_of(title):
                return _whole(title.removeprefix(name), lines[n + 1 :])
    return ""


def _is_title(text: str) -> bool:
    return bool(_END.search(text) or _YEAR_LAST.search(text)) and not _BODY.search(text)


def _whole(title: str, below: list[str]) -> str:
    """A title with the lines below where it goes on."""
    if below and _GOES_ON.fullmatch(below[0]):
        return title + below[0]
    if _ABOUT.match(title):
        for count in (1, 2):
            rest = "".join(below[:count])
            if _ABOUT_ENDS.fullmatch(rest):
                return title + rest
    return title


def _undated(lines: list[str], name: str) -> str:
    """A title without a period among the lines before the text begins: a prospectus, a correction."""
    head: list[str] = []
    for line in lines[:12]:
        if _BODY.search(line):
            break
        head.append(line)
    runs = ("".join(head[start : n + 1]) for n in range(len(head)) for start in range(max(0, n - 2), n + 1))
    return next((title for run in runs if _stands_alone(title := run.removeprefix(name))), "")


def _stands_alone(text: str) -> bool:
    """Whether a line without a period is a title all the same: it says what it is about, or its kind."""
    known = text.startswith("关于") or filing_kind_of(text) != "other" or text.endswith("公告")
    return known and 4 < len(text) <= _LONGEST and bool(_END.search(text))


def _running_head(pages: Sequence[Page], name: str) -> Statement | None:
    heads = Counter(head for page in pages for head in set(_heads(page, name)))
    head, times = max(heads.items(), key=lambda item: item[1], default=("", 0))
    if times < _REPEATED:
        return None
    at = next(page.position for page in pages if head in _heads(page, name))
    return Statement(head, at, FROM_HEAD)


def _heads(page: Page, name: str) -> Iterable[str]:
    for line in lines_of(page)[:3]:
        head = squeeze(line).removeprefix(name)
        if len(head) <= _LONGEST and _is_title(head) and period_of(head):
            yield head
