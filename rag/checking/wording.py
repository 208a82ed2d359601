"""Words of a sentence that the quotes must carry: loose numbers, dates, names, denial, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.checking.claim import Claim
from rag.checking.computed import summed
from rag.checking.direction import direction_problems
from rag.checking.grounds import Grounds
from rag.checking.holders import Holder
from rag.checking.said import Said
from rag.checking.support import support_problems
from rag.checking.when import Mention, mentions, same_time
from rag.filings.fiscal import end_date, is_period, previous_year, year_of
from rag.filings.text import squeeze
from rag.filings.tick_box import ticked_answer

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_IN_WORDS = re.compile(
    r"翻[一两三]?[番倍]|过半|一半|减半|腰斩|[一二三四五六七八九十]+分之[一二三四五六七八九十]+"
)
_MINUS_WORD = re.compile(r"[-−–][一二三四五六七八九十百千万两]")
_DENIES = re.compile(
    r"没有|并无|并未|未(?!来|经审计|分配|上市|到期|确认)|不存在|不适用|不涉及|无(?=[^形线人锡纺损论缝])|尚无|从未|不(?:是|会|能|再)"
)
_DENIED = re.compile(
    r"[不未](?=(存在[一-鿿]{2}|发生[一-鿿]{2}|涉及[一-鿿]{2}|适用|进行[一-鿿]{2}|出现[一-鿿]{2}))"
)
_DENIAL_SIGNS = frozenset("不未无非没否免零〇0-")
# 报告没有单独说明原因 speaks of the filing, not of the issuer; no quote could say it.
_UNTOLD = re.compile(
    r"(?:材料|报告|公告|原文)中?(?:没有|并?未)(?:单独|直接|具体|进一步|另行)?(?:说明|解释|给出)[^，。；]{0,8}原因"
)
_NOUGHT = re.compile(r"(?<![\d.,])(?:0(?:\.0+)?(?![\d.,])|-(?!\d))")
# Terms with such a sign that deny nothing.
_TERMS = re.compile(
    r"非(?=经营|经常|流动|金融|公开|货币|同一|全资|控股|独立)|无(?=形资产)|是否|不(?=动产)|√适用□不适用"
)


def word_problems(
    claim: Claim, figures: Sequence[Said], offered: Sequence[Holder], grounds: Grounds
) -> Iterator[str]:
    """Chinese phrases for what the sentence says and its quotes do not carry."""
    named = mentions(claim.text, grounds.filings[0].period if grounds.filings else "")
    yield from _loose_numbers(claim.text, figures, named, grounds)
    yield from _unknown_times(claim, named, offered, grounds)
    yield from _denial(claim.text, grounds)
    yield from direction_problems(claim.text, figures, offered, grounds.said)
    yield from support_problems(claim, grounds)


def _loose_numbers(
    text: str, figures: Sequence[Said], named: Sequence[Mention], grounds: Grounds
) -> Iterator[str]:
    """Digits that are neither figure nor period (K7680, 2024年8月) must stand in or around the quotes."""
    taken = [(figure.amount.start, figure.amount.end) for figure in figures]
    taken += [(mention.start, mention.end) for mention in named]
    known = {_digits(token) for token in _NUMBER.findall(grounds.around)}
    folded = "".join(half if len(half := squeeze(sign)) == 1 else sign for sign in text)
    for match in _NUMBER.finditer(folded):
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if not inside and _digits(match[0]) not in known:
            yield f"{match[0]} 在引文里找不到"
    for match in (*_IN_WORDS.finditer(text), *_MINUS_WORD.finditer(folded)):
        if match[0] not in grounds.said:
            yield f"{match[0]} 在引文里找不到"


def _digits(token: str) -> str:
    return token.replace(",", "").rstrip(".")


def _unknown_times(
    claim: Claim, named: Sequence[Mention], offered: Sequence[Holder], grounds: Grounds
) -> Iterator[str]:
    """Periods and dates that neither the quotes, their columns nor their filing know."""
    known = _known_times(claim, offered, grounds)
    bases = set() if claim.arithmetic else {previous_year(f.period) for f in grounds.filings if f.period}
    years = {year_of(period) for period in known}
    operands = {o.fact.period for o in claim.arithmetic.operands} - {""} if claim.arithmetic else set()
    for mention in named:
        if mention.compared and operands and not same_time(mention.period, operands):
            yield f"{claim.text[mention.start : mention.end]} 不是算式所用的期间"
        if mention.compared and _compares_with_itself(mention, named, grounds):
            yield f"与{claim.text[mention.start : mention.end]}比较，两个期间相同"
        year_only = is_period(mention.period) and mention.period.endswith("FY")
        if same_time(mention.period, known) or (mention.compared and same_time(mention.period, bases)):
            continue
        if not (year_only and year_of(mention.period) in years) and not _ends(mention.period, known):
            yield f"{claim.text[mention.start : mention.end]} 不见于引文"


def _known_times(claim: Claim, offered: Sequence[Holder], grounds: Grounds) -> set[str]:
    """The periods that the quotes, their columns, their filings and a calculation's operands are of."""
    known = {period for holder in offered for period in holder.periods} | grounds.dates
    for filing in grounds.filings:
        known |= {mention.period for mention in mentions(grounds.around, filing.period)}
        known |= {filing.period} if filing.period else set()
        known |= {filing.announced.isoformat()} if filing.announced else set()
    if claim.arithmetic:
        known |= {operand.fact.period for operand in claim.arithmetic.operands}
        known.add(summed(claim.arithmetic))
        # From a figure and its change on the year before, that year's figure is worked out.
        if "同比" in grounds.said:
            known |= {previous_year(filing.period) for filing in grounds.filings if filing.period}
    return known - {""}


def _compares_with_itself(mention: Mention, named: Sequence[Mention], grounds: Grounds) -> bool:
    """Whether a figure of the filing's own period is compared with that same period."""
    own = {filing.period for filing in grounds.filings}
    others = {other.period for other in named if not other.compared}
    return own == {mention.period} and others <= own


def _ends(period: str, known: set[str]) -> bool:
    """Whether a day is the last of a known period, or the day before its year began."""
    days = {end_date(known_period).isoformat() for known_period in known}
    return period in days | {f"{year_of(known_period) - 1}-12-31" for known_period in known}


def _denies(said: str) -> bool:
    """Whether a quote has a word of denial, or a nought or dash that stands alone."""
    return bool(_DENIAL_SIGNS & set(said) - set("0-")) or bool(_NOUGHT.search(said))


def _denial(text: str, grounds: Grounds) -> Iterator[str]:
    """A sentence that denies needs a quote that does, and one that affirms a quote that does not deny."""
    said, compact = grounds.said, squeeze(text)
    if (
        _DENIES.search(_UNTOLD.sub("", _TERMS.sub("", compact)))
        and said
        and not _denies(_TERMS.sub("", said))
    ):
        yield "引文没有否定的意思"
    if ticked_answer(said) == "不适用" and not _DENIAL_SIGNS & set(compact):
        yield "引文勾选的是不适用"
    for denied in _DENIED.findall(said):
        affirmed = re.search(rf"(?<![不未非]){denied}", compact)
        if affirmed and not re.search(rf"(?<![不未非]){denied}", said):
            yield f"引文否定了“{denied}”"
