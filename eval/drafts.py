"""Drafts of gold questions: lines that a person reads, mends and accepts before anything is measured by them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.gold import question_of, read_gold
from rag import UserError

Record = dict[str, object]
# What a draft says beside the fields of gold; a set with these left in is refused by the gold reader.
NOTES = ("draft", "trap", "of", "beside", "note")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting: the ids that are gold now, and how many drafts are left."""

    ids: tuple[str, ...]
    left: int


def write_drafts(path: Path, records: Iterable[Mapping[str, object]]) -> int:
    """How many drafts were added to the file; those whose id is there already are left out."""
    known = {str(record.get("id")) for _, record in _read(path)} if path.is_file() else set()
    new = [{"draft": True, **record} for record in records if record["id"] not in known]
    _append(path, new)
    return len(new)


def accept(drafts: Path, gold: Path, ids: Collection[str] = ()) -> Accepted:
    """Moves drafts into a gold file: those of these ids, and those that a person has set to `"draft": false`.

    All or nothing.  UserError with file and line where one is no complete question, or its id is in the gold
    already.
    """
    taken: list[Record] = []
    left: list[Record] = []
    for place, record in _read(drafts):
        chosen = record.get("draft") is False or str(record.get("id")) in ids
        if not chosen:
            left.append(record)
            continue
        taken.append({key: value for key, value in record.items() if key not in NOTES})
        question_of(dict(taken[-1]), place)
    _refuse_known(taken, gold, set(ids))
    if taken:
        _append(gold, taken)
        _put(drafts, left)
    return Accepted(tuple(str(record["id"]) for record in taken), len(left))


def _refuse_known(taken: list[Record], gold: Path, wanted: set[str]) -> None:
    ids = [str(record["id"]) for record in taken]
    if absent := sorted(wanted - set(ids)):
        raise UserError(f"草稿里没有编号 {'、'.join(absent)}。请核对 --accept 的编号。")
    known = {question.id for question in read_gold(gold).questions} if gold.is_file() else set()
    twice = sorted({one for one in ids if one in known or ids.count(one) > 1})
    if twice:
        raise UserError(
            f"编号 {'、'.join(twice)} 在 {gold.name} 里已经有了，什么也没有改动。请改草稿的编号。"
        )


def _read(path: Path) -> list[tuple[str, Record]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不到草稿 {path}（{error}）。请检查路径，并存为 UTF-8。") from error
    return [_record(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, place: str) -> tuple[str, Record]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UserError(f"{place}：这一行不是完整的 JSON（{error}）。请改正后再试。") from error
    if not isinstance(record, dict):
        raise UserError(f"{place}：这一行应是一个 JSON 对象。请改正后再试。")
    return place, record


def _append(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    _write(path, text + ("\n" if text and not text.endswith("\n") else "") + _lines(records))


def _put(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    _write(path, _lines(records))


def _write(path: Path, text: str) -> None:
    """The file whole or as it was, never a half."""
    half = path.with_name(path.name + ".part")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError as error:
        raise UserError(f"写不了 {path}（{error.strerror}）。请检查路径和权限。") from error


def _lines(records: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
