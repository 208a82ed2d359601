"""Issuers and other names of a sentence: whose figure it is, and whether the quotes know the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.checking.claim import Arithmetic, Claim
from rag.checking.figure import Governed
from rag.checking.grounds import Grounds
from rag.checking.said import Said
from rag.filings.formula import find_formulas
from rag.filings.issuers import issuer_table
from rag.filings.lexicon import find_line_items
from rag.filings.text import squeeze
from rag.store.tokens import person_names

_COMPANY = re.compile(r"([一-鿿]{2})((?:股份|集团)?有限(?:责任)?公司)")
# Two signs and the ending that most short names of companies have, where a clause begins; 低于 is none.
_TRADE = re.compile(
    r"(?:^|(?<=[，,；;：:。]))(?![高低多少]于)([一-鿿]{2})(?:股份|科技|集团|控股|药业|新材|生物|电子|医疗|证券|银行)"
)
_MIN_NAME = 3  # two-sign short names of companies are also common words
_MAX_NAME = 20

Place = tuple[int, int, frozenset[str]]


def govern(text: str, figures: Sequence[Said], grounds: Grounds) -> tuple[Governed, ...]:
    """Each figure with the filings of the issuer that is named last before it."""
    places = [place for place in issuer_places(text, grounds) if not _is_counterparty(text, place, grounds)]
    return tuple(Governed(figure, _last_before(figure.place, places)) for figure in figures)


def _last_before(position: int, places: Sequence[Place]) -> frozenset[str] | None:
    before = [place for place in places if place[1] <= position]
    return before[-1][2] if before else None


def issuer_places(text: str, grounds: Grounds) -> list[Place]:
    """Where issuers of the evidence are named in the text, longest names first, in order."""
    found: list[Place] = []
    for name, filings in grounds.names.items():
        for match in re.finditer(r"\s*".join(map(re.escape, name)), text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), filings))
    return sorted(found)


def _is_counterparty(text: str, place: Place, grounds: Grounds) -> bool:
    """Whether a name is spoken of by another issuer's quote (a customer, a shareholder)."""
    own = {filing.id for filing in grounds.filings}
    return not own & place[2] and squeeze(text[place[0] : place[1]]) in grounds.said


def name_problems(claim: Claim, grounds: Grounds) -> Iterator[str]:
    """Chinese phrases for names that neither the quotes nor their filings know, or that are mixed up."""
    text = claim.text
    own = {filing.id for filing in grounds.filings}
    places = issuer_places(text, grounds)
    for place in places:
        if not own & place[2] and not _is_counterparty(text, place, grounds):
            yield f"引文不是 {text[place[0] : place[1]]} 的公告"
    if claim.arithmetic and not _in_turn(text, places, claim.arithmetic):
        yield "比较双方与算式的操作数不一致"
    around = grounds.around
    compact = squeeze(text)
    told = (*_listed(compact), *_companies(compact, around), *_persons(compact))
    for name in dict.fromkeys(told):
        if name not in around and not any(name in known for known in grounds.names):
            yield f"{name} 不见于引文"


def _persons(compact: str) -> Iterator[str]:
    """Names of persons, without what is part of a ratio's or line item's name (周转 of 周转天数)."""
    named = person_names(compact)
    terms = [formula.name for formula in find_formulas(compact)] if named else []
    terms += [mention.text for mention in find_line_items(compact)] if named else []
    yield from (name for name in named if not any(name in term for term in terms))


def _companies(compact: str, around: str) -> Iterator[str]:
    """What is named like a company: XX有限公司 anywhere, XX股份 and the like where a clause begins."""
    yield from (match[0] for match in _COMPANY.finditer(compact))
    for match in _TRADE.finditer(compact):
        if match[1] not in around:
            yield match[0]


def _in_turn(text: str, places: Sequence[Place], arithmetic: Arithmetic) -> bool:
    """Whether in A比B… the operands come from A and B in this order."""
    owners = [operand.fact.filing_id for operand in arithmetic.operands]
    if len(places) < 2 or len(owners) != 2 or len(set(owners)) == 1:
        return True
    (_, end, first), (start, _, second) = places[:2]
    if not re.fullmatch(r"[^，。；]{0,12}[比较][^，。；]{0,4}", text[end:start]):
        return True
    return owners[0] in first and owners[1] in second


def _listed(compact: str) -> list[str]:
    """Names of listed companies in the text, longest first, none inside another."""
    known = issuer_table().by_name
    found: list[str] = []
    taken = [False] * len(compact)
    for length in range(min(_MAX_NAME, len(compact)), _MIN_NAME - 1, -1):
        for start in range(len(compact) - length + 1):
            piece = compact[start : start + length]
            if (piece in known or piece + "-U" in known) and not any(taken[start : start + length]):
                taken[start : start + length] = [True] * length
                found.append(piece)
    return found
