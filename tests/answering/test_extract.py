from __future__ import annotations

import pytest

from rag.answering.calc_answer import Calculator
from rag.answering.draft import Draft, Material
from rag.answering.extract import ExtractiveAnswerer
from rag.answering.operation import operations
from rag.answering.relevance import needs_of
from rag.checking.check import check
from rag.retrieval.question import Query
from rag.retrieval.understand import about
from tests.answering.invented import corpus, filing, material


def gathered(query: Query) -> Material:
    """Every passage for a figure inside a question."""
    held = material("营业收入")
    facts = tuple(fact for fact in filing().facts if fact.line_item in query.line_items)
    return Material(query, held.evidence, facts)


def answerer() -> ExtractiveAnswerer:
    words = corpus()
    return ExtractiveAnswerer(words, Calculator(gathered, lambda query: needs_of(query, words), about))


def draft(question: str) -> Draft:
    return answerer().draft(material(question))


def said(question: str) -> str:
    return "".join(claim.text for claim in draft(question).claims)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2024年上半年营业收入是多少？", "412,345,678.90元"),
        ("软件著作权有多少项？", "318项"),
        ("毛利率是多少？", "70.00%"),
        ("有没有重大诉讼？", "没有"),
        ("母公司2024年6月末应收账款是多少？", "79,000,000.00元"),
        ("资产负债率是多少？", "44.29%"),
    ],
)
def test_a_question_is_answered_from_where_it_stands(question: str, words: str) -> None:
    assert words in said(question)


@pytest.mark.parametrize("question", ["商誉是多少？", "有没有火星采矿业务？", "员工持股计划的人数是多少？"])
def test_what_is_not_there_is_refused(question: str) -> None:
    refusal = draft(question).refusal
    assert refusal is not None
    assert refusal.reason == "not_disclosed"


@pytest.mark.parametrize(
    "question",
    [
        "营业收入是多少，同比增长多少？",
        "货币资金和年初相比变动多少？",
        "软件著作权有多少项？",
        "毛利率是多少？",
    ],
)
def test_every_claim_passes_the_check(question: str) -> None:
    made = draft(question)
    evidence = (made.material or material(question)).evidence
    assert made.claims
    assert all(check(claim, evidence).passed for claim in made.claims)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("帮我算一下应收账款占货币资金的比例", "47.14%"),
        ("货币资金减去应收账款是多少？帮我算一下", "111,000,000.00元"),
        ("算一下货币资金和应收账款合计多少", "309,000,000.00元"),
    ],
)
def test_arithmetic_that_is_spelt_out_is_worked_out(question: str, result: str) -> None:
    assert result in said(question)


def test_both_operands_are_quoted() -> None:
    (claim,) = draft("帮我算一下应收账款占货币资金的比例").claims
    assert claim.arithmetic is not None
    assert [str(operand.fact.value) for operand in claim.arithmetic.operands] == [
        "99000000.00",
        "210000000.00",
    ]


def test_arithmetic_with_a_missing_operand_is_not_worked_out() -> None:
    assert all(claim.arithmetic is None for claim in draft("帮我算一下商誉占货币资金的比例").claims)


def test_sentences_are_told_as_they_are_found() -> None:
    heard: list[str] = []
    made = answerer().draft(material("营业收入是多少？"), heard.append)
    assert heard == [claim.text for claim in made.claims]


def test_one_issuer_alone_is_not_several() -> None:
    assert not answerer().fits_several(material("营业收入是多少？"))


def test_every_operation_names_two_figures() -> None:
    for operation in operations():
        assert ("a" in operation.pattern.groupindex) != bool(operation.first)
        assert ("b" in operation.pattern.groupindex) != bool(operation.second)
        assert {"f1", "f2"} <= {word for word in ("f1", "f2") if word in operation.expression}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "货币资金比应收账款多多少？",
            "青珩科技2024年6月末货币资金为210,000,000.00元，应收账款为99,000,000.00元，两者相差111,000,000.00元（1.11亿元）。",
        ),
        (
            "合并与母公司货币资金差多少？",
            "青珩科技2024年6月末合并货币资金为210,000,000.00元，母公司货币资金为110,000,000.00元，两者相差100,000,000.00元（1亿元）。",
        ),
        (
            "合并货币资金和母公司货币资金差多少？",
            "青珩科技2024年6月末合并货币资金为210,000,000.00元，母公司货币资金为110,000,000.00元，两者相差100,000,000.00元（1亿元）。",
        ),
    ],
)
def test_how_far_two_figures_are_apart_is_worked_out(question: str, told: str) -> None:
    assert [claim.text for claim in draft(question).claims] == [told]


def test_the_same_figure_printed_twice_is_not_set_against_itself() -> None:
    assert all("相差" not in claim.text for claim in draft("营业收入和营业收入差多少？").claims)


def test_how_many_times_one_figure_is_the_other_is_worked_out() -> None:
    assert "前者为后者的2.12倍" in said("货币资金是应收账款的几倍？")


def test_the_figure_is_told_where_it_and_a_reason_that_is_not_there_are_asked_for() -> None:
    found = draft("营业收入是多少，增长的原因是什么？")
    assert "412,345,678.90元" in found.claims[0].text
    assert "没有找到" in found.warnings[0]


def test_a_figure_against_its_own_of_another_time_is_no_difference_of_two_items() -> None:
    found = said("货币资金比年初减少多少？")
    assert "两者相差" not in found
    assert "2024年6月末较2023年末减少" in found
