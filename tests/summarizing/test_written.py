"""Summaries in a model's words: every part read, the notes reduced, the failed sentences mended or dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rag import Answer, Assistant, ModelError, SummaryRequest
from rag.models.chat import Message, Reply
from rag.settings import LlmSettings
from rag.summarizing.summarize import summarize
from rag.summarizing.written import Writer

FILING = "lantu_2024_half_year.txt"
REVENUE = "2024年上半年公司实现营业收入21,488.95万元，同比增长13.49%"
WRONG = "2024年上半年公司实现营业收入99,999.99万元"


@dataclass
class Told:
    """A model that says one sentence of each prompt that shows it, and keeps what it was asked."""

    say: Callable[[str], list[str]]
    name: str = "told"
    asked: list[str] = field(default_factory=list)

    def reply(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        on_token: Callable[[str], None] | None = None,
        timeout_s: float | None = None,
    ) -> Reply:
        prompt = messages[-1].text
        self.asked.append(prompt)
        shown = re.split(r"\n(?=\[e)", prompt)
        holding = [piece for piece in shown if "21,488.95" in piece and piece.startswith("[e")]
        keys = re.findall(r"e\w{3}", holding[0].split("]")[0]) if holding else []
        claims = [{"number": n, "text": text, "evidence": keys} for n, text in enumerate(self.say(prompt), 1)]
        return Reply(json.dumps({"claims": claims if keys else []}, ensure_ascii=False), {"total": 7})


def written(assistant: Assistant, model: Told, tokens: int = 6000, **fields: object) -> Answer:
    request = SummaryRequest(filing=FILING, **fields)  # type: ignore[arg-type]
    return summarize(
        assistant._desk, request, 500, lambda: Writer(model, LlmSettings(evidence_tokens=tokens), 300)
    )


def test_the_models_sentences_are_cited_and_checked(assistant: Assistant) -> None:
    answer = written(assistant, Told(lambda _: [REVENUE]))
    assert (answer.answer, answer.answerer) == (f"{REVENUE}[1]。", "model:told")
    assert "21,488.95" in answer.citations[0].quote


def test_every_part_is_read_before_the_summary_is_written(assistant: Assistant) -> None:
    model = Told(lambda _: [REVENUE])
    written(assistant, model, tokens=2000)
    assert [("篇幅：" in prompt) for prompt in model.asked] == [False] * (len(model.asked) - 1) + [True]
    assert len(model.asked) > 3


def test_the_summary_is_written_from_the_notes(assistant: Assistant) -> None:
    model = Told(lambda _: [REVENUE])
    written(assistant, model, tokens=2000)
    assert REVENUE in model.asked[-1]
    assert "第一节" not in model.asked[-1].split("【材料】")[1]


def test_a_short_section_needs_no_notes(assistant: Assistant) -> None:
    model = Told(lambda _: [REVENUE])
    written(assistant, model, tokens=30_000, section="经营情况的讨论与分析")
    assert len(model.asked) == 1


def test_a_sentence_that_fails_may_be_mended_once(assistant: Assistant) -> None:
    model = Told(lambda prompt: [REVENUE] if "没有通过核对" in prompt else [WRONG])
    assert written(assistant, model, section="经营情况的讨论与分析").answer == f"{REVENUE}[1]。"


def test_what_stays_wrong_is_never_said(assistant: Assistant) -> None:
    answer = written(assistant, Told(lambda _: [WRONG]), section="经营情况的讨论与分析")
    assert "99,999.99" not in answer.answer
    assert answer.answerer == "extractive"
    assert answer.warnings[0] == "模型写的摘要没有通过核对，未予采用。已改用摘录式概括。"


def test_sentences_beyond_the_length_are_left_out(assistant: Assistant) -> None:
    model = Told(
        lambda _: [REVENUE, REVENUE + "，" + "归属于上市公司股东的净利润亏损收窄" * 0 + "较上年同期增长"]
    )
    answer = written(assistant, model, section="经营情况的讨论与分析", max_chars=40)
    assert len(re.sub(r"\[\d+\]", "", answer.answer)) <= 40


def test_a_model_that_fails_leaves_the_filings_own_words(assistant: Assistant) -> None:
    def fails() -> Writer:
        raise ModelError("模型连不上。")

    answer = summarize(assistant._desk, SummaryRequest(filing=FILING), 500, fails)
    assert (answer.answerer, answer.warnings[0]) == ("extractive", "模型连不上。已改用摘录式概括。")


def test_tokens_and_prompts_are_recorded(assistant: Assistant) -> None:
    answer = written(assistant, Told(lambda _: [REVENUE]), section="经营情况的讨论与分析")
    assert (answer.usage, len(answer.prompt_hash or "")) == ({"total": 7}, 12)


def test_a_filing_of_which_nothing_is_noted_falls_back(assistant: Assistant) -> None:
    answer = written(assistant, Told(lambda _: []), tokens=2000)
    assert answer.warnings[0].startswith("模型没有从公告中记下任何要点。")
