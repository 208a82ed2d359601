"""What was written as JSON comes back as the same answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rag.answering.answer import Answer, Refusal
from rag.answering.as_json import to_json
from rag.answering.from_json import from_json
from tests.answering.test_as_json import ANSWER

REFUSED = replace(ANSWER, answer="", refusal=Refusal("not_disclosed", "没有披露", ("第三节",), ("甲",)))
BY_MODEL = replace(
    ANSWER,
    answerer="model:m",
    usage={"total": 3},
    elapsed_ms={"total": 4},
    warnings=("注意",),
    prompt_hash="ab",
)


@pytest.mark.parametrize("answer", [ANSWER, REFUSED, BY_MODEL, Answer("问", "答。")])
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert from_json(json.loads(json.dumps(to_json(answer)))) == answer


def test_what_is_not_known_is_left_aside() -> None:
    shown = to_json(ANSWER) | {"later": 1}
    shown["citations"] = [citation | {"standing": "moved"} for citation in shown["citations"]]  # type: ignore[attr-defined]
    assert from_json(shown) == ANSWER


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="question"):
        from_json({"answer": 1})
