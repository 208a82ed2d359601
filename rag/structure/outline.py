"""Headings of a filing: 第X节, 一、, （一）, 1、, （1）; and the tick boxes that answer them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from rag.filings.text import is_cjk
from rag.structure.cells import is_figure, is_note
from rag.structure.numbering import numeral_value
from rag.structure.tokens import Token

_CN = "一二三四五六七八九十百"
_LEVELS = (
    (1, re.compile(rf"^第[{_CN}]{{1,3}}[节章]")),
    (2, re.compile(rf"^[{_CN}]{{1,3}}、(?!\d)")),
    (3, re.compile(rf"^[（(][{_CN}]{{1,3}}[）)]")),
    (4, re.compile(r"^\d{1,2}(?:、(?!\d[、，,\u4e00-\u9fff])|[.．](?!\d))")),
    (5, re.compile(r"^[（(]\d{1,2}[）)][.．、]?")),
)
_BARE = re.compile(
    rf"^(?:第[{_CN}]{{1,3}}[节章]|[{_CN}]{{1,3}}、|[（(][{_CN}]{{1,3}}[）)]|\d{{1,2}}[、.．]?|[（(]\d{{1,2}}[）)][.．、]?)$"
)
_LEADERS = re.compile(r"[.．…·]{4,}")
_BOX_ENDS = "用是否有无元币"
_STOP = "。；;，,！!"
_OPENING = re.compile(r"^[\u4e00-\u9fffA-Za-z“‘《「\"'20]")
_CAPTION = re.compile(r"^[（(]?(?:货币|金额)?单位[:：]")
_LEADING_NUMBER = re.compile(
    rf"^(?:第[{_CN}]+节|[{_CN}]{{1,3}}、|[（(][{_CN}\d]{{1,3}}[）)]|\d{{1,2}}[、.．]|[□☐√✓☑])"
)
# A sentence that begins with a number and was cut at its figure (2、…净利润为-4,164.40 万元) is no heading.
_ENDS_IN_FIGURE = re.compile(r"(?:\d[.,]\d+|[，,].*[为是达])$")
MAX_HEADING = 60
BOX = re.compile(r"^[□☐√✓☑\uf052\uf0fe\uf0a3\uf06f\uf02a■]\s*(?:适用|不适用|是|否|有|无)$")
BOX_MARK = re.compile(r"^[□☐√✓☑\uf052\uf0fe\uf0a3\uf06f\uf02a■]$")
TICKED = re.compile(r"[√✓☑\uf052\uf0fe■]\s*(适用|不适用|是|否|有|无)")
# What no heading ends on, and what many do.
_OPEN_END = re.compile(r"[、（(《“：:的将与和或由因为受在于以所该此其及即且而如若从对向使之]$")
_TITLE_END = re.compile(
    r"(?:风险|情况|说明|方法|依据|政策|原则|标准|信息|项目|处理|计划|活动|事项|变更|方面|方案|安排|措施|制度|机制|影响|能力"
    r"|原因|利润|资产|负债|权益|收入|成本|费用|明细|名称|关系)$"
)
_SHORT_REPLY = re.compile(r"^(?:无|不适用|没有|详见|参见|见|本期|本公司|公司|报告期|截至)")
# Those who pledge speak in sentences.
_PLEDGE = re.compile(r"本人|本企业|承诺函|保证不|之日起?")
_LONE_NUMBER = re.compile(r"\d{1,3}[%％]?")
# A numbered line this long, in signs, may be a sentence that is wrapped.
WRAPPED = 20
# First words of table rows that look like headings: parts of the fixed-asset and pay notes.
_TABLE_WORDS = re.compile(
    r"(账面原值|累计折旧|累计摊销|减值准备|账面价值|期初余额|本期增加|本期减少|期末余额|短期薪酬|离职后福利|辞退福利"
    r"|合计|小计|其中|持续经营净利润|终止经营净利润)"
)
# Whole rows of the notes' movement tables and of the cash flow statement's supplement, numbered like headings.
_ROW_NAMES = re.compile(
    r"^(?:购置|计提|处置|处置或报废|企业合并(?:增加|减少)|在建工程转入|存货转入|自建|自行开发|内部研发|开发支出转入|租入|新增租赁"
    r"|租赁到期|提前终止|汇率变动|汇差影响|外币报表折算差额|其他(?:增加|减少|转出|转入)?|转出|转入投资性房地产"
    r"|将净利润调节为经营活动现金流量?|不涉及现金收支的重大(?:投资和筹资活动|经营、投资和筹资活动)|现金及现金等价物净(?:变动|增加)情况)[:：]?$"
)
_TOTALS = ("合计", "小计", "总计")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading found at tokens `first`..`last`, inclusive; `number` is its printed number, 0 where it has none."""

    level: int
    first: int
    last: int
    text: str
    number: int = 0


class Numbering:
    """Follows the printed numbers, so that numbered rows and list items are not taken for headings.

    A heading continues its level's count (a gap of two is forgiven), or starts at one: 一、 and （一） only
    when their level has not begun under the heading above.
    """

    def __init__(self) -> None:
        self._last = [0] * (len(_LEVELS) + 1)

    def accepts(self, mark: Mark) -> bool:
        """Whether the mark fits the count so far."""
        last = self._last[mark.level]
        if mark.level == 1:
            return True
        if mark.number == 1:
            return last == 0 or mark.level >= 4
        return last < mark.number <= last + 3

    def note(self, mark: Mark) -> None:
        """Counts an accepted heading; deeper levels begin anew."""
        self._last[mark.level] = mark.number
        self._last[mark.level + 1 :] = [0] * (len(_LEVELS) - mark.level)


def heading_at(tokens: Sequence[Token], i: int, in_row: Container[int]) -> Mark | None:
    """The heading that starts at token `i`, or None; `in_row` holds the tokens that are table figures."""
    text = tokens[i].text
    level = next((level for level, pattern in _LEVELS if pattern.match(text)), 0)
    if not level or not _stands_free(tokens, i, level):
        return None
    last = _heading_end(tokens, i, level)
    if last < i:
        return None
    title = "".join(token.text for token in tokens[i : last + 1])
    body = _LEVELS[level - 1][1].sub("", title)
    if not _is_title(title, level) or _ROW_NAMES.match(body) or _is_row_label(tokens, last, title):
        return None
    if level >= 4 and _reads_on(tokens, last, title):
        return None
    if any(k in in_row for k in range(i, last + 2)):
        return None
    return Mark(level, i, last, title, _number(title))


def _heading_end(tokens: Sequence[Token], i: int, level: int) -> int:
    """The last token of a heading: its line, with a short second one; below `i` where the line is running text.

    Where line breaks became spaces a heading is one token, or the number and the token after it.
    """
    line = _line_end(tokens, i)
    if not tokens[i].starts_line or sum(len(token.text) for token in tokens[i : line + 1]) > MAX_HEADING:
        return i + 1 if _BARE.match(tokens[i].text) and i + 1 < len(tokens) else i
    if tokens[line].ends_paragraph or level == 1 or line + 1 >= len(tokens):
        return line
    if level >= 4:
        return i - 1
    second = _line_end(tokens, line + 1)
    short = tokens[second].ends_paragraph and not tokens[second].text.endswith(("。", "；", "：", ":"))
    other = _LEADING_NUMBER.match(tokens[line + 1].text) or _CAPTION.match(tokens[line + 1].text)
    return second if short and not other else line


def _line_end(tokens: Sequence[Token], i: int) -> int:
    """The last token of the line that token `i` stands in."""
    while i + 1 < len(tokens) and not tokens[i + 1].starts_line:
        i += 1
    return i


def _number(title: str) -> int:
    found = re.match(rf"^第?[（(]?(\d+|[{_CN}]+)", title)
    return numeral_value(found[1]) if found else 0


def _is_title(title: str, level: int) -> bool:
    body = _LEVELS[level - 1][1].sub("", title)
    if (
        not _OPENING.match(body)
        or len(title) > MAX_HEADING
        or _LEADERS.search(title)
        or is_figure(body)
        or is_note(title)
    ):
        return False
    if BOX.match(body) or "□" in body or _ENDS_IN_FIGURE.search(title):
        return False
    if any(mark in body[:-1] for mark in _STOP[:1]) or title[-1] in _STOP:
        return False
    return level < 4 or not any(mark in body for mark in "；;：:")


def _is_row_label(tokens: Sequence[Token], last: int, title: str) -> bool:
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if not following or tokens[last].page != tokens[last + 1].page:
        return bool(_TABLE_WORDS.search(title[:12]))
    if _LEADERS.search(following) or following in _TOTALS:
        return True
    if _is_next(title, following) and last + 2 < len(tokens) and tokens[last + 2].text in _TOTALS:
        return True  # the last two rows before a total, both without figures
    return bool(_TABLE_WORDS.search(title[:12])) or is_note(following)


def _is_next(title: str, following: str) -> bool:
    """Whether the next token has the next number of the same level."""
    number = _number(title)
    return bool(number) and _number(following) == number + 1 and not title[0].isdigit()


def _reads_on(tokens: Sequence[Token], last: int, title: str) -> bool:
    """Whether a numbered line is the beginning of a sentence that goes on in the next one."""
    if last + 1 >= len(tokens) or box_at(tokens, last + 1):
        return False
    end = _line_end(tokens, last + 1) if tokens[last + 1].starts_line else last + 1
    following = "".join(token.text for token in tokens[last + 1 : end + 1])
    if _LEADING_NUMBER.match(following) or _CAPTION.match(following):
        return False
    if _LONE_NUMBER.fullmatch(following):
        return end + 1 < len(tokens) and is_cjk(tokens[end + 1].text[0])
    if _OPEN_END.search(title) or (len(title) >= WRAPPED and _PLEDGE.search(title)):
        return True
    return _is_wrapped(title, following)


def _is_wrapped(title: str, following: str) -> bool:
    """Whether a long line and the next are of one width, or the next only ends the sentence."""
    if len(title) < WRAPPED or _TITLE_END.search(title) or not is_cjk(following[0]):
        return False
    if following[-1] in "。；;":
        return len(following) < len(title) and not _SHORT_REPLY.match(following)
    return WRAPPED <= len(following) <= len(title)


def _stands_free(tokens: Sequence[Token], i: int, level: int) -> bool:
    """Whether a numbered token opens a line or a sentence rather than continuing one."""
    if i == 0 or tokens[i].page != tokens[i - 1].page or level == 1:
        return True
    before = tokens[i - 1]
    if tokens[i].starts_line:
        return (
            level < 4
            or before.ends_paragraph
            or before.text[-1] in "。；;：:！？"
            or before.text[-1] in _BOX_ENDS
        )
    if level >= 4 and _BARE.match(tokens[i].text):
        # A lone `(2)` in a table's head numbers a column; a heading's number follows something finished.
        return before.text[-1] in "。；;：:！？" or before.text[-1] in _BOX_ENDS
    return before.text[-1] not in "，,、（(“《之至及和与或第" and not (level >= 4 and is_figure(before.text))


def box_at(tokens: Sequence[Token], i: int) -> int:
    """How many tokens the group of tick boxes at `i` takes; 0 where there is none."""
    n = 0
    while i + n < len(tokens):
        text = tokens[i + n].text
        if BOX.match(text) or _boxes_in_one(text):
            n += 1
        elif BOX_MARK.match(text) and i + n + 1 < len(tokens):
            n += 2
        else:
            break
    return n


def _boxes_in_one(text: str) -> bool:
    return bool(re.match(r"^(?:[□☐√✓☑\uf052\uf0fe\uf0a3\uf06f■](?:适用|不适用|是|否|有|无)){1,2}$", text))
