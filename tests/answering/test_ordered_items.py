from __future__ import annotations

import pytest

from rag.answering.draft import Material
from rag.answering.ordered_items import ordered_items
from rag.answering.ranking import Scored
from rag.answering.units import units_of
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.checking.hand_built import FILING

SECTION = ("第三节 管理层讨论与分析", "1、推进年度三大行动")
TEXTS = (
    "公司年初制定了三大行动,具体如下:行动一:走访老客户;销售人员分批上门。行动二:换新\n平台;平台已上线。",
    "行动三:压降库存。用户分为两类,第一类是医院,采购额大;第二类是诊\n所。",
)


def passages(texts: tuple[str, ...] = TEXTS) -> list[Passage]:
    return [
        Passage(f"p{n}", FILING.id, n, "prose", SECTION, (Span(1, 0, len(text)),), text)
        for n, text in enumerate(texts)
    ]


class _Corpus(Corpus):
    """A corpus of one part in two passages."""

    def __init__(self) -> None:
        pass

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return tuple((p, p.text) for p in passages())


def listed(question: str) -> tuple[str, list[str]]:
    """The list told of the first passage, and what is quoted for it."""
    evidence = (Evidence(1, 0.5, passages()[0], FILING),)
    found = [Scored(unit, 1.0, 1.0) for unit in units_of(evidence)]
    made = ordered_items(Material(Query(question, question, "list"), evidence, ()), found, _Corpus())
    if made is None:
        return "", []
    claim, grown = made
    return claim.text, [grown.evidence[q.evidence].passage.text[q.start : q.end] for q in claim.quotes]


def test_items_named_by_the_noun_of_the_question_are_told_across_passages() -> None:
    assert "走访老客户；换新平台；压降库存" in listed("三大行动分别是什么")[0]


def test_every_item_is_quoted_where_it_stands() -> None:
    assert listed("三大行动分别是什么")[1] == ["行动一:走访老客户", "行动二:换新\n平台", "行动三:压降库存"]


def test_items_of_as_many_kinds_as_asked_are_told() -> None:
    assert "医院,采购额大；诊所" in listed("用户分哪两类")[0]


@pytest.mark.parametrize("question", ["用户分哪三类", "产品用在哪些行业", "四大行动分别是什么"])
def test_a_list_of_another_length_or_matter_is_not_told(question: str) -> None:
    assert listed(question) == ("", [])
