from __future__ import annotations

import pytest

from rag.filings.filing import Issuer
from rag.filings.issuers import IssuerTable, ListedCompany
from rag.retrieval import naming
from rag.retrieval.naming import Named, companies, named_in
from tests.retrieval.filings import ALL, BAIYAN, BEFORE, HALF, OTHER, a_filing

ABSENT = ListedCompany("600998", "SH", "赤羽能源", "赤羽能源集团股份有限公司", ())


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = IssuerTable(
        {ABSENT.code: ABSENT}, dict.fromkeys(ABSENT.names, ABSENT), frozenset({"医疗", "科技"})
    )
    monkeypatch.setattr(naming, "issuer_table", lambda: table)


def named(question: str) -> list[Named]:
    return named_in(question, companies(ALL))


def test_filings_of_one_issuer_are_one_company() -> None:
    assert [company.filing_ids for company in companies(ALL)] == [(HALF.id, BEFORE.id), (OTHER.id,)]


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技的营业收入",
        "青珩科技股份有限公司的营业收入",
        "688999的营业收入",
        "688999.SH的营业收入",
        "青珩的营业收入",
    ],
)
def test_a_company_is_named_by_name_part_or_code(question: str) -> None:
    assert [n.company for n in named(question)] == ["青珩科技"]


def test_a_name_with_one_wrong_character_is_understood() -> None:
    assert [n.company for n in named("青衍科技的营业收入")] == ["青珩科技"]


def test_a_slip_behind_the_known_part_of_a_name_belongs_to_the_name() -> None:
    (found,) = named("青珩科枝的营业收入")
    assert (found.start, found.end) == (0, 4)


def test_another_word_behind_the_known_part_of_a_name_is_no_slip() -> None:
    (found,) = named("青珩科研的投入")
    assert found.end < 4


def test_a_whole_short_name_takes_nothing_from_the_word_behind_it() -> None:
    known = companies((a_filing("e", Issuer("霁原墨谷酒股份有限公司", "霁原墨谷", ("688997",))),))
    (found,) = named_in("霁原墨谷国外收入", known)
    assert (found.start, found.end) == (0, 4)


def test_two_companies_are_named_in_their_order() -> None:
    assert [n.company for n in named("白砚医疗和青珩科技谁的收入高")] == ["白砚医疗", "青珩科技"]


def test_the_place_of_a_name_is_told() -> None:
    (found,) = named("请问青珩科技的收入")
    assert (found.start, found.end) == (2, 6)


@pytest.mark.parametrize(
    "question", ["科技收入是多少", "医疗器械的收入", "医疗客户的收入", "股份回购了多少", "今天天气如何"]
)
def test_an_ordinary_word_names_nobody(question: str) -> None:
    assert named(question) == []


def test_a_part_that_fits_two_companies_names_neither() -> None:
    twin = a_filing("d", Issuer("青珩能源股份有限公司", "青珩能源", ("688997",)))
    own = a_filing("a", Issuer("青珩科技股份有限公司", "青珩科技", ("688999",)))
    assert named_in("青珩的收入", companies([own, twin])) == []


def test_a_listed_company_without_filings_is_named_with_none() -> None:
    (found,) = named("赤羽能源的营业收入")
    assert (found.company, found.filing_ids) == ("赤羽能源", ())


def test_an_unknown_code_is_named_with_no_filing() -> None:
    assert [(n.company, n.filing_ids) for n in named("600123的营业收入")] == [("600123", ())]


def test_an_amount_of_six_digits_is_no_code() -> None:
    assert named("收入是123456.78元吗") == []


def test_a_company_is_known_by_the_names_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ListedCompany("688998", "SH", "白砚医疗", BAIYAN.name, ("墨白股份",))
    table = IssuerTable({listed.code: listed}, dict.fromkeys(listed.names, listed))
    monkeypatch.setattr(naming, "issuer_table", lambda: table)
    assert [n.filing_ids for n in named("墨白股份的收入")] == [(OTHER.id,)]


def test_the_table_gives_no_name_by_a_code_of_another_company(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ListedCompany("688998", "SH", "墨白股份", "墨白股份有限公司", ())
    table = IssuerTable({listed.code: listed}, dict.fromkeys(listed.names, listed))
    monkeypatch.setattr(naming, "issuer_table", lambda: table)
    assert OTHER.id not in [i for n in named("墨白股份的收入") for i in n.filing_ids]


def test_a_part_of_a_name_inside_another_word_is_no_company() -> None:
    known = companies((a_filing("e", Issuer("远帆新药股份有限公司", "远帆新药", ("688997",))),))
    assert named_in("创新药业务收入多少", known) == []
    assert [n.company for n in named_in("远帆的收入多少", known)] == ["远帆新药"]


@pytest.mark.parametrize(
    "question", ["木岚山的毛利率", "青珩科技和木岚山谁的收入高", "木岚山2024年上半年营收"]
)
def test_a_listed_name_of_three_characters_is_told_where_a_company_stands(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ListedCompany("600997", "SH", "木岚山", "木岚山实业股份有限公司", ())
    table = IssuerTable({listed.code: listed}, dict.fromkeys(listed.names, listed))
    monkeypatch.setattr(naming, "issuer_table", lambda: table)
    assert ("木岚山", ()) in [(n.company, n.filing_ids) for n in named(question)]


def test_a_listed_name_of_three_characters_inside_a_sentence_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ListedCompany("600997", "SH", "木岚山", "木岚山实业股份有限公司", ())
    table = IssuerTable({listed.code: listed}, dict.fromkeys(listed.names, listed))
    monkeypatch.setattr(naming, "issuer_table", lambda: table)
    assert named("公司在木岚山麓的基地") == []
