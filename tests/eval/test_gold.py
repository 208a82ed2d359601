"""Gold is read whole or refused with file and line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.gold import read_gold
from eval.places import GOLD
from rag import UserError

GOOD = {"id": "a", "question": "营收多少", "kind": "number", "values": [{"value": "1,234.5", "unit": "万元"}]}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_separators_in_values_are_read(tmp_path: Path) -> None:
    assert read_gold(_file(tmp_path, GOOD)).questions[0].values[0].value == Decimal("1234.5")


def test_a_scope_is_known_by_its_chinese_and_english_word(tmp_path: Path) -> None:
    gold = read_gold(_file(tmp_path, {**GOOD, "scope": "母公司"}, {**GOOD, "id": "b", "scope": "parent"}))
    assert [q.scope for q in gold.questions] == ["parent", "parent"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({**GOOD, "id": "b", "colour": 1}, "不认识的字段 colour"),
        ({"id": "b", "kind": "number"}, "缺少字段 question"),
        ({**GOOD, "id": "b", "kind": "riddle"}, "字段 kind"),
        ({**GOOD, "id": "b", "scope": "集团"}, "不认识的口径"),
        ({**GOOD, "id": "b", "schema": 2}, "格式版本是 2"),
        ({**GOOD, "id": "b", "evidence": [{"file": "x", "quote": "y", "line": 3}]}, "evidence"),
        (GOOD, "重复"),
        ('{"id": "b", "question"', "不是完整的 JSON"),
        ('["b"]', "应是一个 JSON 对象"),
    ],
)
def test_a_bad_line_is_told_with_file_and_line(tmp_path: Path, line: object, words: str) -> None:
    with pytest.raises(UserError, match=r"set\.jsonl:2") as told:
        read_gold(_file(tmp_path, GOOD, line))
    assert words in str(told.value)


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是空的"):
        read_gold(_file(tmp_path, "", " "))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不到题集"):
        read_gold(tmp_path / "none.jsonl")


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_projects_own_gold_can_be_read(path: Path) -> None:
    assert read_gold(path).questions
