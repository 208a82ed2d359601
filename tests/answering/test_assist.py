from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.answering.assist import Desk, answer_question, gather
from rag.answering.calc_answer import Calculator
from rag.answering.draft import Draft, Material
from rag.answering.extract import ExtractiveAnswerer
from rag.answering.relevance import needs_of
from rag.checking.claim import Claim, Quote
from rag.errors import ModelError
from rag.filings.page import Page
from rag.retrieval.corpus import Corpus
from rag.retrieval.question import Asked
from rag.retrieval.search import Retriever
from rag.retrieval.understand import about, understand
from rag.settings import Settings
from rag.store.index import FilingIndex
from tests.answering.invented import filing
from tests.fakes import DIMENSION, some_vectors

REVENUE = "2024年上半年营业收入是多少？"


class FakeEmbedder:
    """The same vectors for any text."""

    name, dimension = "tiny", DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return some_vectors(len(texts))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return some_vectors(len(texts))


@dataclass
class Scripted:
    """An answerer that says what it is told to."""

    made: Draft | ModelError
    name: str = "model:scripted"
    asked: list[Material] = field(default_factory=list)

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        self.asked.append(material)
        if isinstance(self.made, ModelError):
            raise self.made
        return self.made


@dataclass
class Pages:
    """The index's pages."""

    index: FilingIndex

    def page(self, filing_id: str, position: int) -> Page:
        found = self.index.page(filing_id, position)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk") / "index"
    with FilingIndex.open(folder, embedder_name="tiny", dimension=DIMENSION, create=True) as index:
        with index.writing("1") as writer:
            writer.add(filing(), b"report", some_vectors(len(filing().passages)))
        settings, corpus = Settings(), Corpus(index)
        retriever = Retriever(index, FakeEmbedder(), settings.retrieval)
        calculator = Calculator(
            lambda query: gather(index, retriever, query), lambda query: needs_of(query, corpus), about
        )
        extractive = ExtractiveAnswerer(corpus, calculator)
        yield Desk(index, corpus, retriever, settings.answer, Pages(index), extractive)


def test_a_question_gets_a_checked_answer(desk: Desk) -> None:
    answer = answer_question(desk, Asked(REVENUE), [desk.extractive])
    assert "412,345,678.90元" in answer.answer
    assert (answer.answerer, answer.refusal) == ("extractive", None)


def test_an_answer_tells_how_long_it_took(desk: Desk) -> None:
    answer = answer_question(desk, Asked(REVENUE), [desk.extractive])
    assert {"search", "total"} <= set(answer.elapsed_ms)


def test_an_answer_names_the_state_it_comes_from(desk: Desk) -> None:
    answer = answer_question(desk, Asked(REVENUE), [desk.extractive])
    assert answer.index_generation == desk.index.generation


def test_a_failing_model_is_told_and_done_without(desk: Desk) -> None:
    model = Scripted(ModelError("模型没有回应。", tokens_spent=7))
    answer = answer_question(desk, Asked(REVENUE), [model, desk.extractive])
    assert answer.answerer == "extractive"
    assert any("模型没有回应" in warning for warning in answer.warnings)


def test_tokens_spent_in_vain_are_told(desk: Desk) -> None:
    model = Scripted(ModelError("模型没有回应。", tokens_spent=7))
    answer = answer_question(desk, Asked(REVENUE), [model, desk.extractive])
    assert answer.usage == {"total": 7}


def test_a_claim_that_fails_the_check_is_not_said(desk: Desk) -> None:
    made_up = Draft((Claim("营业收入为999,999,999.00元。", (Quote(0, 0, 4),)),))
    answer = answer_question(desk, Asked(REVENUE), [Scripted(made_up), desk.extractive])
    assert "999,999,999" not in answer.answer
    assert "412,345,678.90元" in answer.answer
    assert any("没有通过核对" in warning for warning in answer.warnings)


def test_nothing_that_passes_is_a_refusal(desk: Desk) -> None:
    made_up = Draft((Claim("营业收入为999,999,999.00元。", (Quote(0, 0, 4),)),))
    answer = answer_question(desk, Asked(REVENUE), [Scripted(made_up)])
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_disclosed"


def test_a_question_that_fits_no_filing_asks_no_model(desk: Desk) -> None:
    model = Scripted(Draft())
    answer = answer_question(desk, Asked("600123的营业收入是多少？"), [model])
    assert answer.refusal is not None
    assert (answer.refusal.reason, model.asked) == ("not_found", [])


def test_an_opening_that_no_filing_says_is_an_unknown_company(desk: Desk) -> None:
    answer = answer_question(desk, Asked("墨白股份2024年上半年营业收入是多少？"), [desk.extractive])
    assert answer.refusal is not None
    assert "墨白股份" in answer.refusal.message


def test_a_refusal_shows_the_nearest_passages(desk: Desk) -> None:
    answer = answer_question(desk, Asked("商誉是多少？"), [desk.extractive])
    assert answer.refusal is not None
    assert [hit.rank for hit in answer.nearest] == list(range(1, len(answer.nearest) + 1))
    assert len(answer.nearest) == desk.settings.nearest


def test_the_statements_of_a_line_item_are_always_evidence(desk: Desk) -> None:
    query = understand(Asked("2024年6月末货币资金是多少？"), desk.index.filings())
    held = gather(desk.index, desk.retriever, query)
    shown = {piece.passage.id for piece in held.evidence}
    assert {fact.passage_id for fact in held.facts if fact.statement != "other"} <= shown


def test_no_passage_is_evidence_twice(desk: Desk) -> None:
    query = understand(Asked(REVENUE), desk.index.filings())
    shown = [piece.passage.id for piece in gather(desk.index, desk.retriever, query).evidence]
    assert len(shown) == len(set(shown))
