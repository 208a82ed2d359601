from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import UserError
from rag.filings import issuers
from rag.filings.issuers import add_issuers, issuer_table
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


@pytest.fixture
def own_table(tmp_path: Path) -> Iterator[Path]:
    """A file for a user's own rows, forgotten after the test."""
    yield tmp_path / "issuers.tsv"
    issuers._added.clear()
    issuer_table.cache_clear()


def test_a_users_own_rows_are_laid_over_the_shipped_table(own_table: Path) -> None:
    own_table.write_text(
        "# 我的公司\n899900\tBJ\t墨白股份\t墨白股份有限公司\t墨白|老墨白\n", encoding="utf-8"
    )
    add_issuers(own_table)
    assert issuer_table().by_name["老墨白"].code == "899900"
    assert len(issuer_table().by_code) > 4000


def test_other_names_may_be_left_out(own_table: Path) -> None:
    own_table.write_text("899900\tBJ\t墨白股份\t墨白股份有限公司\n", encoding="utf-8")
    add_issuers(own_table)
    assert issuer_table().by_code["899900"].other_names == ()


@pytest.mark.parametrize("line", ["墨白股份", "899900\tBJ\t\t", "\tBJ\t墨白\t墨白股份有限公司"])
def test_a_line_without_code_or_name_is_refused_with_its_number(own_table: Path, line: str) -> None:
    own_table.write_text(f"# 说明\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match="第 2 行"):
        add_issuers(own_table)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不到公司表"):
        add_issuers(tmp_path / "none.tsv")
