from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import rag
from tests.interfaces.conftest import Run, Xunju

Said = str


@pytest.fixture
def chat(xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    def talk(*lines: Said) -> Run:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        return xunju("chat", "--index", built)

    return talk


def test_a_follow_up_keeps_the_company(chat: Xunju) -> None:
    run = chat("澜图工软2024年上半年营业收入是多少？", "那净利润呢", ":quit")
    assert (run.code, run.out.count("[1] 澜图工软")) == (0, 2)


def test_a_citation_opens_on_its_page(chat: Xunju) -> None:
    out = chat("澜图工软2024年上半年营业收入是多少？", ":open 1").out
    assert "—— lantu_2024_half_year.txt 第6页 ——" in out
    assert "归属于上市公司股东的净利润" in out


@pytest.mark.parametrize("number", ["9", "", "x"])
def test_an_unknown_citation_is_told(chat: Xunju, number: str) -> None:
    assert "上一个回答没有引用。" in chat(f":open {number}").out


def test_a_new_topic_forgets_what_was_said(chat: Xunju, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []

    def heard(_: object, question: str, *, history: Sequence[rag.Turn], **__: object) -> rag.Answer:
        turns.append(len(history))
        return rag.Answer(question, "答。")

    monkeypatch.setattr(rag.Assistant, "answer", heard)
    chat("一", "二", ":new", "三")
    assert turns == [0, 1, 0]


def test_an_error_does_not_end_the_conversation(chat: Xunju) -> None:
    run = chat("问" * 3000, "澜图工软2024年上半年营业收入是多少？")
    assert (run.code, "超过上限" in run.err, "214,889,491.45" in run.out) == (0, True, True)


def test_doctor_is_content_with_a_whole_installation(xunju: Xunju, built: Path) -> None:
    run = xunju("doctor", "--index", built)
    assert run.code == 0
    assert "2 份公告" in run.out


def test_doctor_takes_a_missing_index_as_a_hint(xunju: Xunju) -> None:
    told = json.loads(xunju("doctor", "--json", "--index", "none").out)
    index = next(check for check in told["checks"] if check["name"] == "索引")
    assert (told["ok"], index["state"], "xunju ingest" in index["found"]) == (True, "hint", True)


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
