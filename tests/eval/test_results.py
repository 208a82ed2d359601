"""Runs are written once, read back the same, and refused with a message where they cannot be read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.results import (
    ANSWERS,
    RUN,
    Result,
    RunCard,
    add_result,
    drop_torn_line,
    find_runs,
    new_run,
    read_run,
)
from rag import UserError

CARD = RunCard("甲", "2026-01-02T03:04:05Z", "abc", False, "end_to_end", 1, {}, (), ())
RESULT = Result("q-1", "samples", "number", {"answer": "一\u2028二"}, scores={"correct": 1.0})


def test_a_run_is_read_back_as_written(tmp_path: Path) -> None:
    folder = new_run(CARD, tmp_path)
    add_result(folder, RESULT)
    run = read_run(folder)
    assert (run.card, run.results) == (CARD, (RESULT,))


def test_a_second_run_of_the_same_name_and_second_overwrites_nothing(tmp_path: Path) -> None:
    folder = new_run(CARD, tmp_path)
    with pytest.raises(UserError, match="已经存在"):
        new_run(replace(CARD, commit="other"), tmp_path)
    assert read_run(folder).card.commit == "abc"


def test_the_later_result_of_a_question_counts(tmp_path: Path) -> None:
    folder = new_run(CARD, tmp_path)
    add_result(folder, replace(RESULT, answer=None, error="model: 超时"))
    add_result(folder, RESULT)
    assert read_run(folder).results == (RESULT,)


def test_half_a_line_is_told_and_can_be_dropped(tmp_path: Path) -> None:
    folder = new_run(CARD, tmp_path)
    add_result(folder, RESULT)
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        file.write('{"id": "q-2", "se')
    with pytest.raises(UserError, match=r"answers\.jsonl:2"):
        read_run(folder)
    drop_torn_line(folder)
    assert read_run(folder).results == (RESULT,)


def test_results_of_another_schema_are_refused(tmp_path: Path) -> None:
    folder = new_run(CARD, tmp_path)
    record = json.loads((folder / RUN).read_text(encoding="utf-8"))
    (folder / RUN).write_text(json.dumps({**record, "schema": 99}), encoding="utf-8")
    with pytest.raises(UserError, match=r"run\.json:1 的结果格式版本是 99"):
        read_run(folder)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可读的"):
        read_run(tmp_path)


def test_runs_are_found_oldest_first(tmp_path: Path) -> None:
    later = new_run(replace(CARD, started="2026-02-01T00:00:00Z"), tmp_path)
    earlier = new_run(CARD, tmp_path)
    assert find_runs(tmp_path) == [earlier, later]
