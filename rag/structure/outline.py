"""Headings of a filing as printed: 第X节, 一、, （一）, 1、, （1）; and the tick boxes that answer them.

A numbered line is a candidate here; whether it is a heading is told by the counts in `sequences`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.filings.numeral import read_numeral
from rag.filings.text import is_cjk
from rag.filings.tick_box import BOX_OPENERS, BOX_SIGNS, boxes_length
from rag.structure.cells import is_figure, is_note, is_vacant
from rag.structure.tokens import Token, glue

_CN = "一二三四五六七八九十百"
_LEVELS = (
    (1, re.compile(rf"^第[{_CN}]{{1,3}}[节章]")),
    (2, re.compile(rf"^[{_CN}]{{1,3}}、(?!\d)")),
    (3, re.compile(rf"^[（(][{_CN}]{{1,3}}[）)]")),
    (4, re.compile(r"^\d{1,2}(?:$|、(?!\d[、，,\u4e00-\u9fff])|[.．](?!\d))")),
    (5, re.compile(r"^[（(]\d{1,2}[）)][.．、]?")),
)
_NUMBER = re.compile(
    rf"^(?:第[{_CN}]{{1,3}}[节章]|[{_CN}]{{1,3}}、|[（(][{_CN}]{{1,3}}[）)]|\d{{1,2}}[、.．]?|[（(]\d{{1,2}}[）)][.．、]?)"
)
_BARE = re.compile(_NUMBER.pattern + "$")
_LEADERS = re.compile(r"[.．…·]{4,}")
_BOX_ENDS = "用是否有无元币"
_STOP = "。；;，,！!"
_OPENING = re.compile(r"^(?:[\u4e00-\u9fffA-Za-z“‘《「\"']|20\d\d|\d{1,2}年)")
_CAPTION = re.compile(r"^[（(]?(?:货币|金额)?单位[:：]")
_LEADING_NUMBER = re.compile(
    rf"^(?:第[{_CN}]+节|[{_CN}]{{1,3}}、|[（(][{_CN}\d]{{1,3}}[）)]|\d{{1,2}}[、.．）)]|[{BOX_SIGNS}])"
)
# A sentence that begins with a number and was cut at its figure (2、…净利润为-4,164.40 万元) is no heading.
_ENDS_IN_FIGURE = re.compile(r"(?:\d[.,]\d+|[，,].*[为是达])$")
MAX_HEADING = 60
# A line followed by one this much longer was not broken by the margin, and one by so much was hardly.
_LONGER, _SLIGHTLY_LONGER = 1.35, 1.1
# In text whose line ends are lost a title that is longer is the beginning of a sentence.
_FLAT_TITLE = 24
# What such a title ends in where the line has broken it.
_BROKEN = "/／、及和与的或"
# A lone `(2)` or `2` in a table's head numbers a column.
_COLUMN_NUMBER = re.compile(r"^(?:[（(]\d{1,2}[）)]|\d{1,2}[.．]?)$")
_TOTALS = ("合计", "小计", "总计")
_COUNT = re.compile(rf"\d+|[{_CN}]+")
_MOST_BOX_TOKENS = 12
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
# A promise or a condition, numbered in a list.
_PROMISE = re.compile(
    r"^(?:(?:本(?:人|企业|机构|单位|公司)|公司|承诺人)(?:/[^，,。]*)?[将承应不保若愿]|若|如果?[^何期]|自.*之日)"
)
# Whole rows of the tables of fixed assets, pay and results that look like headings.
_ROW_LABEL = re.compile(
    r"(?:账面原值|累计(?:折旧|摊销)|减值准备|账面(?:价值|余额)|期[初末](?:账面)?(?:余额|价值)|本期(?:增加|减少)(?:金额)?"
    r"|短期薪酬|离职后福利(?:[-－—].*)?|辞退福利|.{0,10}合计|小计|其中.*|(?:持续|终止)经营净利润.*"
    r"|购置|外购|计提|内部研发|自行开发|企业合并(?:增加|减少)|.{0,12}转入|处置(?:或报废)?|报废"
    r"|[有无]限售条件.{0,8}|股份总数|[合联]营企业|将重分类进损益的.*|不能重分类进损益的.*"
    r"|自建|开发支出转入|租入|新增租赁|租赁到期|提前终止|转出|将净利润调节为经营活动现金流量?|现金及现金等价物净(?:变动|增加)情况"
    r"|不涉及现金收支的重大.{0,10}(?:筹资)?活动|汇[率差]?[^，。]{0,6}(?:影响|变动)|外币报表折算.{0,3}|失效且终止确认的部分)[:：]?$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading found at tokens `first`..`last`, inclusive.

    `level` is that of its printed form (`style`: 第节, 一、, （一）, 1、, （1）), `number` its printed number, 0
    where it has none; `depth` counts from 1 how deep it stands, 0 where that is not known. A `weak` one may be
    running text: it is a heading where it continues a count.
    """

    level: int
    first: int
    last: int
    text: str
    number: int = 0
    style: str = ""
    depth: int = 0
    weak: bool = False


def heading_at(tokens: Sequence[Token], i: int, in_row: Container[int]) -> Mark | None:
    """The heading that may start at token `i`, or None; `in_row` holds the tokens that are table figures."""
    text = tokens[i].text
    level = _level(text)
    last, weak = _heading_end(tokens, i, level) if level else (-1, False)
    if last < i or any(k in in_row for k in range(i, last + 2)):
        return None
    title = ""
    for token in tokens[i : last + 1]:
        title += glue(title, token.text) + token.text
    answered = _is_answered(tokens, last)
    if not _stands_free(tokens, i, level, answered) or not _is_title(title, level, answered):
        return None
    if _is_row_label(tokens, last, title) or (level >= 4 and _reads_on(tokens, last, title)):
        return None
    sure = answered or _is_line(tokens, i) or level < 4
    if (text.isdigit() and not answered) or not (sure or _is_short(title)):
        return None
    number, style = _count(title, level)
    if not _is_line(tokens, i) and (level, number + 1) == _count_at(tokens, last + 1):
        return None  # a row of a table: there the lines of a heading without text cannot be told from it
    return Mark(level, i, last, title, number, style, weak=weak)


def _level(text: str) -> int:
    """The level of the number that `text` opens with; 0 where it opens with none."""
    return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)


def _count_at(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """The level and the number that token `i` opens with; zeros where it opens with none."""
    level = _level(tokens[i].text) if i < len(tokens) else 0
    return level, _count(tokens[i].text, level)[0] if level else 0


def _heading_end(tokens: Sequence[Token], i: int, level: int) -> tuple[int, bool]:
    """The last token of a heading, and whether that is doubtful; below `i` where the line is running text.

    It is the line, with a short second one. Where line breaks became spaces a heading is one token, or the
    number and the token after it, with one more where that is plainly broken.
    """
    if not _is_line(tokens, i):
        last = i + 1 if _BARE.match(tokens[i].text) and i + 1 < len(tokens) else i
        return last + (tokens[last].text[-1] in _BROKEN and last + 1 < len(tokens)), False
    line = _line_end(tokens, i)
    if tokens[line].ends_short or level == 1 or line + 1 >= len(tokens):
        return line, False
    second = _line_end(tokens, line + 1)
    short = tokens[second].ends_short and not tokens[second].text.endswith(("。", "；", "：", ":"))
    other = _LEADING_NUMBER.match(tokens[line + 1].text) or _CAPTION.match(tokens[line + 1].text)
    goes_on = short and not other
    if level < 4:
        return second if goes_on else line, False
    longer = _length(tokens, line + 1, second) / _length(tokens, i, line)
    if other or _is_answered(tokens, line) or longer > _LONGER:
        return line, False
    if goes_on and _is_answered(tokens, second):
        return second, False
    return line if longer > _SLIGHTLY_LONGER else i - 1, True


def _is_line(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` opens a line that is short enough for a heading."""
    return tokens[i].starts_line and _length(tokens, i, _line_end(tokens, i)) <= MAX_HEADING


def _length(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many characters the tokens `first`..`last` have."""
    return sum(len(token.text) for token in tokens[first : last + 1])


def _line_end(tokens: Sequence[Token], i: int) -> int:
    """The last token of the line that token `i` stands in."""
    while i + 1 < len(tokens) and not tokens[i + 1].starts_line:
        i += 1
    return i


def _is_answered(tokens: Sequence[Token], last: int) -> bool:
    """Whether boxes or a unit follow, as they do below the headings of prescribed forms."""
    if last + 1 >= len(tokens):
        return False
    return box_at(tokens, last + 1) > 0 or _CAPTION.match(tokens[last + 1].text) is not None


def _count(title: str, level: int) -> tuple[int, str]:
    """The printed number of a title and the form in which it is printed."""
    printed = _NUMBER.match(title)
    sign = _COUNT.search(printed[0]) if printed else None
    if printed is None or sign is None:
        return 0, ""
    value = int(sign[0]) if sign[0].isdigit() else read_numeral(sign[0])
    closing = printed[0][-1].replace("．", ".")
    return int(value or 0), f"{level}{closing if closing in '.、' else ''}"


def _is_title(title: str, level: int, answered: bool) -> bool:
    body = _NUMBER.sub("", title)
    if (
        not _OPENING.match(body)
        or (_PROMISE.match(body) and not answered)
        or len(title) > MAX_HEADING
        or _LEADERS.search(title)
        or is_figure(body)
        or is_note(title)
    ):
        return False
    if any(sign in BOX_SIGNS for sign in body) or _ENDS_IN_FIGURE.search(title):
        return False
    if "。" in body[:-1] or title[-1] in _STOP:
        return False
    return level < 4 or answered or not any(mark in body for mark in "；;：:")


def _is_short(title: str) -> bool:
    """Whether a title may be whole in text whose line ends are lost."""
    return len(_NUMBER.sub("", title)) > 1 and len(title) <= _FLAT_TITLE


def _is_row_label(tokens: Sequence[Token], last: int, title: str) -> bool:
    if _ROW_LABEL.match(_NUMBER.sub("", title)):
        return True
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if not following or tokens[last].page != tokens[last + 1].page:
        return False
    return _LEADERS.search(following) is not None or following in _TOTALS or is_note(following)


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


def _stands_free(tokens: Sequence[Token], i: int, level: int, answered: bool) -> bool:
    """Whether a numbered token opens a line or a sentence rather than continuing one."""
    if i == 0 or tokens[i].page != tokens[i - 1].page or level == 1:
        return True
    before = tokens[i - 1]
    finished = before.text[-1] in "。；;：:！？" or before.text[-1] in _BOX_ENDS
    if tokens[i].starts_line:
        ended = before.ends_short or is_figure(before.text) or is_vacant(before.text)
        return level < 4 or answered or ended or finished
    if _COLUMN_NUMBER.match(tokens[i].text):
        return finished
    return before.text[-1] not in "，,、（(“《之至及和与或第" and not (level >= 4 and is_figure(before.text))


def box_at(tokens: Sequence[Token], i: int) -> int:
    """How many tokens the row of tick boxes at `i` takes; 0 where there is none."""
    if tokens[i].text[0] not in BOX_OPENERS:
        return 0
    ends = list(accumulate(len(token.text) for token in tokens[i : i + _MOST_BOX_TOKENS]))
    length = boxes_length("".join(token.text for token in tokens[i : i + _MOST_BOX_TOKENS]))
    whole = sum(end <= length for end in ends)
    if whole or tokens[i].text not in BOX_SIGNS:
        return whole
    return min(2, len(ends))
