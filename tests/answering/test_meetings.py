"""Meetings of shareholders in the prescribed table; names and days are invented."""

from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.meetings import told_meetings
from rag.checking.check import check
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.checking.hand_built import FILING

TABLE = (
    "一、股东大会情况简介\n会议届次召开日期会议决议披露日期审议通过《关于2023年年度报告的议案》"
    "2023年年度 2024年5月 2024年5月www.sse.com.cn案的议案》股东大会17日18日"
    "2024年第一次临时 2024年2月6 2024年2月7审议通过股东大会 日 日"
)
LINED = (
    "会议届次会议类型投资者参与比例召开日期披露日期\n"
    "2023年年度股东大会 年度股东大会 62.37% 2024年5月10日 2024年5月11日"
)


class _Corpus(Corpus):
    """A corpus of one passage."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return ((self._passage, self._passage.text),)


def told(question: str, text: str = TABLE) -> list[str]:
    section = ("第四节 公司治理", "一、股东大会情况简介")
    passage = Passage("p", FILING.id, 0, "prose", section, (Span(1, 0, len(text)),), text)
    material = Material(Query(question, question, "text"), (Evidence(1, 0.5, passage, FILING),), ())
    draft = told_meetings(material, _Corpus(passage))
    if draft is None:
        return []
    assert draft.material is not None
    assert all(check(claim, draft.material.evidence).passed for claim in draft.claims)
    return [claim.text for claim in draft.claims]


def test_every_meeting_is_told_with_its_day() -> None:
    assert told("上半年开过哪几次股东大会")[0].endswith(
        "2023年年度股东大会于2024年5月17日召开；2024年第一次临时股东大会于2024年2月6日召开。"
    )


def test_the_meeting_that_is_named_is_told_alone() -> None:
    (said,) = told("2024年第一次临时股东大会什么时候开的，哪天披露")
    assert said.endswith("2024年第一次临时股东大会于2024年2月6日召开（2024年2月7日披露）。")


def test_the_share_of_votes_is_told_where_it_is_asked_for() -> None:
    said = told("年度股东大会哪天开的，投资者参与比例多少", LINED)
    assert said[1] == "年度股东大会的投资者参与比例为62.37%。"


def test_what_a_meeting_resolved_is_not_asked_by_its_day() -> None:
    assert told("2024年第一次临时股东大会通过了哪些议案") == []


def test_a_meeting_whose_day_is_lost_is_not_told() -> None:
    assert told("年度股东大会哪天开的", "会议届次召开日期\n2023年年度股东大会 2024年5月") == []
