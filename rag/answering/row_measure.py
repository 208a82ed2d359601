"""What the rows of a listing are measured by: a column of the table, or what two of its columns come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.listing import Item, Listing
from rag.answering.measured_column import PLAIN, measured_column, measured_item, without_unit
from rag.answering.operands import work_out
from rag.answering.operation import derivations
from rag.answering.phrase import issuer_name, with_short_form
from rag.checking.claim import Arithmetic, Operand
from rag.filings.amount import format_decimal
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Column, Fact
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

_KINDS = tuple(
    map(
        re.compile,
        (
            "产品|(?<!主营)(?<!主要)业务|服务|品类|板块",
            "地区|区域|市场",
            "行业|产业",
            "渠道|模式",
            "项目",
            "子公司|[参控]股公司",
            "客户|供应商",
            "人员|员工|岗位|专业",
            "股东",
            "持有人|转债|债券",
        ),
    )
)
# What the rows' own names tell of their kind.
_REGION = re.compile(r"[国境海]内|[国境海]外|华[东南西北中]|东北|西[南北]|大陆|地区$|欧洲|亚洲|美洲")
_CHANNEL = re.compile(r"直销|经销|代销|分销|批发|零售|线[上下]|直接销售")
# Words for the share of one row in all.
SHARE = re.compile(r"占(?!用)|比重|份额")
_AMOUNT = "金额"
# Fewer rows than this are no table to find the most in.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A row with what it is measured by; `worked` where that is computed of its figures."""

    item: Item
    value: Decimal
    text: str
    operands: tuple[Operand, ...]
    worked: Arithmetic | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rows of a listing are measured by, in words, and the rows that have it.

    `is_named` is true where the question names these rows; `whole` is what they are the parts of, where that is told.
    """

    what: str
    held: tuple[Held, ...]
    listing: Listing
    filing: Filing
    column: Column
    evidence: tuple[Evidence, ...] = ()
    is_named: bool = False
    whole: str = ""

    @property
    def lead(self) -> str:
        """Whose table it is, and of when."""
        when = in_chinese(self.column.period) if self.column.period else ""
        return f"{issuer_name(self.filing)}{when}{self.whole}表中所列，"

    def shows_share(self, query: Query) -> bool:
        """Whether a share is asked for and the rows print it."""
        printed = any(SHARE.search(o.fact.column) for one in self.held for o in one.item.operands)
        return printed and SHARE.search(query.text) is not None


def measure_of(listing: Listing, piece: Evidence, query: Query) -> Measure | None:
    """What a listing's rows are measured by; None where it lists something else, or not all of it is known."""
    names, passage = [item.name for item in listing.items], piece.passage
    if not listing.whole or len(set(names)) < max(FEWEST, len(names)) or "" in names:
        return None
    if not _lists(listing, query):
        return None
    lead = passage.text[: passage.rows[0].start] if passage.rows else ""
    about = squeeze("".join((*passage.section[-1:], lead, passage.context)))
    column = measured_column(passage.columns, about, query, piece.filing.period)
    held = _read(listing, column) if column is not None else _worked(listing, query)
    asked = [one for one in held if _is_named(one.item, query.text)]
    named = len(asked) >= FEWEST
    held = asked if named else held
    if len(held) < FEWEST or len({one.operands[0].fact.unit for one in held}) > 1:
        return None
    what = _called(column, query) if column is not None else "进度"
    item, _ = measured_item(query)
    whole = line_items()[item].name if item and what == _AMOUNT else ""
    return Measure(
        what, tuple(held), listing, piece.filing, column or Column(""), is_named=named, whole=whole
    )


def kinds_of(text: str) -> set[re.Pattern[str]]:
    """The kinds of things that a text speaks of: products, regions, projects."""
    return {kind for kind in _KINDS if kind.search(squeeze(text))}


def _lists(listing: Listing, query: Query) -> bool:
    """Whether the rows are what is asked about: those by region say nothing of products, nor does a statement."""
    asked, shown = kinds_of(query.text), kinds_of(listing.kind)
    told = {bool(_REGION.search(item.name)) - bool(_CHANNEL.search(item.name)) for item in listing.items}
    if {1, -1} <= told:
        return False  # two listings that nothing parts
    lines = sum(bool(line_item_of(item.name)) for item in listing.items)
    if asked and 2 * lines > len(listing.items):
        return False
    return not asked or not shown or bool(asked & shown)


def _called(column: Column, query: Query) -> str:
    """What a column is called; one that says a time only by the item its rows are kinds of, else as an amount."""
    head = without_unit(column.head)
    item, word = measured_item(query)
    if column.measure in ("change", "points"):
        return f"{line_items()[item].name if item else ''}同比"
    if head not in PLAIN:
        return head
    return (line_items()[item].name if item else word) if kinds_of(query.text) else _AMOUNT


def _read(listing: Listing, column: Column) -> list[Held]:
    """The rows with a figure in a column; none where a row has figures whose columns are not known."""
    found = [(item, item.under(column.head)) for item in listing.items]
    if any(o is None and not all(one.fact.column for one in item.operands) for item, o in found):
        return []
    return [Held(item, _signed(o.fact), text_of(o.fact), (o,)) for item, o in found if o is not None]


def _signed(fact: Fact) -> Decimal:
    """A figure's value; 减少2.06个百分点 is below nought."""
    return -abs(fact.value) if re.search(r"减少|下降", fact.text) else fact.value


def text_of(fact: Fact) -> str:
    """A figure as said, with its unit and a shorter form."""
    if "百分点" in fact.text:
        return squeeze(fact.text)
    return with_short_form(squeeze(fact.text).rstrip("%"), fact.value, fact.unit)


def _worked(listing: Listing, query: Query) -> list[Held]:
    """Each row with what its figures come to, in the way that the question asks for (进度: 已投÷总投)."""
    for way in derivations():
        if way.between is not None or way.unit != "%" or not way.asks.search(query.text):
            continue
        made = [_worked_of(item, way.first, way.second, way.expression) for item in listing.items]
        return [one for one in made if one is not None] if all(made) else []
    return []


def _worked_of(
    item: Item, first: re.Pattern[str] | None, second: re.Pattern[str] | None, expression: str
) -> Held | None:
    over = [
        o
        for o in item.operands
        if first and first.search(squeeze(o.fact.column)) and o.fact.measure == "amount"
    ]
    under = [o for o in item.operands if second and second.search(squeeze(o.fact.column)) and o not in over]
    if len(over) != 1 or len(under) != 1:
        return None
    worked = work_out(expression, (over[0], under[0]), "%")
    if worked is None:
        return None
    shown = "÷".join(f"{o.fact.text}{o.fact.unit}" for o in (over[0], under[0]))
    return Held(
        item, worked.value, f"{format_decimal(worked.value)}%（{shown}）", (over[0], under[0]), worked
    )


def _is_named(item: Item, question: str) -> bool:
    """Whether the question names a row, by its name or by what stands in brackets behind it."""
    asked = squeeze(question).lower()
    names = [part for part in re.split(r"[()（）]", squeeze(item.name).lower()) if len(part) > 1]
    return squeeze(item.name).lower() in asked or any(part in asked for part in names)
