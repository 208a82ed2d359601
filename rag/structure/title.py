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
    r"[A-Za-z0-9.,&'’()/:：_-]*[A-Za-z.,&'’()-]+"
    r"|.*(?:代码|简称|编号|住所|地址).{0,20}[:：].*"
)
# `2024 ANNUAL REPORT`: the year that the Chinese line beside it lacks.
_ENGLISH_YEAR = re.compile(r"^(?:[A-Za-z&/]{4,})?(?P<year>(?:19|20)\d\d)(?:[A-Za-z&/]{4,})?$")
_NOTE = r"(?:[（(][^（）()]{1,12}[）)])?"
_END = re.compile(
    rf"(?:报告|年报|季报|摘要|快报|预告|方案|说明书|意向书|公告|全文|正文|通知|决议|意见|资料|议案|说明|函|回复){_NOTE}$"
)
_YEAR_LAST = re.compile(r"(?:年度报告|半年度报告|中期报告|季度报告)(?:摘要)?(?:19|20)\d\d年?$")
# Where a title goes on in the line below: `的半年度评估报告`, `摘要`, `(修订稿)`.
_GOES_ON = re.compile(r"的.{2,30}(?:报告|公告)|(?:报告)?(?:摘要|全文|正文)|[（(][^（）()]{2,12}[）)]")
# `关于2023年年度报告` alone is no title: the announcement about it is named in the lines below.
_ABOUT = re.compile(r"关于.*(?<!公告)(?<!意见)(?<!函)(?<!说明)(?<!通知)(?<!评估报告)(?<!专项报告)$")
_ABOUT_ENDS = re.compile(
    r"[^。:：,，]{2,40}(?:公告|意见|说明|报告|函|通知|回复)|[的暨及之][^。:：,，]{2,40}(?:公告|方案|报告)"
)
_BODY = re.compile(r"。|保证|重要提示|重要内容提示|目录$")
_LONGEST = 80
# Beyond this a line is no part of a cover; letter-spaced titles are long.
_LONGEST_LINE = 240
_HEAD_LINES = 30
_TITLE_PAGES = 3
_MOST_LINES = 4
_UNDATED_LINES = 3
# `上市公司公告` heads many an announcement without being its title.
_SHORTEST_NOTICE = 8
# These always name their period: a line without one is a cover's label.
_PERIODIC = ("annual", "half_year", "quarterly", "annual_summary", "earnings_flash", "earnings_forecast")
# A running head stands on page after page.
_REPEATED = 3
FROM_HEAD = "页眉"


def title_of(pages: Sequence[Page], name: str) -> Statement | None:
    """The title as the first pages print it; else the running head that reads like one.

    Only on page 1 a title may lack a period: further on such lines name other papers.
    """
    for page in pages[:_TITLE_PAGES]:
        if title := _title_among(_parts(page, name), name, undated=page is pages[0]):
            return Statement(title, page.position)
    return _running_head(pages, name)


def _parts(page: Page, name: str) -> list[str]:
    lines = [squeeze(line[:_LONGEST_LINE]) for line in lines_of(page)[:_HEAD_LINES]]
    lines = [_ENGLISH_YEAR.sub(r"\g<year>", line) for line in lines]
    return [
        line for line in lines if line != name and not (_NO_TITLE.fullmatch(line) and not _END.search(line))
    ]


def _title_among(lines: list[str], name: str, *, undated: bool) -> str:
    """The first run of lines, as short as can be, that ends like a title and names a period or its own kind."""
    for n, line in enumerate(lines):
        undated = undated and not _BODY.search(line)
        runs = ["".join(lines[start : n + 1]) for start in range(n, max(-1, n - _MOST_LINES), -1)]
        if dated := next((run for run in runs if _is_title(run) and period_of(run)), ""):
            return _whole(dated.removeprefix(name), lines[n + 1 :])
        # The longest run: `首次公开发行股票` belongs to the `招股说明书` below it.
        stems = (run.removeprefix(name) for run in reversed(runs[:_UNDATED_LINES]))
        if undated and (title := next(filter(_stands_alone, stems), "")):
            return title
    return ""


def _is_title(text: str) -> bool:
    ends = _END.search(text) or _YEAR_LAST.search(text)
    return len(text) <= _LONGEST and bool(ends) and not _BODY.search(text)


def _whole(title: str, below: list[str]) -> str:
    """A title with the lines below where it goes on."""
    if below and _GOES_ON.fullmatch(below[0]):
        return title + below[0]
    if _ABOUT.match(title):
        for count in (1, 2, 3):
            rest = "".join(below[:count])
            if _ABOUT_ENDS.fullmatch(rest):
                return title + rest
    return title


def _stands_alone(text: str) -> bool:
    """Whether a line without a period is a title all the same: it says what it is about, or its kind."""
    kind = filing_kind_of(text)
    if kind in _PERIODIC or not 4 < len(text) <= _LONGEST or not _END.search(text):
        return False
    return (
        text.startswith("关于")
        or kind != "other"
        or (text.endswith("公告") and len(text) >= _SHORTEST_NOTICE)
    )


def _running_head(pages: Sequence[Page], name: str) -> Statement | None:
    heads = Counter(head for page in pages for head in set(_heads(page, name)))
    head, times = max(heads.items(), key=lambda item: item[1], default=("", 0))
    if times < _REPEATED:
        return None
    at = next(page.position for page in pages if head in _heads(page, name))
    return Statement(head, at, FROM_HEAD)


def _heads(page: Page, name: str) -> Iterable[str]:
    for line in lines_of(page)[:3]:
        head = squeeze(line[:_LONGEST_LINE]).removeprefix(name)
        if _is_title(head) and period_of(head):
            yield head
