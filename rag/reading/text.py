"""Text files become pages: by printed marks, by form feeds, by runs of blank lines, or as one page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from rag.errors import FilingError
from rag.filings.page import Numbering, Page
from rag.reading.content import Content
from rag.reading.decoding import decode
from rag.reading.furniture import without_furniture
from rag.reading.page_marks import Mark, find_marks, line_before, squeeze

_FORM_FEED = re.compile(r"\f")
_BLANK_RUN = re.compile(r"\n(?:[ \t\u3000]*\n){3,}")
_ONE_SPACE = re.compile(r"(?<=[^\n])\n (?=\S)")
_LEAST_PAGE = 250  # characters a page on average: shorter "pages" are paragraphs set apart by blank lines
_COMMON = 0.6  # share of the marks that a running head stands beside
_DOUBLE = re.compile(r"(?<=[^\n])\n[ \t]*\n(?=[^\n])")
_WRAPPED_END = re.compile(r"[^。；：！？.;:!?\s|]\s*\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The text of one page between its breaks; `inferred` where no mark is printed on it."""

    number: int
    text: str
    inferred: bool = False


def read_text(data: bytes, *, mend_spacing: bool = True) -> Content:
    """The pages of a text file; FilingError where it is empty or not text.

    `mend_spacing` turns the empty line that some extractors leave after every printed line into none.
    """
    return paginate(decode(data), mend_spacing=mend_spacing)


def paginate(text: str, *, mend_spacing: bool = True) -> Content:
    """The pages of `text`, numbered as printed, else by page breaks, else one page."""
    if not text.strip():
        raise FilingError("文件里没有文字。请检查是否选错了文件，或导出时内容丢失。")
    marks = find_marks(text)
    sheets, warnings = _marked_sheets(text, marks) if marks else (_broken_sheets(text), ())
    numbering = _numbering(sheets, bool(marks), bool(warnings))
    double = mend_spacing and _is_double_spaced(text)
    pages = [
        Page(sheet.number, _tidy(sheet.text, double), label=None if sheet.inferred else str(sheet.number))
        for sheet in sheets
    ]
    if len(pages) == 1 and not marks:
        pages = [replace(pages[0], label=None)]
    return Content(pages=without_furniture(tuple(pages)), numbering=numbering, warnings=warnings)


def _numbering(sheets: list[_Sheet], marked: bool, unsure: bool) -> Numbering:
    if marked:
        return "inferred" if unsure else "printed"
    return "inferred" if len(sheets) > 1 else "none"


def _tidy(text: str, double: bool) -> str:
    text = text.replace("\f", "\n").replace("\x00", "")
    return (_DOUBLE.sub("\n", text) if double else text).strip()


def _is_double_spaced(text: str) -> bool:
    """Whether an empty line follows every printed line, sentences running on across it."""
    lines = sum(1 for line in text.split("\n") if line.strip())
    return len(_DOUBLE.findall(text)) >= 0.7 * lines > 0 and len(_WRAPPED_END.findall(text)) >= 0.4 * lines


def _broken_sheets(text: str) -> list[_Sheet]:
    body = text.strip("\n \t\f")
    for habit in (_FORM_FEED, _BLANK_RUN):
        parts = habit.split(body)
        if len(parts) > 1 and (habit is _FORM_FEED or len(body) >= _LEAST_PAGE * len(parts)):
            return [_Sheet(number, part, inferred=True) for number, part in enumerate(parts, 1)]
    return [_Sheet(1, body)]


def _marked_sheets(text: str, marks: list[Mark]) -> tuple[list[_Sheet], tuple[str, ...]]:
    """The pages that the marks bound, those between two marks cut at other breaks; and what stayed unsure."""
    total = marks[-1].total or marks[-1].number
    bound = _runs_by_start if _marks_open_pages(text, marks) else _runs_by_end
    sheets: list[_Sheet] = []
    unsure: list[str] = []
    for run in bound(text, marks, total):
        parts = _cut(run.text, run.last - run.first + 1)
        if len(parts) <= run.last - run.first:
            unsure.append(f"{run.first}–{run.last}")
        sheets += [_Sheet(n, part, inferred=n != run.printed) for n, part in enumerate(parts, run.first)]
    if not unsure:
        return sheets, ()
    named = "、".join(unsure)
    return sheets, (f"第 {named} 页之间缺少页码标记，文字都记在其中第一页，页码可能有偏差。",)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text between two marks: pages `first` to `last`, of which `printed` bears its mark (0: none does)."""

    first: int
    last: int
    printed: int
    text: str


def _runs_by_start(text: str, marks: list[Mark], total: int) -> list[_Run]:
    head = _common_head(text, marks)
    ends = [_page_start(text, mark, head) for mark in marks[1:]] + [len(text)]
    lasts = [mark.number - 1 for mark in marks[1:]] + [total]
    runs = [
        _Run(mark.number, last, mark.number, text[mark.end : end])
        for mark, end, last in zip(marks, ends, lasts, strict=True)
    ]
    before = text[: _page_start(text, marks[0], head)]
    if marks[0].number > 1 and before.strip():
        return [_Run(1, marks[0].number - 1, 0, before), *runs]
    return [replace(runs[0], text=before + runs[0].text), *runs[1:]]


def _page_start(text: str, mark: Mark, head: str) -> int:
    """Where the page of a mark at its top begins: before the running head on the line above."""
    line = line_before(text, mark.start)
    if not head or squeeze(line) != head:
        return mark.start
    return len(text[: mark.start].rstrip()) - len(line)


def _runs_by_end(text: str, marks: list[Mark], total: int) -> list[_Run]:
    starts = [0] + [mark.end for mark in marks[:-1]]
    firsts = [1 if marks[0].total else marks[0].number] + [mark.number + 1 for mark in marks[:-1]]
    runs = [
        _Run(first, mark.number, mark.number, text[start : mark.start])
        for mark, start, first in zip(marks, starts, firsts, strict=True)
    ]
    after = text[marks[-1].end :]
    if after.strip() and marks[-1].number < total:
        return [*runs, _Run(marks[-1].number + 1, total, 0, after)]
    return [*runs[:-1], replace(runs[-1], text=runs[-1].text + after)]


def _cut(chunk: str, count: int) -> list[str]:
    """`chunk` as `count` pages where exactly that many breaks of one kind are found, else in one piece."""
    body = chunk.strip()
    if count > 1:
        for habit in (_FORM_FEED, _BLANK_RUN, _ONE_SPACE):
            parts = habit.split(body)
            if len(parts) == count:
                return parts
    return [chunk]


def _marks_open_pages(text: str, marks: list[Mark]) -> bool:
    """Whether marks stand at the top of their pages, by what lies before the first and after the last."""
    head = _common_head(text, marks)
    if squeeze(text[: marks[0].start]) == head:
        return True
    if not text[marks[-1].end :].strip():
        return False
    return bool(head) or marks[0].number > 1


def _common_head(text: str, marks: list[Mark]) -> str:
    """The line, without white space, that stands above most marks; empty where there is none."""
    lines = [squeeze(line_before(text, mark.start)) for mark in marks]
    best, count = Counter(lines).most_common(1)[0]
    return best if len(lines) >= 3 and count >= _COMMON * len(lines) and len(best) >= 4 else ""
