"""Tables as people keep them: rows of .csv and .xlsx in and out, every cell inert text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from rag import UserError

TABLES = (".csv", ".xlsx")
Cells = Mapping[str, object]
C = TypeVar("C")

# A cell that begins so is a formula to a spreadsheet; what a filing says must never be run.
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_FIGURE = re.compile(r"[-+]?[\d,]*\.?\d+ ?%?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # signs that XML, and so .xlsx, cannot hold
_LONGEST_CELL = 32_767  # characters, the limit of spreadsheets


def decoded(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030, as Chinese spreadsheets write it; UserError if none fits."""
    data = path.read_bytes()
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"文件 {path.name} 的编码不认识。请另存为 UTF-8 后再试。")


def read_table(path: Path) -> list[dict[str, str]]:
    """The filled rows under the heads of the first line; UserError where the file is no such table."""
    lines = _csv_lines(path) if path.suffix.lower() == ".csv" else _xlsx_lines(path)
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    if not filled:
        return []
    heads = [cell.strip() for cell in filled[0]]
    return [
        {head: cell for head, cell in zip(heads, line, strict=False) if head and cell.strip()}
        for line in filled[1:]
    ]


def write_table(path: Path, rows: Sequence[Cells]) -> None:
    """The rows as one table with all their columns in the order of first use; UserError where it cannot be written."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    try:
        (_write_csv if path.suffix.lower() == ".csv" else _write_xlsx)(path, heads, rows)
    except OSError as error:
        raise UserError(f"结果写不到 {path}（{error.strerror}）。请检查文件夹和权限。") from error


def inert(text: str) -> str:
    """The text in a form that a spreadsheet opening a .csv will not run; plain figures stay as they are."""
    return f"'{text}" if text.startswith(_LIVE) and not _FIGURE.fullmatch(text) else text


def inert_cell(cell: C, text: str) -> C:
    """The cell of a workbook holding the text as text, whatever it begins with."""
    kept = text[:_LONGEST_CELL]
    cell.value = kept  # type: ignore[attr-defined]
    cell.data_type = "s"  # type: ignore[attr-defined]  # also where it begins with =
    cell.quotePrefix = kept.startswith(_LIVE)  # type: ignore[attr-defined]
    return cell


def _csv_lines(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(decoded(path), newline="")))
    except csv.Error as error:
        raise UserError(f"{path.name} 不是完整的 CSV（{error}）。请重新导出后再试。") from error


def _xlsx_lines(path: Path) -> list[list[str]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [[_cell_text(value) for value in line] for line in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise UserError(f"{path.name} 不是完整的 xlsx 文件。请用表格软件重新保存后再试。") from error


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a typed id 12 comes back as 12.0
    return str(value)


def _write_csv(path: Path, heads: Sequence[str], rows: Sequence[Cells]) -> None:
    # The mark at the start tells spreadsheets that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([inert(_plain(row.get(head))) for head in heads] for row in rows)


def _write_xlsx(path: Path, heads: Sequence[str], rows: Sequence[Cells]) -> None:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("回答")
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for row in rows:
        cells = []
        for head in heads:
            cells.append(inert_cell(WriteOnlyCell(sheet), _plain(row.get(head))))
        sheet.append(cells)
    book.save(path)


def _plain(value: object) -> str:
    return "" if value is None else _CONTROL.sub("", str(value))
