"""The check finds what would make gold unbelievable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.check import house_faults, question_faults, twins
from eval.leaks import leaks
from tests.eval.makers import FILE, FILING, QUOTE, Sheets, a_question


def _faults(**fields: Any) -> str:
    question = a_question(**fields)
    return " ".join([*question_faults(question, Sheets(), {}), *house_faults(question)])


def _quoting(quote: str, page: int = 7) -> dict[str, Any]:
    return {"evidence": [{"document": FILING, "file": FILE, "page": page, "quote": quote}]}


def test_a_good_question_has_no_fault() -> None:
    assert _faults() == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (_quoting(QUOTE, 8), "引文不在"),
        (_quoting("营业收入 9,999.99"), "引文不在"),
        (_quoting("字" * 61), "超过 60 字"),
        ({"values": [{"value": "77.7", "unit": "万元"}]}, "不在引文里"),
        ({"values": []}, "无从评判"),
        ({"evidence": [], "values": [], "must_include": [["一"]]}, "要有 evidence"),
        ({"kind": "unanswerable"}, "不一致"),
        ({"kind": "unanswerable", "unanswerable": True, "values": []}, "要写 reason"),
        ({"kind": "followup"}, "要有 history"),
    ],
)
def test_a_fault_is_found(fields: dict[str, Any], words: str) -> None:
    assert words in _faults(**fields)


def test_a_value_reckoned_from_quotes_needs_no_print() -> None:
    assert _faults(kind="calc", values=[{"value": "23.46", "unit": "%"}]) == ""
    assert _faults(derivation="1234.56÷1000−1", values=[{"value": "23.46", "unit": "%"}]) == ""


def test_a_question_asked_twice_is_found() -> None:
    assert len(twins([a_question(), a_question(id="q-2", question="甲公司24年上半年 营收多少？")])) == 1


def test_a_question_in_a_prompt_is_a_leak(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "answer.md").write_text("例如：甲公司24年上半年\n营收多少？", encoding="utf-8")
    assert leaks([a_question()], tmp_path) == ["甲.jsonl:1：问题泄漏到 prompts/answer.md。"]
