"""`xunju eval` hands over to the harness, and what the user must mend ends with 1 and a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.interfaces import evaluating
from rag.interfaces.cli import main


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--help"]) == 0
    told = capsys.readouterr().out
    assert [name for name in ("check", "run", "gate") if name not in told] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "riddles"], "没有名为 riddles"),
        (["run", "--mode", "guess"], "不认识的方式"),
        (["run", "--set", "retrieval.topk=3"], "不认识的设置"),
        (["run", "--filings", "."], "--own"),
        (["gate", "--run", "nowhere"], "没有可读的"),
    ],
)
def test_what_the_user_must_mend_ends_with_1(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_an_own_set_with_a_broken_line_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"id": "a"\n', encoding="utf-8")
    (tmp_path / "filing.txt").write_text("公告", encoding="utf-8")
    code = main(
        ["eval", "run", "--own", str(own), "--filings", str(tmp_path), "--results", str(tmp_path / "r")]
    )
    assert (code, (tmp_path / "r").exists()) == (1, False)
    assert "own.jsonl:1" in capsys.readouterr().err


def test_a_command_written_wrongly_ends_with_2() -> None:
    assert main(["eval", "run", "--no-such-option"]) == 2


def test_a_package_without_the_harness_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluating, "_HARNESS", "no_such_harness.command")
    assert main(["eval", "run"]) == 1
    assert "只随源代码提供" in capsys.readouterr().err
