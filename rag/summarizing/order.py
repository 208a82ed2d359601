"""Pieces in the order to be said, and as the sentences of a text: the most important first, then as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.phrase import issuer_name
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.fiscal import in_chinese
from rag.retrieval.evidence import Evidence
from rag.summarizing.piece import Piece
from rag.summarizing.words import summary_words

# 公司 at the head of a clause is the issuer; 子公司, 公司章程 and 公司债 are not.
_COMPANY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:本|我)?公司(?![章债法股治])|(?<=[年度半期日月])公司(?![章债法股治])"
)
# A table row in words (`营业收入为……`), whose subject is the issuer.
_ROW = re.compile(r"[\u4e00-\u9fff（）()]{2,24}(?:为-?\d|同比|较上年末|包括：)|(?:实现)?归属于")
_TIMED = re.compile(r"20\d\d|报告期|截至|本期|今年|上半年|年度")


def arranged(pieces: Sequence[Piece], *, key_first: bool) -> list[Piece]:
    """Key indicators in the order of the list, then the rest in reading order; reading order alone without them."""
    rank = {key: place for place, key in enumerate(summary_words().key_items)}

    def place(piece: Piece) -> tuple[int, tuple[int, int, int]]:
        own = [rank[key] for key in piece.told if key in rank] if key_first else []
        return (min(own) if own else len(rank)), piece.at

    return sorted(pieces, key=place)


def spoken(
    pieces: Sequence[Piece], sentences: int | None, evidence: Sequence[Evidence], *, named: bool
) -> list[Claim]:
    """The pieces as claims, joined to as many sentences as are wanted; the issuer `named` in the first."""
    claims = [piece.claim for piece in pieces]
    if claims and named:
        claims[0] = _named(claims[0], evidence)
    if sentences:
        last = set(_ends(len(claims), sentences))
        claims = [
            c if n in last else replace(c, text=c.text.rstrip("。") + "；") for n, c in enumerate(claims)
        ]
    return claims


def _ends(count: int, sentences: int) -> list[int]:
    """The places of the last piece of each sentence, the pieces shared out evenly."""
    wanted = min(count, sentences)
    return [round(count * (n + 1) / wanted) - 1 for n in range(wanted)]


def _named(claim: Claim, evidence: Sequence[Evidence]) -> Claim:
    """The claim with issuer and period for 公司, or before it, where that passes the check."""
    filing = evidence[claim.quotes[0].evidence].filing
    name = issuer_name(filing)
    period = in_chinese(filing.period) if filing.period and not _TIMED.search(claim.text) else ""
    for subject in dict.fromkeys((name + period, name)):
        if name in claim.text:
            break
        named = _COMPANY.sub(subject, claim.text, count=1)
        if named == claim.text and _ROW.match(claim.text):
            named = subject + claim.text
        told = replace(claim, text=named)
        if check(told, evidence).passed:
            return told
    return claim
