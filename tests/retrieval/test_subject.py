from __future__ import annotations

import pytest

from rag.retrieval.naming import companies
from rag.retrieval.subject import matter_of, subject_of, terms_of, without_counterparties
from tests.retrieval.filings import ALL

KNOWN = companies(ALL)


def matter(question: str) -> str:
    return matter_of(question, subject_of(question, KNOWN))


def test_the_company_a_question_is_routed_by_is_no_matter_of_it() -> None:
    assert matter("青珩科技养了几头奶牛") == "养了几头奶牛"


def test_words_of_courtesy_are_no_matter_of_a_question() -> None:
    assert matter("尊敬的王董秘您好，贵公司的产能利用率是多少？谢谢！") == ",的产能利用率是多少?!"


def test_words_of_courtesy_are_no_content() -> None:
    text = "董秘你好，存货跌价准备怎么计提，辛苦了"
    assert {"董秘", "你好", "辛苦"}.isdisjoint(term.text for term in terms_of(text, subject_of(text, KNOWN)))


def test_a_secretary_asked_about_is_content() -> None:
    text = "董秘是谁"
    assert "董秘" in {term.text for term in terms_of(text, subject_of(text, KNOWN))}


def companies_asked_about(question: str) -> list[str]:
    subject = without_counterparties(subject_of(question, KNOWN), question)
    return [named.company for named in subject.named]


@pytest.mark.parametrize(
    "question", ["青珩科技对贵州茅台的关联销售额", "贵州茅台是青珩科技的股东吗", "青珩科技和贵州茅台有合作吗"]
)
def test_who_the_loaded_company_deals_with_is_not_asked_about(question: str) -> None:
    assert companies_asked_about(question) == ["青珩科技"]


@pytest.mark.parametrize("question", ["青珩科技和贵州茅台的营收", "青珩科技、贵州茅台谁的毛利率高"])
def test_a_company_set_beside_the_loaded_one_is_asked_about(question: str) -> None:
    assert companies_asked_about(question) == ["青珩科技", "贵州茅台"]
