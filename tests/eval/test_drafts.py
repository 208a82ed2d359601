"""Drafts become gold only where a person has said so, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.drafts import accept, write_drafts
from eval.gold import read_gold
from rag import UserError


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    return tmp_path / "drafts.jsonl"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def a_draft(key: str, **changed: object) -> dict[str, object]:
    return {"id": key, "question": f"问{key}", "kind": "text", "answer": "答", "note": "看看", **changed}


def approve(drafts: Path, key: str) -> None:
    lines = [json.loads(line) for line in drafts.read_text(encoding="utf-8").splitlines()]
    changed = [{**line, "draft": line["draft"] and line["id"] != key} for line in lines]
    drafts.write_text("".join(json.dumps(line) + "\n" for line in changed), encoding="utf-8")


def test_drafts_are_marked_and_no_gold_reader_takes_them(drafts: Path) -> None:
    write_drafts(drafts, [a_draft("a")])
    assert json.loads(drafts.read_text(encoding="utf-8"))["draft"] is True
    with pytest.raises(UserError, match="draft"):
        read_gold(drafts)


def test_drafts_are_added_once(drafts: Path) -> None:
    assert write_drafts(drafts, [a_draft("a")]) == 1
    assert write_drafts(drafts, [a_draft("a", answer="新"), a_draft("b")]) == 1
    assert "新" not in drafts.read_text(encoding="utf-8")


def test_what_a_person_approved_moves_and_the_rest_stays(drafts: Path, gold: Path) -> None:
    write_drafts(drafts, [a_draft("a"), a_draft("b")])
    approve(drafts, "b")
    assert accept(drafts, gold).ids == ("b",)
    assert [question.id for question in read_gold(gold).questions] == ["b"]
    assert '"a"' in drafts.read_text(encoding="utf-8")


def test_ids_can_be_accepted_without_editing(drafts: Path, gold: Path) -> None:
    write_drafts(drafts, [a_draft("a"), a_draft("b")])
    done = accept(drafts, gold, ["a"])
    assert (done.ids, done.left) == (("a",), 1)


def test_gold_there_is_kept(drafts: Path, gold: Path) -> None:
    gold.write_text('{"id": "x", "question": "旧问", "kind": "text"}', encoding="utf-8")
    write_drafts(drafts, [a_draft("a")])
    accept(drafts, gold, ["a"])
    assert [question.id for question in read_gold(gold).questions] == ["x", "a"]


@pytest.mark.parametrize(
    ("changed", "ids", "said"),
    [({"kind": "guess"}, ["a"], r"drafts\.jsonl:1"), ({}, ["zzz"], "zzz"), ({"id": "x"}, ["x"], "x")],
)
def test_what_cannot_be_accepted_changes_nothing(
    drafts: Path, gold: Path, changed: dict[str, object], ids: list[str], said: str
) -> None:
    gold.write_text('{"id": "x", "question": "旧问", "kind": "text"}\n', encoding="utf-8")
    write_drafts(drafts, [{**a_draft("a"), **changed}])
    before = drafts.read_text(encoding="utf-8"), gold.read_text(encoding="utf-8")
    with pytest.raises(UserError, match=said):
        accept(drafts, gold, ids)
    assert (drafts.read_text(encoding="utf-8"), gold.read_text(encoding="utf-8")) == before


def test_a_broken_draft_is_named_with_its_line(drafts: Path, gold: Path) -> None:
    drafts.write_text('\n{"id": ', encoding="utf-8")
    with pytest.raises(UserError, match=r"drafts\.jsonl:2"):
        accept(drafts, gold)
