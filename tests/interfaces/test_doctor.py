"""The doctor names what is wrong and what to do; the demonstration shows what there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interfaces.conftest import Xunju


def test_doctor_is_content_with_a_whole_installation(xunju: Xunju, built: Path) -> None:
    run = xunju("doctor", "--index", built)
    assert run.code == 0
    assert "2 份公告" in run.out


def test_doctor_takes_a_missing_index_as_a_hint(xunju: Xunju) -> None:
    told = json.loads(xunju("doctor", "--json", "--index", "none").out)
    index = next(check for check in told["checks"] if check["name"] == "索引")
    assert (told["ok"], index["state"], "xunju ingest" in index["found"]) == (True, "hint", True)


def test_doctor_says_how_to_install_what_is_left_out(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    run = xunju("doctor", "--index", built)
    assert run.code == 0
    assert all(f"'.[{extra}]'" in run.out for extra in ("ocr", "slack", "mcp"))


def test_doctor_names_what_the_user_must_do(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJU_LLM_PROVIDER", "deepseek")
    run = xunju("doctor", "--index", built)
    assert run.code == 1
    assert "✗ 大语言模型：" in run.out


def test_doctor_reports_a_config_that_cannot_be_read(xunju: Xunju) -> None:
    Path("bad.toml").write_text("[indx]\n", encoding="utf-8")
    run = xunju("doctor", "--config", "bad.toml")
    assert (run.code, "✗ 配置" in run.out) == (1, True)


def test_the_demonstration_answers_with_citations_and_says_what_next(xunju: Xunju) -> None:
    run = xunju("demo")
    assert run.code == 0
    assert run.out.count("\n问：") >= 10
    assert run.out.count("[1] ") >= 8
    assert "接着可以试：" in run.out
    assert list(Path().iterdir()) == []
