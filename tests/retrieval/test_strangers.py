from __future__ import annotations

import pytest

from rag.retrieval.question import Asked, Query
from rag.retrieval.strangers import is_listed, marked
from rag.retrieval.understand import understand
from tests.retrieval.filings import ALL


def asked(question: str, *said: str) -> Query:
    """The question over two invented issuers whose filings say nothing but these words."""
    return marked(understand(Asked(question), ALL), lambda name: name in said)


@pytest.mark.parametrize(
    "question",
    [
        "梧砾重工2024年上半年营业收入",
        "请问梧砾重工，2024年上半年营业收入",
        "2024年上半年梧砾重工的营业收入",
        "2024中报梧砾重工营业收入多少",
    ],
)
def test_a_company_nobody_knows_is_told(question: str) -> None:
    assert (asked(question).missing, asked(question).named) == ("issuer", "梧砾重工")


def test_a_known_stem_with_another_trade_is_another_company() -> None:
    assert asked("青珩银行2024年上半年营业收入").named == "青珩银行"


def test_a_known_stem_before_a_product_is_the_known_company() -> None:
    assert asked("青珩软件收入2024年上半年多少").issuers == ("青珩科技",)


def test_words_that_a_filing_says_are_no_strange_company() -> None:
    assert asked("双创基地2024年上半年投入多少", "双创基地").missing == ""


def test_a_trade_behind_an_ordinary_word_is_the_matter_asked_about() -> None:
    assert asked("2024年上半年医疗软件的营业收入").strange == ()


def test_a_question_that_names_a_loaded_company_has_no_stranger() -> None:
    assert asked("2024年上半年青珩科技的内窥镜软件收入").missing == ""


@pytest.mark.parametrize(("name", "listed"), [("比亚迪", True), ("太阳能", False), ("梧砾重工", False)])
def test_a_listed_companys_name_is_told_from_an_ordinary_word(name: str, listed: bool) -> None:
    assert is_listed(name) == listed


@pytest.mark.parametrize("question", ["梧砾信的营业收入", "梧砾信毛利率是多少"])
def test_a_company_nobody_knows_is_told_without_a_period(question: str) -> None:
    assert (asked(question).missing, asked(question).named) == ("issuer", "梧砾信")


@pytest.mark.parametrize(
    "question", ["综合毛利率是多少", "咱家营收多少", "老板想知道毛利率", "海外的营业收入"]
)
def test_ordinary_words_before_an_item_are_no_company(question: str) -> None:
    assert asked(question).missing == ""
