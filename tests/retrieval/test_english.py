from __future__ import annotations

import pytest

from rag.retrieval.english import in_chinese_words, names_left


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the revenue of 青珩 in H1 2024?", ("营业收入", "青珩", "2024年上半年", "多少")),
        ("青珩 net profit FY2023 YoY", ("净利润", "2023年度", "同比")),
        ("R&D expenses in the first half of 2024", ("研发费用", "2024年上半年")),
        ("total assets as of June 30, 2024", ("总资产", "2024年6月末")),
        ("Why did revenue decrease?", ("为什么", "营业收入", "下降")),
    ],
)
def test_a_simple_question_is_put_into_the_words_of_filings(question: str, words: tuple[str, ...]) -> None:
    told = in_chinese_words(question)
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(
    "question",
    [
        "PLM产品的收入和毛利率各是多少，ROE呢",
        "What is the weather in Berlin?",
        "688999 2024H1",
        "bread and butter",
        "青珩 diluted EPS 2024 H1",
        "青珩 goodwill impairment in 2024",
    ],
)
def test_anything_else_stays_as_it_is(question: str) -> None:
    assert in_chinese_words(question) == question


def test_a_name_that_is_put_into_no_chinese_is_left() -> None:
    assert names_left("What was Acme's revenue in 2024 H1?") == ("Acme",)
    assert names_left("青珩的ROE同比变动多少，比上年高吗") == ()
