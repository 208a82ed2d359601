from __future__ import annotations

import pytest

from rag.filings.filing import Issuer
from rag.retrieval.initials import initials
from rag.retrieval.naming import companies, named_in
from tests.retrieval.filings import ALL, a_filing

CLOUD = a_filing("d", Issuer("云泊科技股份有限公司", "云泊科技", ("688997",)))


def test_initials_are_those_of_the_pinyin() -> None:
    assert initials("云泊科技") == {"YBKJ"}


def test_a_character_with_two_readings_gives_both() -> None:
    assert initials("云泊银行") == {"YBYX", "YBYH"}


def test_letters_in_a_name_stand_for_themselves() -> None:
    assert initials("云泊A") == {"YBA"}


def test_a_name_with_a_rare_character_has_no_initials() -> None:
    assert initials("青珩科技") == frozenset()


@pytest.mark.parametrize("question", ["YBKJ2024中报营收", "2024年上半年ybkj的毛利率", "24H1ybkj研发费用"])
def test_a_company_may_be_named_by_its_initials(question: str) -> None:
    assert [named.company for named in named_in(question.upper(), companies((*ALL, CLOUD)))] == ["云泊科技"]


def test_letters_inside_a_longer_word_name_nobody() -> None:
    assert named_in("XYBKJS是什么", companies((*ALL, CLOUD))) == []


def test_initials_that_two_companies_share_name_neither() -> None:
    other = a_filing("e", Issuer("岩壁矿机股份有限公司", "岩壁矿机", ("688996",)))
    assert named_in("YBKJ的营收", companies((CLOUD, other))) == []
