"""Prose of a filing that speaks of a loss where its own table shows a gain, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.answering.answer import Refusal
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import filings_of, quotes_of
from rag.answering.phrase import clean_label, row_sentence
from rag.answering.units import sentence_ranges
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.filing import Filing
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence

# 汇兑损益, 资产处置损益: one label for what is a gain or a loss.
_TWO_FACED = re.compile(r"^(?P<stem>[\u4e00-\u9fff]{2,8}?)净?损益$")
_CAUSE = re.compile(r"主要系|主要是|由于|所致|原因")
_LESS = r"(?!的?(?:大幅)?(?:减少|下降|降低|收窄|转))"
_POLICY = re.compile(r"会计政策|会计估计|风险")
_ASKS_WHICH = re.compile(r"损失.{0,6}收益|收益.{0,6}损失|(?:赚|盈).{0,4}亏|是(?:赚|亏)")
MESSAGE = "来源不一致：同一份公告的表格与文字说明说法相反，两处原文如下。"


@dataclass(frozen=True, slots=True)
class _Voices:
    """A row and the sentence that says the opposite of it, as claims over material that holds both."""

    row: Claim
    sentence: Claim
    material: Material


def with_voices(draft: Draft, material: Material, corpus: Corpus) -> Draft:
    """The draft with the prose that contradicts its table; a refusal where gain or loss is what is asked."""
    if draft.refusal is not None or draft.material is not None or not material.query.line_items:
        return draft
    found = next(_contradictions(material, corpus), None)
    if found is None:
        return draft
    if _ASKS_WHICH.search(material.query.text):
        refusal = Refusal("conflicting", MESSAGE)
        return Draft((found.row, found.sentence), refusal=refusal, material=found.material)
    if not any(set(found.row.quotes) & set(claim.quotes) for claim in draft.claims):
        return draft
    warning = "同一份公告的文字说明与所答的表格说法相反，两处原文都已列出。"
    claims = (*draft.claims, found.sentence)
    return replace(draft, claims=claims, warnings=(*draft.warnings, warning), material=found.material)


def _contradictions(material: Material, corpus: Corpus) -> Iterator[_Voices]:
    """Rows of gains or losses of their filing's own period that its prose calls the opposite."""
    filings = {filing.id: filing for filing in filings_of(material)}
    for fact in material.facts:
        named = _TWO_FACED.match(clean_label(fact.label))
        filing = filings.get(fact.filing_id)
        if (
            named is None
            or filing is None
            or not fact.certain
            or fact.period != filing.period
            or not fact.value
        ):
            continue
        # Within expenses a loss is positive; elsewhere the sign's meaning is not sure enough.
        if "费用" not in "".join(fact.section[-1:]) or fact.measure == "change":
            continue
        other = "损失" if fact.value < 0 else "收益"
        voices = _voices(fact, filing, re.compile(f"{named['stem']}净?{other}{_LESS}"), material, corpus)
        if voices is not None:
            yield voices


def _voices(
    fact: Fact, filing: Filing, opposite: re.Pattern[str], material: Material, corpus: Corpus
) -> _Voices | None:
    (quote,) = quotes_of(material, [fact])
    if quote is None:
        return None
    piece = material.evidence[quote.evidence]
    row = next(row for row in piece.passage.rows if (row.start, row.end) == fact.row)
    told = Claim(row_sentence(piece, row, (fact.period,)), (quote,), (fact,))
    for passage, text in corpus.passages(filing.id):
        if not opposite.search(text) or _POLICY.search("".join(passage.section)):
            continue
        for start, end in sentence_ranges(passage.text):
            said = squeeze(passage.text[start:end])
            if opposite.search(said) and _CAUSE.search(said):
                at = len(material.evidence)
                grown = Material(
                    material.query,
                    (*material.evidence, Evidence(at + 1, 0.0, passage, filing)),
                    material.facts,
                )
                sentence = Claim(f"报告说明：{said.rstrip('；;。')}。", (Quote(at, start, end),))
                if all(check(claim, grown.evidence).passed for claim in (told, sentence)):
                    return _Voices(told, sentence, grown)
    return None
