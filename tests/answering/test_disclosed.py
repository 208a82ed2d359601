"""Whether a prescribed matter is so, from the box that is ticked for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.answering.disclosed import told_disclosure
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
    return Passage("p", FILING.id, 0, "box", ("六、重要事项",), (Span(1, 0, len(text)),), text)


class _Corpus(Corpus):
    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return tuple((passage(text), squeeze(text)) for text in self._texts)

    def rarity(
        self, groups: Sequence[Sequence[str]], filing_ids: object = ()
    ) -> tuple[tuple[float, int], ...]:
        return tuple((1.0, 0) for _ in groups)


def told(question: str, *texts: str) -> Draft | None:
    held = Material(understand(Asked(question), [FILING]), (Evidence(1, 0.5, passage("无关。"), FILING),), ())
    return told_disclosure(held, (), _Corpus(texts))


DENIED = "八、上市公司及其董事涉嫌违法违规、受到处罚及整改情况\n□适用 √不适用"


def test_the_box_of_the_prescribed_matter_answers_and_passes_the_check() -> None:
    draft = told("青珩科技有没有被立案调查", "一、因环境问题受到行政处罚的情况\n√适用 □不适用", DENIED)
    assert draft is not None
    assert draft.claims[0].text.startswith("没有（报告中该项勾选为“不适用”）")
    assert "受到处罚及整改情况" in draft.claims[0].text
    assert draft.material is not None
    assert check(draft.claims[0], draft.material.evidence).passed


def test_of_several_boxes_an_affirmed_one_is_told() -> None:
    draft = told(
        "青珩科技有没有重大关联交易",
        "1、与日常经营相关的关联交易\n□适用 √不适用",
        "7、其他重大关联交易\n√适用 □不适用",
    )
    assert draft is not None
    assert draft.claims[0].text.startswith("有（")
    assert "其他重大关联交易" in draft.claims[0].text
    assert draft.material is not None
    assert check(draft.claims[0], draft.material.evidence).passed


def test_a_heading_that_runs_over_two_lines_is_put_together() -> None:
    box = Passage(
        "p",
        FILING.id,
        0,
        "box",
        ("八、涉嫌违法违规、受到处罚",),
        (Span(1, 0, 15),),
        "及整改情况\n□适用√不适用",
    )

    class Wrapped(_Corpus):
        def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
            return ((box, squeeze("".join(box.section) + box.text)),)

    held = Material(
        understand(Asked("青珩科技受到过处罚吗"), [FILING]),
        (Evidence(1, 0.5, passage("无关。"), FILING),),
        (),
    )
    draft = told_disclosure(held, (), Wrapped(()))
    assert draft is not None
    assert "“涉嫌违法违规、受到处罚及整改情况”" in draft.claims[0].text


def test_a_matter_that_the_filing_speaks_of_without_a_box_is_left_to_others() -> None:
    assert told("青珩科技有没有被立案调查", "公司未受到处罚。") is None


def test_a_matter_that_the_filing_does_not_speak_of_is_refused() -> None:
    draft = told("青珩科技换会计师事务所了吗", "公司主营检测。")
    assert draft is not None
    assert draft.refusal is not None
    assert draft.refusal.reason == "not_disclosed"


@pytest.mark.parametrize("question", ["青珩科技的重大担保金额是多少", "青珩科技有没有受到处罚，为什么"])
def test_a_question_for_more_than_whether_it_is_so_is_left_to_others(question: str) -> None:
    assert told(question, DENIED) is None
