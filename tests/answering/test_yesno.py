from __future__ import annotations

import pytest

from rag.answering.ranking import Scored
from rag.answering.relevance import Need
from rag.answering.units import Unit, units_of
from rag.answering.yesno import affirms, box_sentence, plain_first, verdict
from rag.filings.filing import Filing
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from tests.checking.hand_built import FILING


def told(text: str, filing: Filing = FILING) -> str:
    passage = Passage("p", filing.id, 0, "box", ("第五节 重要事项",), (Span(1, 0, len(text)),), text)
    piece = Evidence(1, 0.5, passage, filing)
    (unit,) = (u for u in units_of([piece]) if u.kind == "box")
    return box_sentence(piece, unit)


@pytest.mark.parametrize(
    ("boxes", "verdict"),
    [
        ("□适用 √不适用", "没有"),
        ("√适用 □不适用", "有"),
        ("□是 √否", "否"),
        ("√是 □否", "是"),
        ("□有 √无", "没有"),
        ("□适用 □不适用", "未勾选"),
        ("□适用 \uf052不适用", "没有"),
        ("□适用 ☑不适用", "没有"),
    ],
)
def test_a_tick_is_told_in_words(boxes: str, verdict: str) -> None:
    assert told(f"一、重大诉讼、仲裁事项\n{boxes}").startswith(verdict)


def test_the_heading_is_told_without_its_number() -> None:
    assert "“重大诉讼、仲裁事项”" in told("十二、重大诉讼、仲裁事项\n□适用 √不适用")


def test_both_boxes_are_told_as_printed() -> None:
    assert "“□适用 √不适用”" in told("一、重大诉讼\n□适用 √不适用")


def test_issuer_and_period_are_told() -> None:
    assert "青珩科技2024年上半年报告" in told("一、重大诉讼\n□适用 √不适用")


@pytest.mark.parametrize(("reply", "verdict"), [("是\n公司原控股股东曾违规担保。", "是"), ("否\n", "否")])
def test_a_question_of_the_form_is_told_with_its_reply(reply: str, verdict: str) -> None:
    said = told(f"八、是否存在违规对外提供担保的情况\n{reply}")
    assert said.startswith(f"{verdict}：")
    assert "“是否存在违规对外提供担保的情况”" in said


def need(word: str, weight: float = 5.0) -> Need:
    return Need((word,), weight, 1, is_name=True)


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("公司有没有重大担保", "公司报告期不存在重大担保情况。", "没有"),
        ("重大担保履行完了吗", "重大担保已全部履行完毕。", "是"),
        ("重大担保履行完了吗", "重大担保尚在履行，部分已完成。", "否"),
        ("重大担保同比增加了吗", "重大担保同比减少,其他业务增长。", "否"),
        ("重大担保同比增加了吗", "重大担保先增加后减少。", ""),
        ("重大担保同比增加了吗", "人均重大担保同比增加。", ""),
        ("公司有没有重大担保", "公司不存在其他事项。", ""),
    ],
)
def test_a_sentence_confirms_or_denies_only_what_it_says_of_the_matter(
    question: str, sentence: str, said: str
) -> None:
    assert verdict(question, sentence, (need("重大担保"),)) == said


def test_a_sentence_that_denies_goes_before_a_box() -> None:
    box = Scored(Unit("box", 0, 0, 4, "审计情况", ""), 1.0, 2.0)
    plain = Scored(Unit("sentence", 0, 5, 9, "本报告未经审计。", ""), 1.0, 1.6)
    assert plain_first([box, plain], "报告审计过没有", (need("审计"),))[0] is plain


def test_what_stands_behind_a_box_counts_where_it_is_ticked() -> None:
    assert affirms("3.原因\n√适用 □不适用")
    assert not affirms("3.原因\n□适用 √不适用")


def test_what_is_still_to_come_is_not_finished() -> None:
    said = "下半年公司将持续跟进并完成章程的修订。"
    assert verdict("章程都修订完了没", said, (Need(("章程",), 1.0, 1),)) == "否"


def test_what_is_behind_its_plan_is_not_in_step() -> None:
    assert verdict("去库存跟得上进度吗", "存货账面价值1.6亿元，滞后。", (Need(("存货",), 1.0, 1),)) == "否"


def test_a_count_of_nought_says_there_is_none() -> None:
    said = "表决权恢复的优先股股东总数(户) 0"
    assert verdict("公司有没有优先股", said, (Need(("优先股",), 1.0, 1),)) == "没有"
