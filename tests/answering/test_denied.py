from __future__ import annotations

import pytest

from rag.answering.denied import denied_thing
from rag.answering.draft import Draft, Material
from rag.checking.check import check
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Asked
from rag.retrieval.understand import understand
from tests.checking.hand_built import FILING


def passage(text: str) -> Passage:
    return Passage("p", FILING.id, 0, "prose", ("三、利润分配",), (Span(1, 0, len(text)),), text)


class _Corpus(Corpus):
    def __init__(self, text: str) -> None:
        self._text = text

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return ((passage(self._text), squeeze(self._text)),)


def told(question: str, text: str) -> Draft | None:
    held = Material(understand(Asked(question), [FILING]), (Evidence(1, 0.5, passage("无关。"), FILING),), ())
    return denied_thing(held, _Corpus(text))


ASKED = "青珩科技2024年中期每10股派现金多少元"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("公司计划半年度不派发现金红利，不送红股。其他说明。", "不派发现金红利，不送红股"),
        ("利润分配预案\n是否分配或转增 否", "“是否分配或转增”一项为“否”"),
    ],
)
def test_what_the_filing_of_the_period_denies_corrects_the_question(text: str, said: str) -> None:
    draft = told(ASKED, text)
    assert draft is not None
    assert draft.refusal is not None
    assert draft.refusal.reason == "unsupported_premise"
    assert said in draft.claims[0].text.replace(",", "，")
    assert draft.material is not None
    assert check(draft.claims[0], draft.material.evidence).passed


@pytest.mark.parametrize(
    "question",
    ["青珩科技2023年度每10股派现金多少元", "2024年中期的分红政策是什么", "2024年中期每股收益多少"],
)
def test_other_periods_kinds_and_items_are_left_to_others(question: str) -> None:
    assert told(question, "公司计划半年度不派发现金红利，不送红股。") is None


@pytest.mark.parametrize("question", ["青珩科技2024年中期有没有分红", "中期分红吗"])
def test_asked_whether_there_is_any_the_denial_is_the_answer(question: str) -> None:
    draft = told(question, "公司计划半年度不派发现金红利，不送红股。")
    assert draft is not None
    assert draft.refusal is None
    assert draft.claims[0].text.startswith("没有：")
