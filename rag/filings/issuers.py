"""The shipped table of listed companies: codes, short, full and other names as plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.filings.text import squeeze

_TABLE = Path(__file__).parent / "data" / "issuers.tsv"
# As many companies make an ending of their names an ordinary word.
SHARED = 3


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """One row of the table; `exchange` is SH, SZ or BJ."""

    code: str
    exchange: str
    short_name: str
    name: str
    other_names: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by."""
        return tuple(n for n in (self.name, self.short_name, *self.other_names) if n)


@dataclass(frozen=True, slots=True)
class IssuerTable:
    """Look-ups by code and by any name (white space and width ignored).

    `endings` are the last words of short names that several companies share: trades (医疗, 软件), not names.
    """

    by_code: dict[str, ListedCompany]
    by_name: dict[str, ListedCompany]
    endings: frozenset[str] = frozenset()


@cache
def issuer_table() -> IssuerTable:
    """The table, read once."""
    by_code: dict[str, ListedCompany] = {}
    by_name: dict[str, ListedCompany] = {}
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    for line in lines[2:]:
        code, exchange, short, name, other = line.split("\t")
        company = ListedCompany(code, exchange, short, name, tuple(other.split("|")) if other else ())
        by_code[code] = company
        for known in company.names:
            by_name.setdefault(squeeze(known), company)
    return IssuerTable(by_code, by_name, _shared_endings(by_code.values()))


def _shared_endings(companies: Iterable[ListedCompany]) -> frozenset[str]:
    shorts = [squeeze(company.short_name).upper() for company in companies]
    counts = Counter(short[-size:] for short in shorts for size in range(2, len(short)))
    return frozenset(ending for ending, count in counts.items() if count >= SHARED)
