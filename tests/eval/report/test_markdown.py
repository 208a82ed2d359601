"""The markdown report says what the page says, and nothing in it becomes markup by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.report.content import content_of
from eval.report.markdown import markdown, plain, table
from tests.eval.builders import a_gold_file, a_question, a_run, an_answer, right, wrong


def test_it_tells_measures_faults_and_questions(tmp_path: Path) -> None:
    gold = a_gold_file(tmp_path, [a_question("q1"), a_question("q2")])
    text = markdown(content_of(a_run(tmp_path / "results", gold, [right("q1"), wrong("q2")]), [gold]))
    for told in ("| 回答正确率 | 2 | 50.0% |", "| 取数：", "**对**", "**错**，错在取数", "第 7 页（已引用）"):
        assert told in text


@pytest.mark.parametrize("sign", list("\\`*_[]<>|#"))
def test_signs_of_markup_are_escaped(sign: str) -> None:
    assert plain(f"a{sign}b\nc") == f"a\\{sign}b c"


def test_a_cell_cannot_break_its_table() -> None:
    lines = list(table(["甲", "乙"], [["a|b", "1\n2"]]))
    assert lines == ["| 甲 | 乙 |", "|:--|--:|", "| a\\|b | 1 2 |"]


def test_an_answer_cannot_open_a_heading_or_link(tmp_path: Path) -> None:
    gold = a_gold_file(tmp_path, [a_question("q1")])
    nasty = wrong("q1", an_answer("\n# 标题\n[点我](javascript:alert(1))<script>"))
    text = markdown(content_of(a_run(tmp_path / "results", gold, [nasty]), [gold]))
    assert "\n# 标题" not in text
    assert re.search(r"(?<!\\)\]\(", text) is None
    assert re.search(r"(?<!\\)<", text) is None
