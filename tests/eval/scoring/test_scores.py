"""What each measure gives for answers that are right, wrong in one way, refused or missing."""

from __future__ import annotations

import pytest

from eval.measures import BY_NAME
from eval.scoring.score import percentile, scores_of, totals
from tests.eval.makers import (
    FILING,
    OTHER,
    QUOTE,
    Sheets,
    a_hit,
    a_question,
    a_refusal,
    a_result,
    an_answer,
    cited,
    scored,
)

UNANSWERABLE = {
    "kind": "unanswerable",
    "values": [],
    "evidence": [],
    "unanswerable": True,
    "reason": "not_disclosed",
}


def test_a_right_answer_has_full_marks() -> None:
    scores = scored(a_question(), an_answer(), (a_hit(1, QUOTE),))
    assert {name: value for name, value in scores.items() if value != 1.0} == {}


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("净利润为-1,234.56万元[1]。", 1.0),
        ("净亏损1,234.56万元[1]。", 1.0),
        (
            "净利润1,234.56万元[1]。"
            + "另外，管理人员对业务的看法没有任何变化，各项工作照常进行，没有其他事项需要说明，费用减少。",
            0.0,
        ),
        ("净利润为99万元[1]。", None),
    ],
)
def test_a_loss_must_read_as_one_where_it_is_said(text: str, score: float | None) -> None:
    question = a_question(values=[{"value": "-1234.56", "unit": "万元"}])
    assert scored(question, an_answer(text)).get("sign") == score


def test_a_value_behind_the_cap_does_not_count() -> None:
    assert scored(a_question(), an_answer("啊" * 200 + "1,234.56万元[1]。"))["correct"] == 0.0


def test_every_group_of_words_must_occur() -> None:
    question = a_question(values=[], must_include=[["张三", "张先生"], ["李四"]])
    assert scored(question, an_answer("张先生和李四[1]。"))["correct"] == 1.0
    assert scored(question, an_answer("张先生[1]。"))["correct"] == 0.0


def test_a_question_without_a_result_scores_zero() -> None:
    scores = scores_of(a_question(), a_result(error="model: 超时"), Sheets(), mode="end_to_end")
    measured = {"correct", "citation_hit", "page_hit", "answered", "routing", "recall@10", "mrr", "ndcg@10"}
    assert {name for name in measured if scores[name] == 0.0} == measured


def test_a_refusal_of_an_answerable_question_is_wrong_and_imprecise() -> None:
    scores = scored(a_question(), a_refusal())
    assert (scores["correct"], scores["answered"], scores["refusal_precision"]) == (0.0, 0.0, 0.0)


def test_a_refusal_with_another_reason_is_recalled_only() -> None:
    scores = scored(a_question(**UNANSWERABLE), a_refusal("not_found"))
    assert (scores["correct"], scores["refusal_recall"], scores["refusal_reason"]) == (1.0, 1.0, 0.0)


def test_a_wrong_premise_may_be_put_right_where_that_is_accepted() -> None:
    question = a_question(**{**UNANSWERABLE, "reason": "unsupported_premise", "accept": "correct_or_refuse"})
    scores = scored(question, an_answer("前提有误：是亏损[1]。"))
    assert (scores["correct"], scores["refusal_reason"]) == (1.0, 1.0)


def test_all_evidence_must_be_cited_where_all_is_wanted() -> None:
    evidence = [
        {"document": FILING, "file": "甲公司.txt", "page": 7, "quote": QUOTE},
        {"document": FILING, "file": "甲公司.txt", "page": 8, "quote": "营业成本 600.00 500.00"},
    ]
    assert scored(a_question(evidence=evidence), an_answer())["citation_hit"] == 1.0
    assert scored(a_question(evidence=evidence, evidence_mode="all"), an_answer())["citation_hit"] == 0.0


@pytest.mark.parametrize(
    ("measure", "changed"),
    [
        ("quotes_verbatim", {"quote": QUOTE.replace("1,234", "1,243")}),
        ("page_exact", {"page": 8}),
        ("page_hit", {"page": 8}),
        ("routing", {"filing_id": OTHER}),
        ("citation_hit", {"filing_id": OTHER}),
        ("citation_support", {"quote": "营业成本 600.00 500.00"}),
    ],
)
def test_a_wrong_citation_costs_its_measure(measure: str, changed: dict[str, object]) -> None:
    assert scored(a_question(), an_answer(citations=[cited(**changed)]))[measure] == 0.0


def test_a_figure_without_a_quote_is_not_supported() -> None:
    text = "甲公司2024年上半年营业收入为1,234.56万元[1]。另有收入98,765.43万元。"
    assert scored(a_question(), an_answer(text))["citation_support"] == 0.5


def test_a_computed_figure_needs_no_quote_of_its_own() -> None:
    figures = [{"text": "23.46%", "value": "23.46", "unit": "%", "check": "computed"}]
    answer = an_answer("甲公司较上年同期增长23.46%[1]。", figures=figures)
    assert scored(a_question(), answer)["citation_support"] == 1.0


@pytest.mark.parametrize(("scope", "score"), [("parent", 0.0), ("consolidated", 1.0), ("", 1.0)])
def test_a_figure_of_the_other_scope_is_an_error(scope: str, score: float) -> None:
    figures = [{"text": "1,234.56万元", "value": "1234.56", "unit": "万元", "scope": scope}]
    assert scored(a_question(scope="合并"), an_answer(figures=figures))["scope"] == score


def test_another_year_is_an_error_of_period() -> None:
    figures = [{"text": "1,234.56万元", "value": "1234.56", "unit": "万元", "period": "2023H1"}]
    assert scored(a_question(), an_answer(figures=figures))["period"] == 0.0
    assert scored(a_question(), an_answer("甲公司2022年上半年营业收入为1,234.56万元[1]。"))["period"] == 0.0


def test_the_rank_of_the_gold_passage_counts() -> None:
    hits = (a_hit(1, "别的段落"), a_hit(2, f"主要会计数据 {QUOTE}"), a_hit(3, QUOTE, OTHER))
    scores = scored(a_question(), an_answer(), hits)
    assert (scores["recall@1"], scores["recall@5"], scores["mrr"]) == (0.0, 1.0, 0.5)


def test_a_search_without_hits_scores_zero() -> None:
    scores = scored(a_question(), an_answer(), ())
    assert (scores["recall@20"], scores["mrr"], scores["ndcg@10"]) == (0.0, 0.0, 0.0)


def test_tokens_cost_what_the_price_says() -> None:
    usage = {"prompt": 1_000_000, "completion": 500_000, "total": 1_500_000}
    result = a_result(an_answer(usage=usage))
    scores = scores_of(a_question(), result, Sheets(), mode="end_to_end", prices=(2.0, 8.0))
    assert (scores["tokens"], scores["cost"]) == (1_500_000.0, 6.0)


def test_totals_leave_out_what_does_not_apply() -> None:
    results = [a_result(scores={"correct": 1.0, "scope": None}), a_result(scores={"correct": 0.0})]
    assert totals(results) == {"correct": 0.5}


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0, 5.0], 50) == 3.0
    assert percentile([7.0], 95) == 7.0


def test_every_measure_says_what_it_is() -> None:
    assert [m.name for m in BY_NAME.values() if not (m.title and m.definition and m.source)] == []
