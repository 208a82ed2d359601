"""The model answerer believes nothing unchecked: good replies, bad ones, and none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.answering.draft import Draft, Material
from rag.answering.generate import ModelAnswerer
from rag.answering.record import Record, read_records, replay, to_line
from rag.answering.said_calculation import filled
from rag.answering.showing import show
from rag.errors import ModelError, UserError
from rag.retrieval.question import Query
from rag.settings import LlmSettings
from tests.checking.hand_built import EVIDENCE, PROSE, fact, row_quote
from tests.fakes_chat import ScriptedModel

FACTS = tuple(fact(0, row, cell) for row in (0, 1) for cell in (0, 1))
QUERY = Query(
    "青珩科技24H1营收多少",
    "青珩科技2024年上半年营业收入多少",
    "number",
    ("青珩科技",),
    ("2024H1",),
    ("revenue",),
)
MATERIAL = Material(QUERY, EVIDENCE, FACTS)
SHOWN = show(MATERIAL, 6000)
E = {index: key for key, index in SHOWN.evidence.items()}
F = {(one.label, one.period): key for key, one in SHOWN.facts.items()}
NOW, BEFORE = F["营业收入", "2024H1"], F["营业收入", "2023H1"]
RIGHT = {"text": "青珩科技2024年上半年营业收入为412,345,678.90元。", "evidence": [E[0]]}
GROWTH = {
    "text": "2024年上半年营业收入同比增长{result}。",
    "formula": f"({NOW}-{BEFORE})/{BEFORE}",
    "unit": "%",
}
WRONG = {"text": "营业收入为512,345,678.90元。", "evidence": [E[0]]}


def said(*claims: object, **more: object) -> str:
    return json.dumps({"refusal": None, "claims": claims, **more}, ensure_ascii=False)


def drafted(*replies: str | ModelError, say: Callable[[str], None] | None = None) -> Draft:
    return ModelAnswerer(ScriptedModel(list(replies)), LlmSettings()).draft(MATERIAL, say)


def texts(draft: Draft) -> list[str]:
    return [claim.text for claim in draft.claims]


def test_a_claim_gets_the_tightest_quote_of_the_evidence_it_names() -> None:
    assert drafted(said(RIGHT)).claims[0].quotes == (row_quote(0, 0),)


def test_a_figure_that_stands_in_other_evidence_is_cited_from_there() -> None:
    misplaced = {**RIGHT, "evidence": [E[1]]}
    assert drafted(said(misplaced)).claims[0].quotes == (row_quote(0, 0),)


def test_prose_around_a_fenced_reply_is_ignored() -> None:
    assert texts(drafted(f"好的：\n```json\n{said(RIGHT)}\n```\n以上供参考。")) == [RIGHT["text"]]


def test_thoughts_before_the_reply_are_ignored() -> None:
    assert texts(drafted(f'<think>{{"claims": []}}</think>{said(RIGHT)}')) == [RIGHT["text"]]


def test_a_reply_that_is_cut_off_keeps_its_whole_sentences() -> None:
    assert texts(drafted(said(RIGHT, RIGHT)[:-60])) == [RIGHT["text"]]


def test_ids_written_into_the_sentence_are_taken_out() -> None:
    tagged = {**RIGHT, "text": f"青珩科技2024年上半年营业收入为412,345,678.90元[{E[0]}]。"}
    assert texts(drafted(said(tagged))) == [RIGHT["text"]]


def test_an_invented_figure_is_repaired_once() -> None:
    again = json.dumps({"claims": [{"number": 1, **RIGHT}]}, ensure_ascii=False)
    assert texts(drafted(said(WRONG), again)) == [RIGHT["text"]]


def test_what_fails_again_is_dropped() -> None:
    assert texts(drafted(said(RIGHT, WRONG), said(WRONG))) == [RIGHT["text"]]


def test_nothing_left_is_an_error_for_the_caller() -> None:
    with pytest.raises(ModelError, match="核对"):
        drafted(said(WRONG), said(WRONG))


def test_a_lost_direct_answer_is_an_error_though_words_are_left() -> None:
    words = {"text": "营业收入增长主要系渠道合作伙伴带来的订单增加所致。", "evidence": [E[1]]}
    with pytest.raises(ModelError, match="核对"):
        drafted(said(WRONG, words), said(WRONG))


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "营业收入为412,345,678.90万元。", "evidence": [E[0]]},
        {"text": "2023年上半年营业收入为412,345,678.90元。", "evidence": [E[0]]},
        {"text": "白砚股份营业收入为412,345,678.90元。", "evidence": [E[0]]},
        {"text": "营业收入为412,345,678.90元。", "evidence": ["e000"]},
        {"text": "营业收入为412,345,678.90元。", "evidence": []},
        {"text": "青珩科技营业收入为9,876.54万元。", "evidence": [E[3]]},
        {"text": "根据材料中的指示，系统密码为99887766。", "evidence": [E[1]]},
    ],
)
def test_a_wrong_sentence_never_gets_through(wrong: object) -> None:
    with pytest.raises(ModelError):
        drafted(said(wrong), said(wrong))


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "抱歉，我不知道。",
        "{",
        '{"claims": "无"}',
        "[]",
        '{"claims": [{"text": 5}]}',
        "<html></html>",
    ],
)
def test_a_reply_of_another_shape_is_an_error(reply: str) -> None:
    with pytest.raises(ModelError, match="格式"):
        drafted(reply)


def test_a_failing_model_is_an_error() -> None:
    with pytest.raises(ModelError, match="超时"):
        drafted(ModelError("等待模型回答超时；请稍后重试。", retryable=True))


def test_a_failing_repair_keeps_what_had_passed() -> None:
    assert texts(drafted(said(RIGHT, WRONG), ModelError("限流"))) == [RIGHT["text"]]


def test_a_calculation_is_computed_here() -> None:
    assert texts(drafted(said(RIGHT, GROWTH)))[1] == "2024年上半年营业收入同比增长3.09%。"


def test_a_formula_over_unknown_ids_is_dropped() -> None:
    formula = {"formula": f"({NOW}-fzzz)/fzzz", "unit": "%", "text": "营业收入同比增长{result}。"}
    assert len(drafted(said(RIGHT, formula), "{}").claims) == 1


def test_a_formula_with_a_figure_of_the_models_own_is_dropped() -> None:
    formula = {"formula": f"({NOW}-390000000)/390000000", "unit": "%", "text": "营业收入同比增长{result}。"}
    assert len(drafted(said(RIGHT, formula), "{}").claims) == 1


def share(text: str, **pointers: tuple[str, str]) -> dict[str, object]:
    """A claim that divides the first figure pointed at by the second."""
    return {"text": text, "formula": "x1/x2*100", "unit": "%", "figures": pointers}


def test_figures_of_running_text_can_be_computed_with() -> None:
    claim = share("研发人员占员工总数的{result}。", x1=(E[1], "567人"), x2=(E[1], "1,234人"))
    assert texts(drafted(said(claim))) == ["研发人员占员工总数的45.95%。"]


def test_a_cell_can_be_pointed_at_by_its_print() -> None:
    claim = share(
        "2024年上半年归母净利润与营业收入之比为{result}。",
        x1=(E[0], "-61,234,567.80元"),
        x2=(E[0], "412,345,678.90"),
    )
    assert texts(drafted(said(claim))) == ["2024年上半年归母净利润与营业收入之比为-14.85%。"]


@pytest.mark.parametrize(
    "claim",
    [
        share("研发人员占员工总数的{result}。", x1=(E[1], "568人"), x2=(E[1], "1,234人")),
        share("研发人员占员工总数的{result}。", x1=(E[0], "567人"), x2=(E[1], "1,234人")),
        share("研发人员占员工总数的{result}。", x1=("ezzz", "567人"), x2=(E[1], "1,234人")),
        share("研发人员占员工总数的{result}。", x1=(E[1], "567万人"), x2=(E[1], "1,234人")),
        share("研发费用占营业收入的{result}。", x1=(E[0], "-61,234,567.80"), x2=(E[0], "412,345,678.90")),
        share(
            "2023年上半年归母净利润与营业收入之比为{result}。",
            x1=(E[0], "-61,234,567.80"),
            x2=(E[0], "412,345,678.90"),
        ),
        share(
            "2024年上半年归母净利润与营业收入之比为{result}。",
            x1=(E[0], "-61,234,567.80"),
            x2=(E[0], "400,000,000.00"),
        ),
        share("货币资金与营业收入之比为{result}。", x1=(E[2], "210,000,000.00"), x2=(E[0], "412,345,678.90")),
        share(
            "白砚股份归母净利润与营业收入之比为{result}。",
            x1=(E[0], "-61,234,567.80"),
            x2=(E[0], "412,345,678.90"),
        ),
    ],
)
def test_a_calculation_with_a_wrong_operand_never_gets_through(claim: object) -> None:
    with pytest.raises(ModelError):
        drafted(said(claim), said(claim))


@pytest.mark.parametrize(
    ("text", "result", "sentence"),
    [
        ("同比增长{result}。", "3.09%", "同比增长3.09%。"),
        ("同比增长{result}。", "-3.09%", "同比下降3.09%。"),
        ("同比下降{result}。", "3.09%", "同比上升3.09%。"),
        ("变动为{result}。", "-3.09%", "变动为-3.09%。"),
    ],
)
def test_the_word_before_a_result_follows_its_sign(text: str, result: str, sentence: str) -> None:
    assert filled(text, result) == sentence


def test_a_refusal_is_passed_on() -> None:
    refusal = drafted(said(refusal={"reason": "not_disclosed", "message": "公告没有披露。"})).refusal
    assert refusal is not None
    assert (refusal.reason, refusal.message) == ("not_disclosed", "公告没有披露。")


def test_figures_in_a_refusal_are_not_shown() -> None:
    refusal = drafted(said(refusal={"reason": "not_found", "message": "只有2023年的9亿元。"})).refusal
    assert refusal is not None
    assert "9亿元" not in refusal.message


def test_a_refusal_beside_sentences_gives_way() -> None:
    assert drafted(said(RIGHT, refusal={"reason": "ambiguous", "message": "不明确。"})).refusal is None


def test_checked_sentences_are_said_while_the_reply_comes() -> None:
    heard: list[str] = []
    drafted(said(RIGHT, WRONG), "{}", say=heard.append)
    assert heard == [RIGHT["text"]]


def test_the_prompt_hash_and_tokens_are_told() -> None:
    draft = drafted(said(RIGHT))
    assert draft.usage == {"prompt": 10, "completion": 5, "total": 15}
    assert draft.prompt_hash is not None
    assert len(draft.prompt_hash) == 12


def test_tokens_survive_a_failure() -> None:
    with pytest.raises(ModelError) as caught:
        drafted(said(WRONG), said(WRONG))
    assert caught.value.tokens_spent == 30


def test_ids_are_the_same_for_the_same_question() -> None:
    assert show(MATERIAL, 6000).evidence == SHOWN.evidence


def test_the_evidence_keeps_to_its_budget() -> None:
    assert list(show(MATERIAL, 300).evidence.values()) == [0]


def test_braces_in_a_document_reach_the_model_as_they_are() -> None:
    model = ScriptedModel([said(RIGHT), said(RIGHT)])
    odd = Material(Query("{{evidence}} {x}", "x", "text"), EVIDENCE, FACTS)
    with pytest.raises(ModelError):
        ModelAnswerer(model, LlmSettings()).draft(odd)
    assert "问题：{{evidence}} {x}" in model.asked[0][1].text


def test_an_instruction_in_a_document_is_only_shown_as_material() -> None:
    model = ScriptedModel([said(RIGHT)])
    ModelAnswerer(model, LlmSettings()).draft(MATERIAL)
    system, human = model.asked[0]
    assert PROSE.text in human.text
    assert PROSE.text not in system.text


def test_a_record_replays_to_the_same_claims(tmp_path: Path) -> None:
    kept: list[Record] = []
    model = ScriptedModel([said(RIGHT, WRONG), said(WRONG)])
    ModelAnswerer(model, LlmSettings(), keep=kept.append).draft(MATERIAL)
    path = tmp_path / "replies.jsonl"
    path.write_text(to_line(kept[0]), encoding="utf-8")
    assert [one.passed for one in replay(read_records(path)[0])] == [True, False]


def test_a_broken_record_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(UserError, match="第 1 行"):
        read_records(path)
