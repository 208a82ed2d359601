from __future__ import annotations

import pytest

from rag.answering.draft import Material
from rag.answering.heading_list import listed_headings
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, Term
from tests.checking.hand_built import FILING

PART = ("第三节 管理层讨论与分析", "五、风险因素")
HEADINGS = ("(一)技术迭代的风险", "(二)客户集中的风险", "(三)汇率波动的风险")


def passage(number: int, text: str, *section: str) -> Passage:
    return Passage(f"p{number}", FILING.id, number, "prose", section, (Span(1, 0, len(text)),), text)


class _Corpus(Corpus):
    """A corpus of one part with three headings."""

    def __init__(self) -> None:
        pass

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        made = [
            passage(n, f"{heading}\n公司将持续关注。", *PART, heading) for n, heading in enumerate(HEADINGS)
        ]
        return tuple((p, p.text) for p in made)


def listed(*names: str) -> str:
    found = Evidence(1, 0.5, passage(9, "其他说明。", *PART), FILING)
    query = Query("", "", "list", terms=tuple(Term(name, 1.0, True) for name in names))
    made = listed_headings(Material(query, (found,), ()), _Corpus())
    return made[0].text if made else ""


def test_the_headings_below_the_part_that_is_named_are_its_list() -> None:
    assert "技术迭代的风险；客户集中的风险；汇率波动的风险" in listed("风险")


def test_every_heading_is_quoted() -> None:
    found = Evidence(1, 0.5, passage(9, "其他说明。", *PART), FILING)
    made = listed_headings(
        Material(Query("", "", "list", terms=(Term("风险", 1.0, True),)), (found,), ()), _Corpus()
    )
    assert made is not None
    claim, grown = made
    said = [grown.evidence[q.evidence].passage.text[q.start : q.end] for q in claim.quotes]
    assert tuple(said) == HEADINGS


@pytest.mark.parametrize("names", [("专利",), ("风险", "子公司")])
def test_a_part_of_another_matter_is_no_list(names: tuple[str, ...]) -> None:
    assert listed(*names) == ""
