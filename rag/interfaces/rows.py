"""A file of questions becomes rows in its order; a broken line stays in its place as a broken row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from rag import Filters, SummaryRequest, Turn, UserError
from rag.interfaces.tables import TABLES, decoded, read_table

R = TypeVar("R")
KINDS = (".jsonl", *TABLES)
_FILTERS = ("company", "period", "filing")

# Columns as people head them in Chinese.
_ALIASES = {
    "编号": "id", "序号": "id", "问题": "question", "查询": "question", "query": "question",
    "历史": "history", "公司": "company", "报告期": "period", "公告": "filing",
    "要求": "instruction", "章节": "section", "侧重": "focus", "字数": "max_chars", "doc": "filing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a batch; `id` is as the file gives it, else the row's number from 1."""

    id: str | int
    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One wish for a summary of a batch."""

    id: str | int
    request: SummaryRequest


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A line that is no question; `id` is None where it could not be read."""

    id: str | int | None
    message: str


def read_rows(path: Path) -> list[Row | BrokenRow]:
    """The questions of a .jsonl, .csv or .xlsx file; UserError where the file as a whole cannot be read."""
    return _read(path, _question)


def read_summary_rows(path: Path) -> list[SummaryRow | BrokenRow]:
    """The wishes for summaries of a file: id, scope{doc, section}, instruction, focus, max_chars."""
    return _read(path, _wish)


def _read(path: Path, make: Callable[[str | int, Mapping[str, object]], R]) -> list[R | BrokenRow]:
    if not path.is_file():
        raise UserError(f"找不到批量文件 {path}。请检查路径是否写对。")
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UserError(f"批量文件 {path.name} 的格式不认识。请用 {'、'.join(KINDS)}。")
    given = list(_lines(path)) if kind == ".jsonl" else list(read_table(path))
    if not given:
        raise UserError(f"批量文件 {path.name} 里没有问题。每行至少要有 question，概括则要有公告或要求。")
    return [one if isinstance(one, BrokenRow) else _row(n, one, make) for n, one in enumerate(given, 1)]


def _lines(path: Path) -> Iterator[Mapping[str, object] | BrokenRow]:
    for line_number, line in enumerate(decoded(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield BrokenRow(None, f"第 {line_number} 行不是完整的 JSON。请改正这一行后重新提问。")
            continue
        if isinstance(record, dict):
            yield record
        else:
            yield BrokenRow(None, f"第 {line_number} 行应是一个 JSON 对象，至少有 question。")


def _row(
    number: int, given: Mapping[str, object], make: Callable[[str | int, Mapping[str, object]], R]
) -> R | BrokenRow:
    record = _named(given)
    row_id = record.get("id")
    if not isinstance(row_id, (str, int)) or row_id == "":
        row_id = str(number)
    try:
        return make(row_id, record)
    except ValueError as error:
        return BrokenRow(row_id, str(error))


def _named(given: Mapping[str, object]) -> dict[str, object]:
    return {_ALIASES.get(key.strip(), key.strip()): value for key, value in given.items()}


def _question(row_id: str | int, record: Mapping[str, object]) -> Row:
    return Row(row_id, _text(record, "question"), _history(record), _filters(record))


def _wish(row_id: str | int, given: Mapping[str, object]) -> SummaryRow:
    scope = given.get("scope") or {}
    if not isinstance(scope, Mapping):
        raise ValueError('这一行的 scope 应是 {"doc": …, "section": …}。')  # noqa: TRY004  caught one step above
    record = {**given, **_named(cast("Mapping[str, object]", scope))}
    filters = _filters(record)
    return SummaryRow(
        row_id,
        SummaryRequest(
            _text(record, "instruction"),
            filters.filing,
            filters.company,
            filters.period,
            _text(record, "section"),
            _text(record, "focus"),
            _length(record),
        ),
    )


def _length(record: Mapping[str, object]) -> int | None:
    text = _text(record, "max_chars")
    if not text:
        return None
    if not text.isdigit() or not int(text):
        raise ValueError("这一行的 max_chars 应是正整数。")
    return int(text)


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
