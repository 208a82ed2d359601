from __future__ import annotations

from dataclasses import replace

import pytest

from rag.filings.page import Span
from rag.filings.passage import Passage, PassageKind, Row, passage_id
from rag.retrieval.question import Query, Term
from rag.retrieval.rerank import WEIGHTS, features, rerank
from rag.retrieval.windows import Window

FILING = "ab" * 32
ASKED = Query("应收账款增加的原因", "应收账款增加的原因", "why", line_items=("accounts_receivable",))


def a_window(text: str, ordinal: int = 0, kind: PassageKind = "prose", **changed: object) -> Window:
    passage = Passage(
        passage_id(FILING, ordinal), FILING, ordinal, kind, ("第三节",), (Span(1, 0, len(text)),), text
    )
    passage = replace(passage, **changed)  # type: ignore[arg-type]
    return Window(passage, (passage,), {passage.id: 0.5})


def test_every_weight_has_its_feature() -> None:
    (row,) = features(ASKED, [a_window("应收账款")])
    assert row.keys() == WEIGHTS.keys()


def test_a_reason_counts_where_reasons_are_asked_for() -> None:
    texts = ["应收账款较期初增加20%，主要系销售规模扩大所致。", "应收账款较期初增加20%，期末余额为100万元。"]
    best, _ = rerank(ASKED, [a_window(text, n) for n, text in enumerate(reversed(texts))])
    assert best[0].text == texts[0]


def test_a_reason_for_another_matter_counts_nothing() -> None:
    (row,) = features(ASKED, [a_window("销售费用增加，主要系人员增加所致。")])
    assert row["reason"] == 0


def test_a_row_of_the_line_item_asked_for_counts() -> None:
    text = "应收账款 1,200.00"
    window = a_window(text, kind="table", rows=(Row("应收账款", 0, len(text), ()),))
    assert features(ASKED, [window])[0]["item"] == 1


@pytest.mark.parametrize(("scope", "value"), [("parent", 1.0), (None, -1.0)])
def test_parent_company_figures_count_for_or_against(scope: str | None, value: float) -> None:
    query = replace(ASKED, scope=scope)  # type: ignore[arg-type]
    assert features(query, [a_window("应收账款", scope="parent")])[0]["scope"] == value


def test_a_date_counts_where_a_date_is_asked_for() -> None:
    query = Query(
        "哪天过户", "哪天过户", "text", expects=(frozenset({"日期"}),), terms=(Term("过户", 1.0, True),)
    )
    first, second = features(query, [a_window("于2024年3月5日完成过户"), a_window("过户手续办理完毕", 1)])
    assert (first["unit"], second["unit"]) == (1, 0)


def test_rare_words_weigh_more_than_words_that_all_say() -> None:
    query = Query("q", "q", "text", terms=(Term("产品", 1.0, True), Term("防火墙", 1.0, True)))
    windows = [a_window(text, n) for n, text in enumerate(["产品与服务", "防火墙", "产品目录", "产品介绍"])]
    said = [row["says"] for row in features(query, windows)]
    assert said[1] > said[0]


def test_nothing_found_stays_nothing() -> None:
    assert rerank(ASKED, []) == []
