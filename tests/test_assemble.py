from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Assistant, Settings, open_assistant
from rag.assemble import rebuild_index
from rag.errors import ModelError, StoreError, UserError
from rag.ingest import pipeline
from rag.reading.read import read_file

REPORT = """公司代码：{code} 公司简称：{short}
{name}
2024 年半年度报告
第二节 主要财务指标
一、主要会计数据
单位：元 币种：人民币
项目 本期发生额 上期发生额
营业收入 {revenue} 400,000,000.00
"""
QINGHENG = REPORT.format(
    code="688999", short="青珩科技", name="青珩科技股份有限公司", revenue="412,345,678.90"
)
BAIYAN = REPORT.format(
    code="688998", short="白砚医疗", name="白砚医疗器械股份有限公司", revenue="98,765,432.10"
)


def settings_for(folder: Path) -> Settings:
    own = Settings()
    return own.model_copy(update={"index": own.index.model_copy(update={"path": folder})})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "index")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two filings, made once."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "qingheng.txt").write_text(QINGHENG, encoding="utf-8")
    (folder / "baiyan.txt").write_text(BAIYAN, encoding="utf-8")
    opened = open_assistant(settings_for(folder / "index"), create=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "read_guarded", read_file)
        list(opened.ingest([folder / "qingheng.txt", folder / "baiyan.txt"]))
    opened.close()
    return folder / "index"


@pytest.fixture(scope="module")
def assistant(built: Path) -> Iterator[Assistant]:
    """An assistant that tests only ask."""
    opened = open_assistant(settings_for(built))
    yield opened
    opened.close()


@pytest.fixture
def own(built: Path, settings: Settings) -> Iterator[Assistant]:
    """An assistant over a copy, to be changed at will."""
    shutil.copytree(built, settings.index.path)
    opened = open_assistant(settings)
    yield opened
    opened.close()


def test_without_an_index_the_user_is_told_what_to_do(settings: Settings) -> None:
    with pytest.raises((StoreError, UserError), match="xunju ingest"):
        open_assistant(settings)


def test_an_empty_index_refuses_with_what_to_do(settings: Settings) -> None:
    opened = open_assistant(settings, create=True)
    answer = opened.answer("营业收入是多少？")
    opened.close()
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_found"


def test_a_long_question_is_refused_with_the_key_to_change(assistant: Assistant) -> None:
    with pytest.raises(UserError, match=r"\[limits\] question_chars"):
        assistant.answer("问" * (assistant.settings.limits.question_chars + 1))


@pytest.mark.parametrize("wanted", ["qingheng.txt", "qingheng"])
def test_a_filing_is_found_by_its_file_name(assistant: Assistant, wanted: str) -> None:
    assert assistant.filing(wanted).issuer.short_name == "青珩科技"


def test_a_filing_is_found_by_the_start_of_its_id(assistant: Assistant) -> None:
    filing = assistant.filings()[0]
    assert assistant.filing(filing.id[:8]) == filing


def test_a_title_of_two_filings_is_refused_with_their_ids(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="请改用编号"):
        assistant.filing("2024年半年度报告")


def test_an_unknown_filing_is_refused_in_words(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="xunju filings list"):
        assistant.filing("nowhere.pdf")


def test_a_page_that_is_not_there_is_refused_in_words(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="第 99 页"):
        assistant.page(assistant.filings()[0].id, 99)


def test_a_removed_filing_answers_no_more(own: Assistant) -> None:
    own.remove(own.filing("qingheng.txt").id)
    answer = own.answer("青珩科技2024年上半年营业收入是多少？")
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_found"


def test_the_generation_moves_with_what_is_loaded(own: Assistant) -> None:
    before = own.generation
    own.remove(own.filing("qingheng.txt").id)
    assert own.generation != before


def test_a_sound_index_has_nothing_wrong(assistant: Assistant) -> None:
    assert assistant.verify() == []


def test_a_rebuilt_index_answers_the_same(own: Assistant, settings: Settings) -> None:
    question = "青珩科技2024年上半年营业收入是多少？"
    before = own.answer(question).answer
    own.close()
    rebuild_index(settings)
    again = open_assistant(settings)
    assert again.answer(question).answer == before
    again.close()


def test_an_outline_is_in_reading_order(assistant: Assistant) -> None:
    texts = [heading.text for heading in assistant.outline(assistant.filing("qingheng.txt").id)]
    assert texts == ["第二节主要财务指标", "一、主要会计数据"]


def test_several_companies_that_fit_are_told_apart(assistant: Assistant) -> None:
    answer = assistant.answer("2024年上半年营业收入是多少？")
    assert answer.refusal is not None
    assert answer.refusal.options == ("青珩科技", "白砚医疗")


def test_a_model_that_cannot_be_opened_is_told_and_done_without(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(settings: Settings) -> object:
        raise ModelError("没有设置密钥。")

    llm = assistant.settings.llm.model_copy(update={"provider": "deepseek"})
    monkeypatch.setattr(assistant, "_settings", assistant.settings.model_copy(update={"llm": llm}))
    monkeypatch.setattr("rag.models.chat.open_chat", fails)
    answer = assistant.answer("青珩科技2024年上半年营业收入是多少？")
    assert answer.answerer == "extractive"
    assert "412,345,678.90元" in answer.answer
    assert any("没有设置密钥" in warning for warning in answer.warnings)


def test_a_recorded_answer_can_be_judged_as_it_was_shown(own: Assistant) -> None:
    answer = own.answer("青珩科技2024年上半年营业收入是多少？")
    turn = own.conversations.record(answer, "terminal:me")
    own.give_feedback(own.conversations.turn(turn.id, "terminal:me"), "good")
    assert answer.answer in own.feedback()[0].answer


def test_a_key_is_taken_once(own: Assistant) -> None:
    assert [own.take_once("Ev1"), own.take_once("Ev1")] == [True, False]
