"""A file of questions becomes rows in its order; a broken line stays in its place as a broken row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag import Filters, Turn, UserError
from rag.interfaces.tables import TABLES, decoded, read_table

KINDS = (".jsonl", *TABLES)
_FILTERS = ("company", "period", "filing")

# Columns as people head them in Chinese.
_ALIASES = {
    "编号": "id", "序号": "id", "问题": "question", "查询": "question", "query": "question",
    "历史": "history", "公司": "company", "报告期": "period", "公告": "filing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a batch; `id` is as the file gives it, else the row's number from 1."""

    id: str | int
    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A line that is no question; `id` is None where it could not be read."""

    id: str | int | None
    message: str


def read_rows(path: Path) -> list[Row | BrokenRow]:
    """The rows of a .jsonl, .csv or .xlsx file; UserError where the file as a whole cannot be read."""
    if not path.is_file():
        raise UserError(f"找不到批量文件 {path}。请检查路径是否写对。")
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UserError(f"批量文件 {path.name} 的格式不认识。请用 {'、'.join(KINDS)}。")
    rows = list(_lines(path)) if kind == ".jsonl" else [_row(n, r) for n, r in enumerate(read_table(path), 1)]
    if not rows:
        raise UserError(f"批量文件 {path.name} 里没有问题。每行至少要有 question。")
    return rows


def _lines(path: Path) -> Iterator[Row | BrokenRow]:
    number = 0
    for line_number, line in enumerate(decoded(path).split("\n"), 1):
        if not line.strip():
            continue
        number += 1
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield BrokenRow(None, f"第 {line_number} 行不是完整的 JSON。请改正这一行后重新提问。")
            continue
        if isinstance(record, dict):
            yield _row(number, record)
        else:
            yield BrokenRow(None, f"第 {line_number} 行应是一个 JSON 对象，至少有 question。")


def _row(number: int, given: Mapping[str, object]) -> Row | BrokenRow:
    record = {_ALIASES.get(key.strip(), key.strip()): value for key, value in given.items()}
    row_id = record.get("id")
    if not isinstance(row_id, (str, int)) or row_id == "":
        row_id = str(number)
    try:
        return Row(row_id, _text(record, "question"), _history(record), _filters(record))
    except ValueError as error:
        return BrokenRow(row_id, str(error))


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"这一行的 {key} 应是文字。")  # noqa: TRY004  caught one step above
    return value.strip()


def _filters(record: Mapping[str, object]) -> Filters:
    company, period, filing = (_text(record, key) for key in _FILTERS)
    return Filters(company, period, filing)


def _history(record: Mapping[str, object]) -> tuple[Turn, ...]:
    value = record.get("history")
    if isinstance(value, str) and value.strip():  # a cell of a table holds it as JSON
        value = json.loads(value) if value.lstrip().startswith("[") else value
    if not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(turn, dict) for turn in value):
        raise ValueError('这一行的 history 应是 [{"question": …, "answer": …}]。')
    return tuple(Turn(_text(turn, "question"), _text(turn, "answer")) for turn in value)
