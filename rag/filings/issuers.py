"""The shipped table of listed companies: codes, short, full and other names as plain facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.errors import UserError
from rag.filings.text import squeeze

_TABLE = Path(__file__).parent / "data" / "issuers.tsv"
# As many companies make an ending of their names an ordinary word.
SHARED = 3
TRADE_CHARS = 2


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

    `endings` are the last words of short names that several companies share: trades (医疗, 软件), not names;
    `trades` are those of two characters, of full names too (置业, 保险); `short_names` are in capitals.
    """

    by_code: dict[str, ListedCompany]
    by_name: dict[str, ListedCompany]
    endings: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    short_names: frozenset[str] = frozenset()


_FORM = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|股份$")
_COLUMNS = 5
_added: list[Path] = []


@cache
def issuer_table() -> IssuerTable:
    """The shipped table with the users' own rows laid over it, read once."""
    by_code: dict[str, ListedCompany] = {}
    by_name: dict[str, ListedCompany] = {}
    for company in (company for file in (*_added, _TABLE) for company in _rows(file)):
        by_code.setdefault(company.code, company)
        for known in company.names:
            by_name.setdefault(squeeze(known), company)
    shorts = [squeeze(company.short_name).upper() for company in by_code.values()]
    stems = [_FORM.sub("", squeeze(company.name)) for company in by_code.values()]
    endings = _shared_endings(shorts)
    trades = frozenset(ending for ending in endings | _shared_endings(stems) if len(ending) == TRADE_CHARS)
    return IssuerTable(by_code, by_name, endings, trades, frozenset(shorts))


def add_issuers(file: Path) -> None:
    """Lay a table of the user's own over the shipped one, whose form it has; its rows rank first.

    UserError: the file cannot be read, or a line has not five columns with a code and a name.
    """
    try:
        list(_rows(file))
    except OSError as error:
        raise UserError(f"读不到公司表 {file}（{error.strerror}）。请检查 [retrieval] issuers。") from error
    if file not in _added:
        _added.insert(0, file)
        issuer_table.cache_clear()


def _rows(file: Path) -> Iterator[ListedCompany]:
    """The companies of a table: tab-separated code, exchange, short name, name, other names; # begins a remark."""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "code\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (_COLUMNS - len(cells))
        if len(cells) != _COLUMNS or not cells[0] or not (cells[2] or cells[3]):
            raise UserError(
                f"公司表 {file} 第 {number} 行不对：要有证券代码、交易所、简称、全称、其他名称五列，以制表符分隔。"
            )
        code, exchange, short, name, other = cells
        yield ListedCompany(code, exchange, short, name, tuple(other.split("|")) if other else ())


def _shared_endings(names: Sequence[str]) -> frozenset[str]:
    counts = Counter(name[-size:] for name in names for size in range(2, len(name)))
    return frozenset(ending for ending, count in counts.items() if count >= SHARED)
