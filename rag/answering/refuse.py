"""Refusals with their reason, in words an analyst can act on."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.answer import Refusal
from rag.answering.draft import Material
from rag.answering.relevance import Need
from rag.filings.filing import Filing
from rag.filings.fiscal import in_chinese, is_period
from rag.filings.lexicon import line_items
from rag.retrieval.naming import companies
from rag.retrieval.question import Query
from rag.retrieval.wording import says

MOST_SECTIONS = 6


def refuse_unrouted(query: Query, filings: Sequence[Filing]) -> Refusal | None:
    """The refusal of a question that no loaded filing fits, or that is not about filings; else None."""
    if says("out_of_scope", query.text):
        return Refusal("out_of_scope", "这个问题与上市公司公告无关，本工具只依据已导入的公告作答。")
    if not filings:
        return Refusal("not_found", "索引里还没有公告。请先用 xunju ingest 导入公告文件。")
    if query.missing == "issuer":
        return Refusal("not_found", f"已导入的公告中没有“{query.named}”的公告。", options=_companies(filings))
    if query.missing:
        named = "、".join(_in_words(p) for p in query.named.split("、"))
        who = "、".join(query.issuers)
        return Refusal(
            "not_found", f"已导入的{who}公告中没有{named}的公告。", options=_titles(filings, query.issuers)
        )
    return None


def refuse_ambiguous(query: Query, companies: Sequence[str]) -> Refusal:
    """The refusal of a question that fits several issuers alike."""
    return Refusal(
        "ambiguous", "问题没有说明是哪家公司，请从下列公司中选定后再问。", options=tuple(companies)
    )


def refuse_unanswered(material: Material, needs: Sequence[Need]) -> Refusal:
    """The refusal after the places where the answer would stand were read."""
    titles = "、".join(dict.fromkeys(f"《{piece.filing.title}》" for piece in material.evidence))
    asked = (
        "、".join(need.words[0] for need in sorted(needs, key=lambda n: -n.weight)[:4]) or material.query.text
    )
    when = "、".join(map(_in_words, material.query.stated_periods))
    message = f"已检索{titles or '相关公告'}，没有找到对{when}“{asked}”的披露。"
    return Refusal("not_disclosed", message, _searched(material))


def refuse_uncompared(query: Query, missing: Sequence[str]) -> Refusal:
    """The refusal to compare where the filings of one side do not give the line item; the other's is told behind."""
    items = "、".join(line_items()[key].name for key in query.line_items)
    message = f"{'、'.join(missing)}的公告中没有读到“{items}”，无法比较。"
    return Refusal("not_disclosed", message)


def refuse_unranked(material: Material) -> Refusal:
    """The refusal to say which of many has the most where no table could be read that lists all of them."""
    titles = "、".join(dict.fromkeys(f"《{piece.filing.title}》" for piece in material.evidence))
    message = f"已检索{titles}，没有读到把各项逐一列全的表格，不能断定哪一项最多或最少；相关段落列在下面。"
    return Refusal("not_disclosed", message, _searched(material))


def _searched(material: Material) -> tuple[str, ...]:
    """The sections of the evidence, each once."""
    places = (" › ".join(piece.passage.section) or piece.filing.title for piece in material.evidence)
    return tuple(dict.fromkeys(places))[:MOST_SECTIONS]


def _in_words(period: str) -> str:
    return in_chinese(period) if is_period(period) or "-" in period else period


def _companies(filings: Sequence[Filing]) -> tuple[str, ...]:
    return tuple(company.name for company in companies(filings))


def _titles(filings: Sequence[Filing], issuers: Sequence[str]) -> tuple[str, ...]:
    own = [f for f in filings if not issuers or set(issuers) & {*f.issuer.names}]
    return tuple(f"{f.issuer.short_name or f.issuer.name} {f.title}" for f in own or filings)
