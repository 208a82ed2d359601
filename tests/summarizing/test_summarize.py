"""Summaries of the sample filings: the length kept, each sentence cited, nothing half said."""

from __future__ import annotations

import re

import pytest

from rag import Answer, Assistant, SummaryRequest, UserError
from rag.filings.text import squeeze

HALF_YEAR, EVALUATION = "lantu_2024_half_year.txt", "lantu_2024_evaluation.txt"
_MARKERS = re.compile(r"(?:\[\d+\])+")


def summary(assistant: Assistant, **fields: object) -> Answer:
    return assistant.summarize(SummaryRequest(**fields))  # type: ignore[arg-type]


def plain(answer: Answer) -> str:
    return _MARKERS.sub("", answer.answer)


@pytest.mark.parametrize("filing", [HALF_YEAR, EVALUATION, "boning_2024_half_year.pdf"])
@pytest.mark.parametrize("length", [80, 250, 800])
def test_the_length_is_kept(assistant: Assistant, filing: str, length: int) -> None:
    assert 0 < len(plain(summary(assistant, filing=filing, max_chars=length))) <= length


@pytest.mark.parametrize("filing", [HALF_YEAR, EVALUATION])
def test_every_sentence_carries_its_marker(assistant: Assistant, filing: str) -> None:
    said = summary(assistant, filing=filing).answer
    assert all(_MARKERS.search(sentence) for sentence in re.split(r"(?<=[。；])", said) if sentence)


@pytest.mark.parametrize("filing", [HALF_YEAR, EVALUATION])
def test_every_figure_stands_in_the_filing(assistant: Assistant, filing: str) -> None:
    answer = summary(assistant, filing=filing)
    quotes = squeeze("".join(citation.quote for citation in answer.citations))
    assert all(squeeze(f.text).removesuffix(f.unit).lstrip("-") in quotes for f in answer.figures)


def test_the_key_indicators_come_first(assistant: Assistant) -> None:
    first = plain(summary(assistant, filing=HALF_YEAR)).split("。")[0]
    assert ("澜图工软" in first, "营业收入" in first) == (True, True)


def test_three_sentences_are_three(assistant: Assistant) -> None:
    said = plain(summary(assistant, filing=HALF_YEAR, instruction="三句话，给基金经理看，250字以内"))
    assert said.count("。") == 3


def test_a_section_is_kept_to(assistant: Assistant) -> None:
    answer = summary(assistant, filing=HALF_YEAR, section="风险因素")
    assert {citation.source.section[1] for citation in answer.citations} == {"五、风险因素"}


def test_a_focus_is_kept_to(assistant: Assistant) -> None:
    answer = summary(assistant, filing=HALF_YEAR, focus="研发投入是多少")
    assert all("研发" in c.quote or "研发" in "".join(c.source.section) for c in answer.citations)


def test_what_is_left_out_is_told(assistant: Assistant) -> None:
    (warning,) = summary(assistant, filing=HALF_YEAR).warnings
    assert warning.startswith("未覆盖：第一节释义")


def test_changes_are_told_with_their_reasons(assistant: Assistant) -> None:
    answer = summary(assistant, filing=HALF_YEAR, section="主营业务分析", instruction="列出大幅变动及原因")
    assert re.search(r"管理费用[^。]*同比[^。]*，主要系", plain(answer))


def test_a_section_that_is_not_there_is_told_with_those_that_are(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="没有“元宇宙业务”这样的章节。有的章节是：第一节释义"):
        summary(assistant, filing=HALF_YEAR, section="元宇宙业务")


def test_a_focus_that_nothing_speaks_of_is_refused(assistant: Assistant) -> None:
    answer = summary(assistant, filing=HALF_YEAR, focus="元宇宙地产")
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_disclosed"


def test_a_length_in_which_nothing_can_be_said_is_told(assistant: Assistant) -> None:
    with pytest.raises(UserError, match=r"10 个字写不下一句完整的话；最短的一句有 \d+ 字"):
        summary(assistant, filing=HALF_YEAR, max_chars=10)


def test_an_unknown_filing_is_told(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="没有公告"):
        summary(assistant, filing="没有.txt")


def test_a_name_that_two_filings_bear_is_told_with_their_ids(assistant: Assistant) -> None:
    with pytest.raises(UserError, match="有 2 份公告叫“2024年半年度报告”，请改用编号"):
        summary(assistant, filing="2024年半年度报告")


def test_two_filings_are_told_side_by_side(assistant: Assistant) -> None:
    said = plain(summary(assistant, instruction="对比两家公司2024年半年报，300字"))
    assert ("澜图工软2024年上半年：" in said, "珀宁医疗2024年上半年：" in said) == (True, True)


def test_of_many_filings_one_must_be_named(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.summarizing.scope.MOST_FILINGS", 1)
    answer = summary(assistant)
    assert answer.refusal is not None
    assert (answer.refusal.reason, len(answer.refusal.options)) == ("ambiguous", 4)
