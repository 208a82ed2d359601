"""A set is asked only of the very filings that its evidence names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from eval import sets
from eval.gold import GoldSet
from eval.sets import own_sets, shelf_of, with_filings
from rag import UserError
from tests.eval.makers import FILE, QUOTE, a_question


def _set(document: str, file: str = FILE) -> GoldSet:
    question = a_question(evidence=[{"document": document, "file": file, "quote": QUOTE}])
    return GoldSet("甲", Path("甲.jsonl"), "x", (question,))


def _filing(folder: Path) -> Path:
    path = folder / FILE
    path.write_text(QUOTE, encoding="utf-8")
    return path


def test_the_right_filing_is_taken(tmp_path: Path) -> None:
    path = _filing(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert with_filings(_set(digest), [tmp_path]).shelf.files == {FILE: (path, digest)}


def test_a_filing_of_another_hash_is_told_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"甲\.jsonl:1：公告 甲公司\.txt 与题目写明的不是同一份"):
        with_filings(_set("0" * 64), [_filing(tmp_path)])


def test_a_missing_filing_is_told_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"甲\.jsonl:1：题目用到的公告 乙公司\.txt 不在"):
        with_filings(_set("", "乙公司.txt"), [_filing(tmp_path)])


def test_two_filings_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(UserError, match="两份公告都叫"):
        shelf_of([_filing(tmp_path), _filing(tmp_path / "a")])


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(UserError, match="没有名为 riddles 的题集"):
        own_sets(["riddles"])


def test_a_set_whose_filings_are_away_is_skipped_unless_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "declared", lambda: {"samples": [tmp_path / "none.txt"]})
    asked, left_out = own_sets([])
    assert (asked, len(left_out)) == ([], 1)
    with pytest.raises(UserError, match=r"samples\.jsonl:1"):
        own_sets(["samples"])
