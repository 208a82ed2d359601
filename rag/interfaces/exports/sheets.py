"""An export as a workbook: the answers, their sources, their figures; every cell inert text but numbers."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from rag.interfaces.exports.content import Cited, Content, Entry, clean
from rag.interfaces.show import CHECKS, SCOPES
from rag.interfaces.tables import inert_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ANSWERS = (
    ("编号", 6),
    ("问题", 30),
    ("回答", 80),
    ("生成方式", 30),
    ("说明", 40),
    ("模型", 14),
    ("提示词", 16),
    ("索引版本", 14),
)
_SOURCES = (
    ("引用", 6), ("回答编号", 8), ("文件", 28), ("公司", 14), ("证券代码", 10), ("报告期", 9), ("页", 8), ("章节", 36),
    ("原文", 70), ("标题", 24), ("文件 SHA-256", 66),
)  # fmt: skip
_FIGURES = (
    ("回答编号", 8),
    ("数字", 20),
    ("数值", 20),
    ("单位", 8),
    ("科目", 24),
    ("期间", 12),
    ("口径", 8),
    ("核对", 18),
    ("引用", 6),
)
_LINE_POINTS, _MOST_LINES = 14, 28  # a row may be 409 points high at most
_NUMBER = "#,##0.00##"
Value = str | int | Decimal | None


def as_workbook(content: Content) -> bytes:
    """The content as .xlsx with the sheets 回答, 来源 and 数字."""
    book = blank(content.title, content.labels)
    write_sheet(
        book.worksheets[0], "回答", _ANSWERS, [_answer(entry) for entry in content.entries], content.labels
    )
    write_sheet(book.create_sheet(), "来源", _SOURCES, [_source(cited) for cited in content.citations])
    figures = [_figure(entry, figure) for entry in content.entries for figure in entry.figures]
    write_sheet(book.create_sheet(), "数字", _FIGURES, figures)
    return saved(book)


def blank(title: str, labels: Sequence[str]) -> Workbook:
    """A workbook with its title and label among its properties."""
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.title, book.properties.creator = title, "循据 Xunju"
    book.properties.description = "；".join(labels)
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_sheet(
    sheet: Worksheet,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Value]],
    labels: Sequence[str] = (),
) -> int:
    """A sheet of labels, heads and rows; the number of the line of heads.  Widths are in characters."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = name
    for line, label in enumerate(labels, 1):
        inert_cell(sheet.cell(line, 1), label)
    head = len(labels) + 1
    for place, (title, width) in enumerate(columns, 1):
        inert_cell(sheet.cell(head, place), title)
        sheet.cell(head, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, row in enumerate(rows, head + 1):
        for place, value in enumerate(row, 1):
            if isinstance(value, Decimal):
                sheet.cell(line, place, value).number_format = _NUMBER
            elif isinstance(value, int):
                sheet.cell(line, place, value)
            else:
                inert_cell(sheet.cell(line, place), value or "")
                sheet.cell(line, place).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[line].height = _LINE_POINTS * _lines(columns, row)
    sheet.freeze_panes = f"A{head + 1}"
    _fit_to_width(sheet)
    return head


def _lines(columns: Sequence[tuple[str, int]], row: Sequence[Value]) -> int:
    """How many lines the fullest cell of a row takes; a Chinese sign is as wide as two others."""
    counts = [
        math.ceil(sum(1 + (sign > "\u2e80") for sign in line) / width)
        for (_, width), value in zip(columns, row, strict=True)
        for line in [str(value)]
    ]
    return max(1, min(max(counts), _MOST_LINES))


def _fit_to_width(sheet: Worksheet) -> None:
    """Prints a sheet's columns beside one another on a page that lies on its side."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _answer(entry: Entry) -> list[Value]:
    text = "\n".join(
        "".join(piece.text + "".join(f"[{n}]" for n in piece.numbers) for piece in paragraph)
        for paragraph in entry.paragraphs
    )
    notes = "\n".join(entry.notes)
    return [
        entry.number, entry.question, text, entry.label, notes, entry.model, entry.prompt_hash, entry.generation,
    ]  # fmt: skip


def _source(cited: Cited) -> list[Value]:
    page = cited.page if cited.page is not None else cited.page_words
    return [
        cited.number, cited.entry, cited.source, cited.company, cited.stock_code, cited.period, page,
        cited.section, cited.quote, cited.title, cited.filing_id,
    ]  # fmt: skip


def _figure(entry: Entry, figure: object) -> list[Value]:
    own = figure if isinstance(figure, dict) else {}
    try:
        value: Value = Decimal(str(own.get("value")))
    except InvalidOperation:
        value = clean(own.get("value"))
    words = [clean(own.get(key)) for key in ("unit", "line_item", "period")]
    scope = SCOPES.get(clean(own.get("scope")), clean(own.get("scope")))
    marker = own.get("marker")
    return [
        entry.number, clean(own.get("text")), value, *words, scope,
        CHECKS.get(clean(own.get("check")), ""), marker if isinstance(marker, int) else None,
    ]  # fmt: skip
