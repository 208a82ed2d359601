"""The answer as JSON has the shape that files and faces rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from rag.answering.answer import Alternative, Answer, Calculation, Citation, Figure, Refusal
from rag.answering.as_json import to_json
from rag.filings.source import Source
from rag.retrieval.evidence import Hit

SOURCE = Source(
    "ab" * 32, "甲.txt", "甲公司半年报", "甲公司", "688999", "2024H1", "half_year", ("第二节",), 7, "7"
)
FIGURE = Figure(
    "1.50亿元", Decimal("1.50"), "亿元", "revenue", "2024H1", "consolidated", 1, "cell", "主要会计数据"
)
ANSWER = Answer(
    "问",
    "答[1]。",
    "q1",
    citations=(Citation(1, SOURCE, "原文", 3, 5, ((7, 1.0, 2.0, 3.0, 4.0),), "/v/ab"),),
    figures=(FIGURE,),
    calculation=Calculation("a ÷ b", (FIGURE,), FIGURE),
    alternatives=(Alternative("母公司口径", "另一句", 1),),
    nearest=(Hit(1, 0.5, "近", SOURCE, 0, 1),),
)


def test_the_top_level_has_every_key_of_the_contract() -> None:
    assert list(to_json(ANSWER)) == [
        "id",
        "question",
        "answer",
        "refused",
        "refusal",
        "citations",
        "figures",
        "calculation",
        "nearest",
        "alternatives",
        "suggestions",
        "answerer",
        "generated_by_ai",
        "usage",
        "warnings",
        "elapsed_ms",
        "index_generation",
        "prompt_hash",
    ]


def test_a_citation_is_flat() -> None:
    citation = json.loads(json.dumps(to_json(ANSWER)["citations"]))[0]
    assert (citation["source"], citation["page"], citation["rects"]) == (
        "甲.txt",
        7,
        [[7, 1.0, 2.0, 3.0, 4.0]],
    )


def test_decimals_are_strings_with_their_printed_places() -> None:
    figures = json.loads(json.dumps(to_json(ANSWER)["figures"]))
    assert figures[0]["value"] == "1.50"


def test_a_large_decimal_is_written_without_exponent() -> None:
    large = replace(ANSWER, figures=(replace(FIGURE, value=Decimal("1E+9")),))
    assert json.loads(json.dumps(to_json(large)["figures"]))[0]["value"] == "1000000000"


def test_an_answer_is_not_refused() -> None:
    assert (to_json(ANSWER)["refused"], to_json(ANSWER)["refusal"]) == (False, None)


def test_a_refusal_tells_reason_and_places() -> None:
    refused = to_json(replace(ANSWER, refusal=Refusal("not_disclosed", "没有披露", ("第三节",))))
    assert refused["refused"] is True
    assert refused["refusal"] == {
        "reason": "not_disclosed",
        "message": "没有披露",
        "searched": ["第三节"],
        "options": [],
    }


def test_a_model_answer_says_that_it_was_generated() -> None:
    assert to_json(replace(ANSWER, answerer="model:m"))["generated_by_ai"] is True


def test_a_hit_carries_where_it_stands() -> None:
    hit = json.loads(json.dumps(to_json(ANSWER)["nearest"]))[0]
    assert (hit["rank"], hit["text"], hit["page"], hit["filing_id"]) == (1, "近", 7, "ab" * 32)
