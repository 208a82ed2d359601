"""What stands around a table's cell says of it: its column's head beside the time, the heading of its note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.filings.lexicon import line_item_of, line_items
from rag.filings.text import squeeze

# The level of a head that says of when its figures are, and the unit that ends one.
_WHEN = re.compile(
    r"^(?:本报告期|本期|上期|本年度?|上年同期|上年年?度?|期末|期初|年末|年初|\d{4}年(?:半年度|度|第?[一三]季度|[\d\-—－–至]+月(?:\d{1,2}日)?)?)"
    r"[期年]?末?(?:发生额|余额|金额|数|(?![增减计转摊购新变核收]))"
)
# Times that a quarter's, a half-year's and a year's report print beside their periods.
_MONTHS = re.compile(r"\(\d{1,2}[-—－–~至]\d{1,2}月份?\)")
_STRETCH = re.compile(r"^(?:年初至(?:本?报告)?期末|第[一二三四]季度)(?:发生额|金额|数)?")
_RESTATED = re.compile(r"(?:追溯)?(?:调整|重述)[前后]$")
# Whose figures they are, where a head says nothing else: 2024年1-6月 over 合并.
_SCOPE = re.compile(r"^(?:合并|母公司|本集团|本公司|集团|公司)$")
_UNIT = re.compile(r"[（(](?:%|％|[百千万亿]*元|个|人|股|年)[）)]$")
_NUMBER = re.compile(r"[（(]\d[）)](?:=[\d()（）/+*×÷-]*)?$")


def measured(head: str) -> str:
    """坏账准备金额 of 期末余额坏账准备金额, without unit and number; "" where a head says a time only."""
    plain = _MONTHS.sub("", _UNIT.sub("", _NUMBER.sub("", squeeze(head))))
    return _SCOPE.sub("", _RESTATED.sub("", _WHEN.sub("", _STRETCH.sub("", plain))))


# 比重增减 beside two amounts and their shares of the whole: by how much the share has changed.
_OF_SHARE = re.compile(r"(?:比重|占比|比例)[^比]{0,4}(?:增减|变动|变化)")


def is_change_of_share(head: str) -> bool:
    """Whether a column of changes is about a share of the whole, not about the amounts beside it."""
    return _OF_SHARE.search(squeeze(head)) is not None


_TOTAL = re.compile(r"^(?:合计|总计|小计)$")
# What a heading tells of a note's table: 存货分类, 坏账准备的情况.
_KIND = re.compile(r"的?(?:分类|情况|明细|构成|列示|披露|项目)+$")
_ALLOWANCE = re.compile(r"(?:坏账|跌价|减值)准备")


def told_by_heading(label: str, section: Sequence[str]) -> str:
    """A row's label with what its note's heading says of it: 存货合计, 应收账款坏账准备 in a note on that."""
    own = squeeze(label)
    if _TOTAL.match(own):
        keys = (line_item_of(_KIND.sub("", squeeze(heading))) for heading in reversed(section[-2:]))
        return next((f"{line_items()[key].name}{own}" for key in keys if key), own)
    found = _ALLOWANCE.search(squeeze("".join(section[-1:])))
    return f"{own}{found[0]}" if found and not _ALLOWANCE.search(own) and line_item_of(own) else own
