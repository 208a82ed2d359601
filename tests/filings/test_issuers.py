from __future__ import annotations

from rag.filings.issuers import issuer_table
from rag.filings.text import squeeze


def test_codes_are_six_digits_with_their_exchange() -> None:
    table = issuer_table()
    assert all(code.isdigit() and len(code) == 6 for code in table.by_code)
    assert {company.exchange for company in table.by_code.values()} <= {"SH", "SZ", "BJ"}


def test_every_company_is_found_by_its_full_name() -> None:
    table = issuer_table()
    lost = [c.code for c in table.by_code.values() if c.name and squeeze(c.name) not in table.by_name]
    assert lost == []


def test_trades_that_end_many_names_are_told_from_names() -> None:
    endings = issuer_table().endings
    assert {"医疗", "科技", "软件", "股份", "银行"} <= endings
    assert not {company.short_name for company in issuer_table().by_code.values()} & endings
