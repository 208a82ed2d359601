"""A question becomes a typed query: whom, when, what, how; a follow-up takes what it lacks from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.errors import UserError
from rag.filings.filing import Filing
from rag.filings.fiscal import end_date, is_period, previous_year
from rag.filings.formula import find_formulas
from rag.filings.lexicon import find_line_items
from rag.filings.period import PeriodMention, find_periods, resolve
from rag.filings.text import squeeze
from rag.retrieval.conversation import filled_in
from rag.retrieval.english import names_left
from rag.retrieval.filing_sides import filing_sides, of_kinds
from rag.retrieval.naming import Company, Named, companies, named_in
from rag.retrieval.question import Asked, Filters, Query, QuestionKind, Side
from rag.retrieval.slips import slips_in, without_slips
from rag.retrieval.strangers import strange_names
from rag.retrieval.subject import Subject, content_of, matter_of, subject_of, terms_of, without_counterparties
from rag.retrieval.wording import expected_units, kind_of, says, scope_of, simplified

_BARE_YEARS = frozenset({"上一年", "上年", "去年", "前一年"})


def understand(asked: Asked, filings: Sequence[Filing]) -> Query:
    """The typed query of a question over the loaded filings.

    UserError: an empty question, or a filter that fits none of the filings.
    """
    question, history, filters = asked.question, asked.history, asked.filters
    written = simplified(question)
    if not squeeze(written):
        raise UserError("问题是空的。请写出想问的内容，例如：某公司2024年上半年营业收入是多少？")
    known = companies(filings)
    read_as = slips_in(written)
    # What follows reads the question as it was meant; `asked` stays as it was typed.
    meant = without_slips(written)
    text = filled_in(meant, history, known)
    subject = without_counterparties(subject_of(text, known), text)
    if not subject.named and says("both", text) and len(known) == 2:
        subject = replace(subject, named=tuple(Named(c.name, 0, 0, c.filing_ids) for c in known))
    chosen = _filtered(filings, filters, known)
    query = Query(
        question,
        text,
        _kind(meant, text, subject),
        issuers=tuple(n.company for n in subject.named if n.filing_ids or not filters.filing),
        line_items=subject.keys,
        line_item_words=tuple((m.key, m.text) for m in subject.line_items),
        scope=scope_of(text),
        asks_change=says("change", text),
        expects=expected_units(text),
        terms=terms_of(text, subject),
        matter=matter_of(text, subject),
        read_as=read_as,
    )
    routed = _routed(query, subject, chosen, filters)
    if routed.missing == "period" and not find_periods(meant):
        # The period was another company's, of a turn before.
        routed = _routed(query, replace(subject, mentions=()), chosen, filters)
    return replace(routed, strange=_strangers(text, subject, filters, names_left(question)))


def _is_formula(text: str, subject: Subject) -> bool:
    """Whether a question says a fixed formula's name and nothing else of its own."""
    names = "".join(name for formula in find_formulas(text) for name in (formula.name, *formula.spoken))
    return bool(names) and all(term.text in names for term in content_of(text, subject))


def _strangers(
    text: str, subject: Subject, filters: Filters, english: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What may name a company not loaded; where a filing is fixed, a listed company that is not its issuer.

    `english` are the words left of an English question.
    """
    if filters.filing or filters.company:
        return tuple(named.company for named in subject.named if not named.filing_ids)
    if subject.named:
        return ()
    return (*strange_names(text, subject.mentions, subject.line_items), *english)


def _kind(question: str, text: str, subject: Subject) -> QuestionKind:
    """How it asks.

    A fixed formula (三费合计) is worked out; line items with nothing else said of them ask for their figures,
    also where they are asked 分别是多少; several line items of one thing are figures, not a list.
    """
    kind = kind_of(question)
    kind = kind_of(text) if kind == "text" else kind
    if kind == "list" and len(set(subject.keys)) > 1 and says("amount", text) and not says("of_each", text):
        kind = kind_of(question.replace("分别", ""))
    if kind == "text" and _is_formula(text, subject):
        return "calc"
    figures = kind == "text" or (kind == "list" and says("amount", text))
    bare = figures and subject.line_items and not content_of(text, subject)
    return "number" if bare else kind


def about(query: Query, words: str) -> Query:
    """The query for one figure named inside a question, with the question's company, period and filings."""
    subject = Subject((), tuple(find_periods(words)), find_line_items(words))
    said = tuple((m.key, m.text) for m in subject.line_items)
    # The company's name is no content word of the question's, nor of a part of it.
    content = "".join(term.text for term in query.terms)
    plain = words
    for issuer in query.issuers:
        plain = plain.replace(issuer, " " * len(issuer))
    terms = tuple(t for t in terms_of(plain, subject) if set(t.text) & set(content))
    return replace(
        query,
        text=words,
        matter=words,
        kind="number",
        line_items=subject.keys,
        line_item_words=said,
        asks_change=False,
        expects=(),
        terms=terms,
        scope=scope_of(words) or query.scope,
    )


def _filtered(filings: Sequence[Filing], filters: Filters, known: Sequence[Company]) -> list[Filing]:
    chosen = list(filings)
    if filters.filing:
        chosen = [f for f in chosen if _is_filing(f, filters.filing)]
        if not chosen:
            raise UserError(f"没有公告“{filters.filing}”。请用 xunju filings list 查看文件名、编号或标题。")
    if filters.company:
        named = named_in(simplified(filters.company), known)
        ids = {filing_id for n in named for filing_id in n.filing_ids}
        chosen = [f for f in chosen if f.id in ids]
        if not chosen:
            raise UserError(f"没有公司“{filters.company}”的公告。请用 xunju filings list 查看已导入的公司。")
    if filters.period:
        periods = (
            [filters.period]
            if is_period(filters.period)
            else [m.period for m in find_periods(filters.period)]
        )
        if not any(periods):
            raise UserError(f"看不懂报告期“{filters.period}”。请写成 2024H1、2024中报 或 2024-06-30。")
        chosen = [f for f in chosen if any(covers(f, period) for period in periods)]
        if not chosen:
            raise UserError(
                f"没有报告期为“{filters.period}”的公告。请用 xunju filings list 查看已导入的报告期。"
            )
    return chosen


def _is_filing(filing: Filing, wanted: str) -> bool:
    stem = filing.file_name.rsplit(".", 1)[0]
    names = (filing.id, filing.file_name, stem, filing.title, f"{filing.issuer.name}{filing.title}")
    return wanted in names or (len(wanted) >= 8 and filing.id.startswith(wanted))


def covers(filing: Filing, period: str) -> bool:
    """Whether a filing is of a period, or of the one that ends on its date."""
    if not filing.period:
        return False
    return filing.period == period or end_date(filing.period).isoformat() == period


def compares_with(filing: Filing, period: str) -> bool:
    """Whether a filing shows a period as its comparative: the year before, or the year before's end."""
    if not filing.period:
        return False
    return previous_year(filing.period) == period or f"{int(filing.period[:4]) - 1}-12-31" == period


def _routed(query: Query, subject: Subject, chosen: Sequence[Filing], filters: Filters) -> Query:
    """The query with the filings to look in, or with what is missing."""
    narrowed = list(chosen)
    absent = next((n for n in subject.named if not n.filing_ids), None)
    if subject.named and not filters.filing:
        if absent is not None:
            return replace(query, missing="issuer", named=absent.company)
        ids = {filing_id for n in subject.named for filing_id in n.filing_ids}
        narrowed = [f for f in chosen if f.id in ids]
        if not narrowed:
            return replace(query, missing="filing", named="、".join(n.company for n in subject.named))
    periods = _of_each(subject.mentions, narrowed)
    outright = tuple(dict.fromkeys(m.period for m in subject.mentions if m.period))
    query = replace(query, periods=periods, stated_periods=outright)
    query = _by_period(query, narrowed, subject.mentions, fixed=bool(filters.filing))
    if not filters.filing:
        narrowed = [f for f in narrowed if f.id in query.filing_ids]
        query = replace(query, filing_ids=tuple(f.id for f in of_kinds(narrowed, subject.kinds)))
        # A filing fixed beside the question has one issuer: another name is of something else.
        query = replace(query, sides=_sides(query, subject) or filing_sides(query, narrowed, subject.kinds))
    left = companies([f for f in narrowed if f.id in query.filing_ids])
    if subject.named or filters.filing or len(left) < 2:
        return query
    return replace(query, options=tuple(company.name for company in left))


def _sides(query: Query, subject: Subject) -> tuple[Side, ...]:
    """The issuers of a question that names several, each with the words up to the next name."""
    if len(subject.named) < 2:
        return ()
    starts = [0, *(named.start for named in subject.named[1:]), len(query.text)]
    return tuple(
        Side(
            named.company, tuple(i for i in named.filing_ids if i in query.filing_ids), query.text[start:end]
        )
        for named, start, end in zip(subject.named, starts, starts[1:], strict=False)
    )


def _absolute(mentions: Sequence[PeriodMention], filings: Sequence[Filing]) -> tuple[str, ...]:
    """The periods meant, relative ones read from the filings' own periods."""
    stated = [mention.period for mention in mentions if is_period(mention.period)]
    own = sorted({f.period for f in filings if f.period}, reverse=True)
    reference = next(iter((*stated, *own)), "")
    found: dict[str, None] = {}
    for mention in mentions:
        # 上一年 of a half-year report is the same half a year before.
        same = mention.text in _BARE_YEARS and reference
        if period := previous_year(reference) if same else resolve(mention, reference):
            found[period] = None
    return tuple(found)


def _of_each(mentions: Sequence[PeriodMention], filings: Sequence[Filing]) -> tuple[str, ...]:
    """The periods meant, a relative one (6月底) read for each company from its own filings."""
    own = [[f for f in filings if f.id in company.filing_ids] for company in companies(filings)]
    return tuple(dict.fromkeys(p for held in own or [list(filings)] for p in _absolute(mentions, held)))


def _by_period(
    query: Query, filings: Sequence[Filing], mentions: Sequence[PeriodMention], *, fixed: bool
) -> Query:
    """Only filings that cover a named period, or show it as comparative; each company keeps its own."""
    if not query.periods or fixed:
        return replace(query, filing_ids=tuple(f.id for f in filings))
    kept: list[Filing] = []
    for company in companies(filings):
        own = [f for f in filings if f.id in company.filing_ids]
        periods = _absolute(mentions, own)
        fitting = [f for f in own if any(covers(f, p) for p in periods)]
        fitting = fitting or [f for f in own if any(compares_with(f, p) for p in periods)]
        fitting = fitting or [f for f in own if any(f.period[:4] == p[:4] for p in periods)]
        kept.extend(fitting)
    if not kept:
        return replace(query, missing="period", named="、".join(query.periods))
    return replace(query, filing_ids=tuple(f.id for f in kept))
