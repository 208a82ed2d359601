"""A conversation in the terminal goes on over errors, is kept, and is taken up again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

import rag
from rag.interfaces import chat as chat_module
from tests.interfaces.conftest import Run, Xunju

QUESTION = "澜图工软2024年上半年营业收入是多少？"


@pytest.fixture
def talk(xunju: Xunju, own_index: Path, monkeypatch: pytest.MonkeyPatch) -> Xunju:
    """Types these lines into `xunju chat`; each call is a new run over the same index."""

    def type_in(*lines: str, options: Sequence[str] = ()) -> Run:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        return xunju("chat", "--index", own_index, *options)

    return type_in


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The earlier questions that each question was asked with; nothing is looked up."""
    turns: list[list[str]] = []

    def answer(_: object, question: str, *, history: Sequence[rag.Turn], **__: object) -> rag.Answer:
        turns.append([turn.question for turn in history])
        return rag.Answer(question, "答。")

    monkeypatch.setattr(rag.Assistant, "answer", answer)
    return turns


def test_a_follow_up_keeps_the_company(talk: Xunju) -> None:
    run = talk(QUESTION, "那净利润呢", ":quit")
    assert (run.code, run.out.count("[1] 澜图工软")) == (0, 2)


def test_a_citation_opens_on_its_page(talk: Xunju) -> None:
    out = talk(QUESTION, ":open 1").out
    assert "—— lantu_2024_half_year.txt 第6页 ——" in out
    assert "归属于上市公司股东的净利润" in out


@pytest.mark.parametrize("number", ["9", "", "x"])
def test_a_citation_of_no_answer_is_told(talk: Xunju, number: str) -> None:
    assert "上一个回答没有引用。" in talk(f":open {number}").err


def test_an_unknown_citation_is_told_with_those_there_are(talk: Xunju) -> None:
    assert "上一个回答的引用有：1、2。" in talk(QUESTION, ":open 9").err


def test_a_new_topic_forgets_what_was_said(talk: Xunju, heard: list[list[str]]) -> None:
    talk("一", "二", ":new", "三")
    assert heard == [[], ["一"], []]


def test_a_conversation_is_kept_as_a_file(talk: Xunju) -> None:
    run = talk(QUESTION, "那扣非呢", ":export 对话.md")
    said = Path("对话.md").read_text(encoding="utf-8")
    assert ("已存到 对话.md" in run.err, f"## 1. {QUESTION}" in said, "## 2. 那扣非呢" in said) == (True,) * 3


def test_nothing_said_is_nothing_to_keep(talk: Xunju) -> None:
    assert "还没有可以存的对话" in talk(":export 对话.md").err


def test_an_error_does_not_end_the_conversation(talk: Xunju) -> None:
    run = talk("问" * 3000, QUESTION)
    assert (run.code, "超过上限" in run.err, "214,889,491.45" in run.out) == (0, True, True)


def test_an_unknown_command_is_told_with_those_there_are(talk: Xunju) -> None:
    err = talk(":opne 1").err
    assert "没有命令 :opne" in err
    assert ":open" in err


def test_help_names_every_command(talk: Xunju) -> None:
    out = talk("：help").out
    assert all(
        name in out for name in (":open", ":export", ":new", ":history", ":resume", ":forget", ":quit")
    )


def test_a_conversation_goes_on_in_the_next_run(talk: Xunju, heard: list[list[str]]) -> None:
    talk("一", "二")
    run = talk("三", options=["--resume"])
    assert heard[-1] == ["一", "二"]
    assert "共 2 问" in run.out
    assert talk(":history").out.count(" 问") == 1


def test_a_citation_of_a_resumed_answer_opens(talk: Xunju) -> None:
    talk(QUESTION)
    assert "—— lantu_2024_half_year.txt 第6页 ——" in talk(":resume", ":open 1").out


def test_a_resumed_citation_of_a_removed_filing_shows_its_quote_and_says_so(
    talk: Xunju, xunju: Xunju, own_index: Path
) -> None:
    talk(QUESTION)
    xunju("filings", "remove", "lantu_2024_half_year", "--index", own_index)
    out = talk(":resume", ":open 1").out
    assert "已改动或移除" in out
    assert "已从索引中移除" in out
    assert "营业收入 214,889,491.45" in out.rsplit("移除", 1)[1]


def test_earlier_conversations_are_listed_and_chosen_by_number(talk: Xunju, heard: list[list[str]]) -> None:
    talk("甲一", ":new", "乙一")
    out = talk(":history", ":resume 2", "甲二").out
    assert out.index("乙一") < out.index("甲一")
    assert heard[-1] == ["甲一"]


@pytest.mark.parametrize("command", [":resume 7", ":resume x", ":forget 7", ":forget"])
def test_a_conversation_that_is_not_there_is_told(talk: Xunju, command: str) -> None:
    run = talk(command)
    assert (run.code, "对话" in run.err) == (0, True)


def test_a_forgotten_conversation_is_gone(talk: Xunju, heard: list[list[str]]) -> None:
    talk("一", ":new", "二", ":forget 2", ":forget")
    assert "还没有保存的对话" in talk(":history").out
    assert heard == [[], []]


def test_after_forgetting_the_next_question_begins_anew(talk: Xunju, heard: list[list[str]]) -> None:
    talk("一", ":forget", "二")
    assert heard == [[], []]
    assert talk(":history").out.count(" 问") == 1


def test_a_resumed_conversation_is_exported_whole(talk: Xunju, heard: list[list[str]]) -> None:
    talk("一", "二")
    talk(":resume", ":export 对话.md")
    text = Path("对话.md").read_text(encoding="utf-8")
    assert text.index("一") < text.index("二")


def test_another_user_sees_nothing_of_it(
    talk: Xunju, heard: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    talk("一")
    monkeypatch.setattr(chat_module.getpass, "getuser", lambda: "somebody")  # type: ignore[attr-defined]
    assert "还没有保存的对话" in talk(":history").out


def test_where_nothing_can_be_kept_one_can_still_ask(
    talk: Xunju, heard: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise rag.StoreError("写不进去。")

    monkeypatch.setattr(rag.Conversations, "record", refuse)
    run = talk("一", "二")
    assert (run.out.count("答。"), run.err.count("没有保存")) == (2, 1)
    assert heard == [[], ["一"]]
