from __future__ import annotations

from dataclasses import replace

import pytest

from rag.errors import UserError
from rag.filings.filing import Issuer
from rag.filings.issuers import IssuerTable, ListedCompany
from rag.structure import correction
from rag.structure.correction import BY_USER, NO_CORRECTION, Correction, corrected
from rag.structure.doubt import Doubt
from rag.structure.identity import Identity
from tests.fakes import a_parsed_filing

READ = Identity(
    "资料",
    Issuer("白砚证券股份有限公司", "白砚证券", ("601999",)),
    "other",
    "",
    {"issuer": "p.1: 白砚证券股份有限公司"},
    doubts=(Doubt("issuer", "不确定。"), Doubt("title", "也不确定。")),
)
LISTED = ListedCompany("688999", "SH", "青珩科技", "青珩科技股份有限公司", ())


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = IssuerTable({LISTED.code: LISTED}, dict.fromkeys(LISTED.names, LISTED))
    monkeypatch.setattr(correction, "issuer_table", lambda: table)


def test_what_the_user_says_ranks_over_what_was_read() -> None:
    found = corrected(READ, Correction("某某科技股份有限公司", "2024H1", "half_year"))
    assert (found.issuer.name, found.period, found.kind) == ("某某科技股份有限公司", "2024H1", "half_year")
    assert found.evidence == {"issuer": BY_USER, "period": BY_USER, "kind": BY_USER}


def test_a_correction_settles_the_doubts_about_its_field() -> None:
    assert [doubt.field for doubt in corrected(READ, Correction("某某科技")).doubts] == ["title"]


def test_without_a_correction_all_stays_as_read() -> None:
    assert corrected(READ, NO_CORRECTION) == READ


@pytest.mark.parametrize("company", ["688999", "青珩科技", "青珩科技股份有限公司"])
def test_a_listed_company_is_known_by_any_of_its_names(company: str) -> None:
    issuer = corrected(READ, Correction(company)).issuer
    assert issuer == Issuer("青珩科技股份有限公司", "青珩科技", ("688999",))


def test_a_company_outside_the_table_is_called_as_the_user_calls_it() -> None:
    assert corrected(READ, Correction("某某科技")).issuer.names == ("某某科技",)


def test_naming_the_issuer_that_was_read_keeps_its_other_names() -> None:
    assert corrected(READ, Correction("白砚证券")).issuer == READ.issuer


def test_a_code_alone_corrects_the_code() -> None:
    assert corrected(READ, Correction("601998")).issuer == replace(READ.issuer, stock_codes=("601998",))


@pytest.mark.parametrize(
    ("period", "kind", "typed"),
    [
        ("2024中报", "半年度报告", Correction("", "2024H1", "half_year")),
        ("2024H1", "half_year", Correction("", "2024H1", "half_year")),
        ("2024三季报", "季报", Correction("", "2024Q3", "quarterly")),
        ("", "其他公告", Correction("", "", "other")),
    ],
)
def test_a_correction_may_be_typed_in_words(period: str, kind: str, typed: Correction) -> None:
    assert Correction.typed("", period, kind) == typed


@pytest.mark.parametrize(("period", "kind"), [("去年", ""), ("2024-06-30", ""), ("", "随笔")])
def test_a_correction_nobody_understands_is_refused_in_words(period: str, kind: str) -> None:
    with pytest.raises(UserError, match=r"请写成|可以写"):
        Correction.typed("", period, kind)


def test_an_earlier_correction_is_kept() -> None:
    filing = replace(a_parsed_filing().filing, period="2023FY", evidence={"period": BY_USER})
    assert Correction("某某科技").over(filing) == Correction("某某科技", "2023FY")
