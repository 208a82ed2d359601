"""What the user says of a filing's identity, over what its pages say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.errors import UserError
from rag.filings.filing import Filing, FilingKind, Issuer
from rag.filings.filing_kind import KIND_NAMES, filing_kind_of
from rag.filings.issuers import issuer_table
from rag.filings.period import parse_period
from rag.filings.text import squeeze
from rag.structure.identity import Identity

BY_USER = "由用户指定"
_PARTS = ("FY", "H1", "Q1", "Q3")


@dataclass(frozen=True, slots=True)
class Correction:
    """A company (full name, short name or code), a reporting period, a kind; empty where the pages may tell."""

    company: str = ""
    period: str = ""
    kind: FilingKind | None = None

    @classmethod
    def typed(cls, company: str = "", period: str = "", kind: str = "") -> Correction:
        """The correction as a user types it: `2024中报` and `半年报` will do; UserError for what is not known."""
        return cls(company.strip(), _typed_period(period), _typed_kind(kind))

    def over(self, known: Filing | None) -> Correction:
        """This correction, filled up with what the user said earlier of a filing already stored."""
        if known is None:
            return self
        said = {field for field, where in known.evidence.items() if where == BY_USER}
        names = [n for n in (known.issuer.name, known.issuer.short_name, *known.issuer.stock_codes) if n]
        return Correction(
            self.company or (names[0] if "issuer" in said and names else ""),
            self.period or (known.period if "period" in said else ""),
            self.kind or (known.kind if "kind" in said else None),
        )

    def __bool__(self) -> bool:
        return bool(self.company or self.period or self.kind)


NO_CORRECTION = Correction()


def corrected(identity: Identity, correction: Correction) -> Identity:
    """The identity with what the user said in place of what was read, and without the doubts that this settles."""
    said = {
        "issuer": correction.company,
        "period": correction.period,
        "kind": correction.kind,
    }
    told = {field: BY_USER for field, value in said.items() if value}
    settled = set(told) | ({"stock_code"} if correction.company else set())
    return replace(
        identity,
        issuer=_issuer(correction.company, identity.issuer) if correction.company else identity.issuer,
        period=correction.period or identity.period,
        kind=correction.kind or identity.kind,
        evidence=identity.evidence | told,
        doubts=tuple(doubt for doubt in identity.doubts if doubt.field not in settled),
    )


def _issuer(company: str, read: Issuer) -> Issuer:
    """The issuer that the user names: as read where it is the same, else from the table, else by the name alone."""
    own = {squeeze(name) for name in (*read.names, *read.stock_codes)}
    listed = issuer_table().by_code.get(company) or issuer_table().by_name.get(squeeze(company))
    if squeeze(company) in own and read.name:
        return read
    if listed is not None:
        codes = read.stock_codes if listed.code in read.stock_codes else (listed.code,)
        return Issuer(listed.name, listed.short_name, codes)
    if company.isdigit():
        return replace(read, stock_codes=(company,))
    if company.endswith("公司"):
        return Issuer(company, stock_codes=read.stock_codes)
    return replace(read, short_name=company) if not read.name else Issuer(short_name=company)


def _typed_period(text: str) -> str:
    if not text.strip():
        return ""
    period = parse_period(text) or ""
    if period[4:] not in _PARTS:
        raise UserError(
            f"看不懂报告期“{text}”。请写成 2024FY、2024H1、2024Q1、2024Q3，或 2024年报、2024中报、2024三季报。"
        )
    return period


def _typed_kind(text: str) -> FilingKind | None:
    wanted = text.strip()
    if not wanted:
        return None
    for kind, name in KIND_NAMES.items():
        if wanted in (kind, name):
            return kind
    found = filing_kind_of(wanted)
    if found == "other":
        known = "、".join(f"{kind}（{name}）" for kind, name in KIND_NAMES.items())
        raise UserError(f"没有公告类型“{text}”。可以写：{known}。")
    return found
