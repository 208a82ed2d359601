"""What surrounds a claim's quotes: the words, filings and names that the claim may lean on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.checking.claim import Claim
from rag.checking.quote import quoted, stands
from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.wrapped_dates import wrapped_dates
from rag.retrieval.evidence import Evidence
from rag.retrieval.naming import companies

# A filing calls its issuer so; the words name nobody in particular.
_NOBODY = frozenset(
    {"公司", "本公司", "我公司", "该公司", "集团", "本集团", "发行人", "上市公司", "本行", "我行"}
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """The quoted evidence of one claim; texts are squeezed, `names` maps a name to the filings it stands for.

    `dates` are the days in ISO form that pieces of broken cells in the quotes make.
    """

    quotes: tuple[str, ...]
    passages: tuple[Passage, ...]
    filings: tuple[Filing, ...]
    names: dict[str, frozenset[str]]
    dates: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """The words of the quotes."""
        return "\n".join(self.quotes)

    @property
    def around(self) -> str:
        """The quotes with section, context, whole passage, title and issuer of where they stand.

        Labels of rows are those put together from the lines of their cells, which the text has in pieces.
        """
        parts = [self.said]
        for passage in self.passages:
            parts += [*passage.section, passage.context, passage.text, passage.unit]
            parts += [row.label for row in passage.rows]
        for filing in self.filings:
            issuer = filing.issuer
            parts += [filing.title, filing.file_name, *issuer.names, *issuer.stock_codes]
        return squeeze("\n".join(parts).replace("\n", "｜"))


def grounds_of(claim: Claim, evidence: Sequence[Evidence]) -> Grounds:
    """The grounds of a claim; quotes that do not exist are left out."""
    kept = [quote for quote in claim.leaned_on if stands(quote, evidence)]
    passages = {quote.evidence: evidence[quote.evidence].passage for quote in kept}
    filings = {evidence[quote.evidence].filing.id: evidence[quote.evidence].filing for quote in kept}
    return Grounds(
        quotes=tuple(squeeze(quoted(quote, evidence)) for quote in kept),
        passages=tuple(passages.values()),
        filings=tuple(filings.values()),
        names=_names(evidence),
        dates=frozenset(
            date.iso for quote in kept for date in wrapped_dates(quoted(quote, evidence)) if date.day
        ),
    )


def _names(evidence: Sequence[Evidence]) -> dict[str, frozenset[str]]:
    """Every name of the issuers, those included that only the table of companies knows."""
    named: dict[str, set[str]] = {}
    for company in companies(list({item.filing.id: item.filing for item in evidence}.values())):
        for name in company.names:
            known = squeeze(name).removesuffix("-U")
            if known not in _NOBODY and len(known) > 1:
                named.setdefault(known, set()).update(company.filing_ids)
    return {name: frozenset(ids) for name, ids in sorted(named.items(), key=lambda pair: -len(pair[0]))}
