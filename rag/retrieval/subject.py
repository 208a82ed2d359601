"""What a question is about by itself: the company, periods and line items it names, and its other content words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.filings.filing_kind import KindMention, find_kinds
from rag.filings.formula import formula_spans
from rag.filings.lexicon import LineItemMention, find_line_items
from rag.filings.period import PeriodMention, find_periods
from rag.filings.text import squeeze
from rag.retrieval.naming import Company, Named, named_in
from rag.retrieval.question import Term
from rag.retrieval.terms import content_terms
from rag.retrieval.wording import kind_of, says, wording

# 四季度 or 下半年 in a question for reasons is part of the matter, not only of the period.
TIME_WEIGHT = 0.7
_TURNED = re.compile(r"[减扭续预转]$")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about by itself, before routing; `kinds` are the kinds of filings that it names."""

    named: tuple[Named, ...]
    mentions: tuple[PeriodMention, ...]
    line_items: tuple[LineItemMention, ...]
    kinds: tuple[KindMention, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The line items' keys, each once."""
        return tuple(dict.fromkeys(mention.key for mention in self.line_items))


def subject_of(text: str, known: Sequence[Company]) -> Subject:
    """The companies, periods and line items that a question names."""
    rates = {rate.start for rate in _rates(text)}
    items = tuple(item for item in find_line_items(text) if item.start not in rates)
    # 减亏 and 扭亏 ask about the change of a loss, not for the loss (亏了多少).
    items = tuple(
        item for item in items if not (item.text[:1] == "亏" and _TURNED.search(text[: item.start]))
    )
    return Subject(tuple(named_in(text, known)), tuple(find_periods(text)), items, find_kinds(text))


def _rates(text: str) -> tuple[LineItemMention, ...]:
    """The names of rates that begin as a line item's name does: 归母净利率 is no 归母净利."""
    spans = formula_spans(text)
    return tuple(
        replace(item, end=end)
        for item in find_line_items(text)
        for start, end in spans
        if start == item.start and end == item.end + 1
    )


def without_counterparties(subject: Subject, text: str) -> Subject:
    """The subject without the companies that a loaded one is only asked to have to do with.

    关联销售 with a customer or shares held by another are the filing's own matter; a company set beside the
    loaded one (甲和乙的营收) is asked about itself.
    """
    loaded = [named for named in subject.named if named.filing_ids]
    others = [named for named in subject.named if not named.filing_ids]
    if (
        not loaded
        or not others
        or any(_is_set_beside(text, one, other) for one in loaded for other in others)
    ):
        return subject
    return replace(subject, named=tuple(loaded))


def _is_set_beside(text: str, one: Named, other: Named) -> bool:
    first, second = sorted((one, other), key=lambda named: named.start)
    between = text[first.end : second.start].strip()
    joined = says("joined", between) or not between
    return (joined and not says("dealing", text)) or kind_of(text) == "compare"


def named_terms(text: str, subject: Subject) -> tuple[Term, ...]:
    """Content words without company, period, line items, pronouns and the words for asking."""
    rest = _blanked(
        text, (*subject.named, *subject.mentions, *subject.line_items, *subject.kinds, *_rates(text))
    )
    for name in ("courtesy", "pronoun", "consolidated", "parent", "asking", "change"):
        rest = wording().patterns[name].sub(" ", rest)
    return content_terms(rest)


def matter_of(text: str, subject: Subject) -> str:
    """The question as it stands, without the names of the companies it is routed by and words of courtesy."""
    rest = _blanked(text, [named for named in subject.named if named.filing_ids])
    return squeeze(wording().patterns["courtesy"].sub(" ", rest))


def _blanked(text: str, places: Sequence[Named | PeriodMention | LineItemMention | KindMention]) -> str:
    kept = list(text)
    for place in places:
        kept[place.start : place.end] = [" "] * (place.end - place.start)
    return "".join(kept)


def terms_of(text: str, subject: Subject) -> tuple[Term, ...]:
    """Words that evidence must speak of; in a question for words a period said without figures is one too."""
    times = [m.text for m in subject.mentions if not m.period and not re.search(r"\d", m.text)]
    kind = kind_of(text)
    part = kind == "why" or (kind == "text" and not subject.line_items)
    spoken = [Term(word, TIME_WEIGHT, False) for word in times if part]
    return (*named_terms(text, subject), *spoken)


def content_of(text: str, subject: Subject) -> list[Term]:
    """Content words of a question's own; words for change alone (同比, 增幅) and for a period are none."""
    return [term for term in named_terms(text, subject) if not says("change", term.text)]
