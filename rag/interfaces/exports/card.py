"""The key-figure card as markdown and as a workbook, with a small chart where two periods exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from rag.interfaces.exports.content import EXTRACTED, NO_ADVICE, Json, clean
from rag.interfaces.exports.markdown import escaped, table
from rag.interfaces.exports.sheets import Value, blank, saved, write_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = ("指标", "本期", "上期", "增减", "口径", "页", "公告中的写法")
_COLUMNS = (
    ("指标", 24), ("本期", 38), ("期间", 11), ("上期", 24), ("上期期间", 11), ("增减", 20), ("增减来源", 10),
    ("口径", 8), ("页", 6), ("公告中的写法", 34), ("原文", 70), ("本期数值", 20), ("上期数值", 20), ("单位", 8),
)  # fmt: skip
_CHART = (("指标", 24), ("本期（{unit}）", 16), ("上期（{unit}）", 16))
# What the chart shows side by side: flows of one size; balances would dwarf them.
CHARTED = ("revenue", "total_profit", "net_profit_attributable", "net_profit_deducted", "operating_cash_flow")
_LARGE = Decimal(100_000_000)
_LABEL = f"{EXTRACTED}；{NO_ADVICE}"


def card_as_markdown(card: Json) -> bytes:
    """The card as a table, and the printed row of each figure below."""
    figures = _figures(card)
    rows = [
        [
            _text(f, "name"),
            _current(f),
            _of(f, "previous"),
            _moved(f),
            _text(f, "scope"),
            _page(f),
            _text(f, "label"),
        ]
        for f in figures
    ]
    notes = [f"{n}. {escaped(_text(f, 'name'))}：“{escaped(_quote(f))}”" for n, f in enumerate(figures, 1)]
    missing = cast("Sequence[str]", card.get("missing") or ())
    blocks = [f"# {escaped(_title(card))}", f"> {_LABEL}", table(list(_HEADS), rows)]
    blocks += [f"公告没有印出：{escaped('、'.join(missing))}"] if missing else []
    blocks += [
        "## 原文",
        "\n".join(notes),
        f"来源：{escaped(clean(card.get('source')))}，文件 SHA-256 {card['filing_id']}",
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def card_as_workbook(card: Json) -> bytes:
    """The card with sheets 指标卡, 来源 and, where two periods exist, 图."""
    book = blank(_title(card), [_LABEL])
    figures = _figures(card)
    write_sheet(book.worksheets[0], "指标卡", _COLUMNS, [_line(f) for f in figures], [_title(card), _LABEL])
    source = [
        [clean(card.get(k)) for k in ("source", "company", "stock_code", "period", "title", "filing_id")]
    ]
    heads = (("文件", 30), ("公司", 14), ("证券代码", 10), ("报告期", 10), ("标题", 30), ("文件 SHA-256", 66))
    write_sheet(book.create_sheet(), "来源", heads, source)
    charted = [f for f in figures if f["line_item"] in CHARTED and f.get("previous")]
    if charted:
        _draw(book.create_sheet(), charted)
    return saved(book)


def _draw(sheet: Worksheet, figures: Sequence[Json]) -> None:
    """Bars of both periods side by side."""
    from openpyxl.chart import BarChart, Reference

    values = [(_decimal(f, "current"), _decimal(f, "previous")) for f in figures]
    large = max(abs(value) for pair in values for value in pair) >= _LARGE
    unit, scale = ("亿元", _LARGE) if large else ("万元", Decimal(10_000))
    columns = [(title.format(unit=unit), width) for title, width in _CHART]
    rows: list[list[Value]] = [
        [_text(f, "name"), *(round(value / scale, 4) for value in pair)]
        for f, pair in zip(figures, values, strict=True)
    ]
    head = write_sheet(sheet, "图", columns, rows)
    chart = BarChart()
    chart.type, chart.title, chart.style = "col", f"本期与上期（{unit}）", 10
    chart.add_data(
        Reference(sheet, min_col=2, max_col=3, min_row=head, max_row=head + len(rows)), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=head + len(rows)))
    chart.height, chart.width = 8.5, 17
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    sheet.add_chart(chart, "E2")


def _figures(card: Json) -> list[Json]:
    return list(cast("Sequence[Json]", card["figures"]))


def _title(card: Json) -> str:
    return f"{clean(card.get('company'))} {clean(card.get('period'))} 主要指标"


def _text(figure: Json, key: str) -> str:
    return clean(figure.get(key))


def _of(figure: Json, which: str) -> str:
    value = cast("Json | None", figure.get(which))
    return clean(value.get("text")) if value else ""


def _current(figure: Json) -> str:
    short = clean(cast("Json", figure["current"]).get("short"))
    return _of(figure, "current") + (f"（{short}）" if short else "")


def _moved(figure: Json) -> str:
    change = cast("Json | None", figure.get("change"))
    if not change:
        return ""
    return f"{clean(change['versus'])} {clean(change['text'])}" + (
        "（计算）" if change.get("computed") else ""
    )


def _page(figure: Json) -> str:
    return "" if figure.get("page") is None else clean(figure["page"])


def _quote(figure: Json) -> str:
    return " ".join(clean(figure.get("quote")).split())


def _decimal(figure: Json, which: str) -> Decimal:
    return Decimal(str(cast("Mapping[str, object]", figure[which])["value"]))


def _line(figure: Json) -> list[Value]:
    current = cast("Json", figure["current"])
    previous = cast("Json", figure.get("previous") or {})
    change = cast("Json", figure.get("change") or {})
    page = figure.get("page")
    return [
        _text(figure, "name"), _current(figure), clean(current["period"]), _of(figure, "previous"),
        clean(previous.get("period")), f"{clean(change.get('versus'))} {clean(change.get('text'))}".strip(),
        ("计算" if change.get("computed") else "公告") if change else "", _text(figure, "scope"),
        page if isinstance(page, int) else "", _text(figure, "label"), _quote(figure),
        _decimal(figure, "current"), _decimal(figure, "previous") if previous else "", clean(current["unit"]),
    ]  # fmt: skip
