"""Words of filings kept as data: units, line items, formulas, synonyms, sections, kinds.

Each `.toml` file says its format at its top, in Chinese, so that an analyst can extend it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.errors import UserError

_FOLDER = Path(__file__).parent

Entry = Mapping[str, object]


@cache
def entries(file: str, table: str) -> tuple[Entry, ...]:
    """Every `[[table]]` entry of one vocabulary file, in its order.

    UserError when the file is no valid TOML or an entry is no table.
    """
    try:
        content = tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise UserError(f"词表 {file} 无法读取：{cause}；请按文件开头说明的格式改正。") from cause
    found = content.get(table, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UserError(f"词表 {file} 中的 {table} 应写成若干 [[{table}]] 条目；请按文件开头说明的格式改正。")
    return tuple(found)


def text_of(entry: Entry, field: str, file: str, default: str | None = None) -> str:
    """One text field of an entry; UserError when it is missing without a default, or no text."""
    value = entry.get(field, default)
    if not isinstance(value, str):
        named = entry.get("name") or entry.get("key") or "某一条"
        raise UserError(f"词表 {file} 的“{named}”缺少 {field} 或它不是文字；请按文件开头说明的格式补上。")
    return value


def texts_of(entry: Entry, field: str, file: str) -> tuple[str, ...]:
    """The texts of a field that separates them with `|`; empty where the field is missing."""
    return tuple(part.strip() for part in text_of(entry, field, file, "").split("|") if part.strip())


def flag_of(entry: Entry, field: str, default: bool) -> bool:
    """One yes-or-no field of an entry."""
    return bool(entry.get(field, default))
