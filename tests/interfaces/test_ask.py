from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag import ModelError
from tests.interfaces.conftest import Xunju

REVENUE = "澜图工软2024年上半年营业收入是多少？"


def test_the_answer_comes_first_with_its_marker(xunju: Xunju, built: Path) -> None:
    first = xunju("ask", REVENUE, "--index", built).out.splitlines()[0]
    assert "214,889,491.45元" in first
    assert "[1]" in first


def test_a_citation_names_company_period_page_and_section(xunju: Xunju, built: Path) -> None:
    lines = xunju("ask", REVENUE, "--index", built).out.splitlines()
    cited = next(line for line in lines if line.startswith("[1] "))
    assert cited.startswith("[1] 澜图工软 · 2024H1 · 第6页 · 第二节")


def test_the_quote_stands_below_its_citation(xunju: Xunju, built: Path) -> None:
    assert "    “营业收入 214,889,491.45 189,348,317.12 13.49”" in xunju("ask", REVENUE, "--index", built).out


def test_an_extractive_answer_says_so_once(xunju: Xunju, built: Path) -> None:
    assert xunju("ask", REVENUE, "--index", built).out.count("（摘录式回答，未用语言模型）") == 1


def test_json_is_one_object(xunju: Xunju, built: Path) -> None:
    answer = json.loads(xunju("ask", REVENUE, "--index", built, "--json").out)
    assert answer["question"] == REVENUE
    assert answer["citations"][0]["page"] == 6


def test_a_refusal_is_done_and_gives_its_reason(xunju: Xunju, built: Path) -> None:
    run = xunju("ask", "澜图工软2021年上半年营业收入是多少？", "--index", built)
    assert run.code == 0
    assert run.out.startswith("未检索到：")


def test_an_unknown_company_in_a_filter_is_told(xunju: Xunju, built: Path) -> None:
    run = xunju("ask", "营业收入", "--company", "无此公司", "--index", built)
    assert run.code == 1
    assert "没有公司“无此公司”的公告" in run.err


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_is_told(xunju: Xunju, built: Path, question: str) -> None:
    run = xunju("ask", question, "--index", built)
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("问题是空的。")


def test_a_missing_index_is_told_and_not_made(xunju: Xunju) -> None:
    run = xunju("ask", REVENUE, "--index", "nowhere")
    assert run.code == 1
    assert "xunju ingest" in run.err
    assert not Path("nowhere").exists()


def test_an_unreachable_model_falls_back_with_a_warning(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJU_LLM_PROVIDER", "openai")
    monkeypatch.setenv("XUNJU_LLM_MODEL", "any")
    monkeypatch.setenv("XUNJU_LLM_BASE_URL", "http://127.0.0.1:9/v1")

    def unreachable(*_: object, **__: object) -> None:
        raise ModelError("连不上模型服务。")

    monkeypatch.setattr("rag.answering.generate.ModelAnswerer.draft", unreachable)
    run = xunju("ask", REVENUE, "--index", built)
    assert run.code == 0
    assert "注意：连不上模型服务。" in run.out


def test_a_configured_model_stays_out_with_no_llm(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJU_LLM_PROVIDER", "deepseek")
    run = xunju("ask", REVENUE, "--index", built, "--no-llm")
    assert (run.code, "注意：" in run.out) == (0, False)


def test_a_model_without_a_key_is_told_beside_the_extracted_answer(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJU_LLM_PROVIDER", "deepseek")
    run = xunju("ask", REVENUE, "--index", built)
    assert run.code == 0
    assert "XUNJU_LLM_API_KEY" in run.out
    assert "摘录式回答" in run.out


def test_search_lists_passages_best_first(xunju: Xunju, built: Path) -> None:
    lines = xunju("search", "重大诉讼、仲裁事项", "-k", "2", "--index", built).out.splitlines()
    assert [line[:2] for line in lines if not line.startswith(" ")] == ["1.", "2."]
    assert "诉讼" in lines[1]


def test_search_json_holds_query_and_hits(xunju: Xunju, built: Path) -> None:
    found = json.loads(xunju("search", "诉讼", "-k", "3", "--json", "--index", built).out)
    assert found["query"] == "诉讼"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
