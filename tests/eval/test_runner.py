"""A run over one small filing: scored, kept, resumed only where nothing has changed, wrong questions survived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval import corpus
from eval.corpus import index_for
from eval.gold import GoldSet
from eval.results import read_run
from eval.runner import Order, run
from eval.sets import Asked, shelf_of
from eval.worker import filters_of
from rag import Settings, UserError
from tests.eval.makers import a_question

TEXT = """甲乙股份有限公司2024年半年度报告
证券代码：600000 证券简称：甲乙股份
第一节 公司简介
报告期内，公司实现营业收入1,234.56万元，同比增长12.30%。公司共有员工321名。
"""


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Order]:
    folder = tmp_path_factory.mktemp("filings")
    path = folder / "甲乙.txt"
    path.write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    quote = {"document": digest, "file": path.name, "quote": "公司实现营业收入1,234.56万元"}
    questions = (
        a_question(evidence=[quote], question="甲乙股份2024年上半年营业收入是多少"),
        a_question(id="q-2", evidence=[quote], company="没有这家公司"),
    )
    patch = pytest.MonkeyPatch()
    patch.setattr(corpus.index_for, "__defaults__", (tmp_path_factory.mktemp("cache"),))
    gold = GoldSet("甲", Path("甲.jsonl"), "x", questions)
    yield Order((Asked(gold, shelf_of([folder])),), Settings(), "test", workers=1)
    patch.undo()


def test_questions_are_scored_and_errors_stay_in_their_place(order: Order, tmp_path: Path) -> None:
    done = run(order, tmp_path)
    first, second = read_run(done.folder).results
    assert first.scores["correct"] == 1.0
    assert (second.error or "").startswith("user: ")
    assert second.scores["correct"] == 0.0


def test_a_run_says_what_was_run(order: Order, tmp_path: Path) -> None:
    card = run(order, tmp_path).card
    assert [used.file for used in card.filings] == ["甲乙.txt"]
    assert card.prompt_hashes
    assert card.finished
    assert "api_key" not in card.settings["llm"]


def test_search_alone_has_no_scores_of_answers(order: Order, tmp_path: Path) -> None:
    first, _ = run(replace(order, mode="retrieval"), tmp_path).results
    assert first.answer is None
    assert first.scores["recall@1"] == 1.0
    assert "correct" not in first.scores


def test_the_same_run_twice_gives_the_same_answers(order: Order, tmp_path: Path) -> None:
    once, again = (run(replace(order, name=name), tmp_path).results for name in ("a", "b"))
    without_time = [{n: s for n, s in r.scores.items() if "latency" not in n} for r in (*once, *again)]
    assert without_time[:2] == without_time[2:]


def test_a_run_of_other_settings_is_not_taken_up(order: Order, tmp_path: Path) -> None:
    folder = run(order, tmp_path).folder
    before = (folder / "answers.jsonl").read_bytes()
    retrieval = order.settings.retrieval.model_copy(update={"top_k": 3})
    other = replace(order, settings=order.settings.model_copy(update={"retrieval": retrieval}))
    with pytest.raises(UserError, match="settings 不同"):
        run(other, tmp_path, resume=folder)
    assert (folder / "answers.jsonl").read_bytes() == before


def test_a_finished_question_is_not_asked_again(order: Order, tmp_path: Path) -> None:
    folder = run(order, tmp_path).folder
    run(order, tmp_path, resume=folder)
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3  # the question that ended in an error is tried once more


def test_an_index_is_made_once(order: Order, tmp_path: Path) -> None:
    told: list[str] = []
    shelf = order.asked[0].shelf
    first = index_for(shelf, order.settings, told.append, tmp_path)
    assert (index_for(shelf, order.settings, told.append, tmp_path), len(told)) == (first, 1)


def test_a_filing_that_cannot_be_read_leaves_no_index(order: Order, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"空\.txt"):
        index_for(shelf_of([empty]), order.settings, lambda _: None, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_gold_filing_is_fixed_where_only_answering_is_measured() -> None:
    assert filters_of(a_question(), given_filing=True).filing == "甲公司.txt"
    assert filters_of(a_question(), given_filing=False).filing == ""
