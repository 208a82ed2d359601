"""The sample questions answered through the public names, over an index of the sample filings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag import Answer, Assistant, Filters, Turn, sample_folder
from tests.sample_index import sample_assistant

QUESTIONS = sample_folder().parent / "questions.jsonl"
LANTU, BONING = "lantu_2024_half_year.txt", "boning_2024_half_year.pdf"
# For each question: words the answer holds, and one place (file, page) among its citations.
RIGHT: dict[str, tuple[tuple[str, ...], tuple[str, int]]] = {
    "s01": (("214,889,491.45元", "13.49%"), (LANTU, 6)),
    "s02": (("90,009,304.04元", "80,263,408.50元"), (BONING, 6)),
    "s03": (("48.87", "14.72"), (BONING, 14)),
    "s04": (("57.88%",), (BONING, 6)),
    "s05": (("销售回款减少", "备货导致存货增加"), (BONING, 9)),
    "s06": (("优化区域组织架构支付的补偿金", "境外子公司筹建"), (LANTU, 15)),
    "s07": (("PLM",), (LANTU, 11)),
    "s08": (("无重大诉讼、仲裁事项",), (LANTU, 21)),
    "s09": (("908,000股", "15,062,735.18元"), ("lantu_2024_evaluation.txt", 3)),
    "s10": (("167,162,752.15元",), (LANTU, 30)),
    "s11": (("进入注册临床试验阶段",), (BONING, 8)),
}
OPEN = {
    "s07": "the sentence before the list is said, the table's project names are not",
}

Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with sample_assistant(tmp_path_factory.mktemp("samples") / "index") as opened:
        yield opened


def asked(question_id: str) -> str:
    rows = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return next(str(row["question"]) for row in rows if row["id"] == question_id)


def cases() -> list[object]:
    return [
        pytest.param(key, marks=pytest.mark.xfail(reason=OPEN[key], strict=False) if key in OPEN else ())
        for key in RIGHT
    ]


@pytest.mark.parametrize("question_id", cases())
def test_a_sample_question_is_answered_right(assistant: Assistant, question_id: str) -> None:
    words, place = RIGHT[question_id]
    answer = assistant.answer(asked(question_id))
    assert [word for word in words if word not in answer.answer] == []
    assert place in [(c.source.source, c.source.page) for c in answer.citations]


def test_names_that_no_filing_gives_are_not_made_up(assistant: Assistant) -> None:
    answer = assistant.answer(asked("s12"))
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_disclosed"


@pytest.mark.parametrize("question_id", [*RIGHT, "s12"])
def test_every_quote_stands_on_its_page(assistant: Assistant, question_id: str) -> None:
    for citation in assistant.answer(asked(question_id)).citations:
        page = assistant.page(citation.source.filing_id, citation.source.page or 0)
        assert page.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question_id", [*RIGHT, "s12"])
def test_every_marker_has_its_citation(assistant: Assistant, question_id: str) -> None:
    answer = assistant.answer(asked(question_id))
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    beside = {alternative.marker for alternative in answer.alternatives}
    assert all(f"[{c.marker}]" in answer.answer or c.marker in beside for c in answer.citations)


def test_a_ratio_comes_with_its_operands(assistant: Assistant) -> None:
    answer = assistant.answer(asked("s04"))
    assert answer.calculation is not None
    assert [str(figure.value) for figure in answer.calculation.operands] == ["463190513.06", "195096335.14"]


def test_a_reason_is_that_of_the_row_asked_for(assistant: Assistant) -> None:
    assert "4K荧光内窥镜" not in assistant.answer(asked("s05")).answer


def test_one_issuer_is_not_compared_with_itself(assistant: Assistant) -> None:
    assert "珀宁医疗比珀宁医疗" not in assistant.answer(asked("s05")).answer


def test_the_parent_is_not_taken_for_the_group(assistant: Assistant) -> None:
    assert "277,977,100.11元" in assistant.answer("澜图工软2024年6月末的货币资金是多少？").answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("今天天气怎么样？", "out_of_scope"),
        ("600123.SH的营业收入是多少？", "not_found"),
        ("墨白股份2024年上半年的营业收入是多少？", "not_found"),
        ("澜图工软2019年的营业收入是多少？", "not_found"),
        ("2024年上半年营业收入是多少？", "ambiguous"),
        ("澜图工软有没有火星采矿业务的收入？", "not_disclosed"),
    ],
)
def test_a_refusal_gives_its_reason(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.answer(question)
    assert answer.refusal is not None, answer.answer
    assert (answer.refusal.reason, answer.citations) == (reason, ())


def test_a_refusal_shows_what_comes_nearest(assistant: Assistant) -> None:
    answer = assistant.answer("澜图工软有没有火星采矿业务的收入？")
    assert len(answer.nearest) > 0


def test_a_follow_up_is_answered_for_the_company_before(assistant: Assistant) -> None:
    before = Turn(asked("s01"), assistant.answer(asked("s01")).answer)
    assert "463,190,513.06元" in assistant.answer("那珀宁医疗呢？", history=(before,)).answer


def test_a_company_filter_decides_whom_is_meant(assistant: Assistant) -> None:
    answer = assistant.answer("2024年上半年营业收入是多少？", filters=Filters(company="301988"))
    assert "463,190,513.06元" in answer.answer


def test_a_search_finds_the_passage_that_says_it(assistant: Assistant) -> None:
    hits = assistant.search("澜图工软回购股份支付的资金总额", top_k=5)
    assert any("15,062,735.18" in hit.text for hit in hits)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]


def test_the_same_files_again_are_skipped(assistant: Assistant) -> None:
    assert [done.outcome for done in assistant.ingest([sample_folder()])] == ["skipped"] * 4


def test_what_is_said_aloud_is_what_is_answered(assistant: Assistant) -> None:
    heard: list[str] = []
    answer = assistant.answer(asked("s01"), say=heard.append)
    assert heard
    assert heard[0].rstrip("。") in answer.answer


def test_the_folder_of_samples_is_where_the_questions_are() -> None:
    assert isinstance(QUESTIONS, Path)
    assert QUESTIONS.is_file()


@pytest.mark.parametrize(
    "question",
    ["珀宁医疗2024年第二季度营业收入是多少？", "珀宁医疗库存股是多少？", "澜图工软有没有火星采矿业务？"],
)
def test_a_figure_beside_the_one_asked_for_is_not_told(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.refusal is not None, answer.answer
    assert answer.refusal.reason == "not_disclosed"


def test_the_parents_revenue_is_not_the_groups(assistant: Assistant) -> None:
    assert "146,206,724.33元" in assistant.answer("澜图工软母公司上半年营业收入").answer
