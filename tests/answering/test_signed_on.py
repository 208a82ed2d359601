from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.draft import Draft, Material
from rag.answering.signed_on import told_signing
from rag.filings.filing import Filing
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.checking.hand_built import FILING

LATER = replace(FILING, id="f" * 64, title="2024年度行动方案的评估报告")
SIGNED = {FILING.id: "某公司董事会\n2024 年 8 月 24 日", LATER.id: "董事会批准报送日期:2024年8月28日 其他"}


def passage(filing: Filing) -> Passage:
    text = "敬请投资者注意风险。" + SIGNED[filing.id]
    return Passage(f"p-{filing.id}", filing.id, 9, "prose", (), (Span(1, 0, len(text)),), text)


class _Corpus(Corpus):
    def __init__(self) -> None:
        pass

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        filing = FILING if filing_id == FILING.id else LATER
        return ((passage(filing), ""),)


def told(question: str, *filings: Filing) -> Draft | None:
    evidence = tuple(Evidence(n, 0.5, passage(f), f) for n, f in enumerate(filings, 1))
    return told_signing(Material(Query(question, question, "text"), evidence, ()), _Corpus())


@pytest.mark.parametrize("question", ["这份材料的落款日期", "这份公告是什么时候披露的", "披露日期是哪天"])
def test_the_day_below_the_boards_name_is_told(question: str) -> None:
    draft = told(question, FILING)
    assert draft is not None
    assert "2024年8月24日" in draft.claims[0].text


def test_the_later_filing_is_named_first_where_that_is_asked() -> None:
    draft = told("两份报告的落款日期，哪份更晚", FILING, LATER)
    assert draft is not None
    assert LATER.title in draft.claims[0].text
    assert len(draft.claims) == 3


def test_a_question_for_another_day_is_left_to_others() -> None:
    assert told("股东大会是哪天召开的", FILING) is None
