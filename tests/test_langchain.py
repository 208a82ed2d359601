from __future__ import annotations

from collections.abc import Iterator

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.prompt_values import PromptValue

from examples.langchain_chain import PROMPT, chain
from rag import Assistant, Filters, Settings, open_assistant, sample_folder
from rag.ingest import pipeline
from rag.langchain import XunjuRetriever, answering
from rag.reading.read import read_file

QUESTION = "珀宁医疗存货余额年末的目标是多少"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings()
    place = settings.index.model_copy(update={"path": tmp_path_factory.mktemp("langchain") / "index"})
    opened = open_assistant(settings.model_copy(update={"index": place}), create=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "read_guarded", read_file)
        list(opened.ingest([sample_folder() / "boning_2024_evaluation.txt"]))
    yield opened
    opened.close()


def test_documents_are_the_hits_of_a_search(assistant: Assistant) -> None:
    documents = XunjuRetriever(assistant=assistant, top_k=3).invoke(QUESTION)
    hits = assistant.search(QUESTION, top_k=3)
    assert [(d.id, d.page_content) for d in documents] == [(hit.passage_id, hit.text) for hit in hits]


def test_a_document_says_where_it_stands(assistant: Assistant) -> None:
    document = XunjuRetriever(assistant=assistant).invoke(QUESTION)[0]
    assert document.metadata["company"] == "珀宁医疗科技股份有限公司"
    assert document.metadata["page"] >= 1


def test_a_retriever_may_be_limited_to_a_filing(assistant: Assistant) -> None:
    limited = XunjuRetriever(assistant=assistant, filing="boning_2024_evaluation.txt", top_k=1)
    assert len(limited.invoke("存货")) == 1


def test_answers_come_as_json_values_from_a_runnable(assistant: Assistant) -> None:
    reply = answering(assistant, Filters()).invoke(QUESTION)
    assert reply["question"] == QUESTION
    assert reply["citations"]


def test_the_example_gives_the_model_the_passages(assistant: Assistant) -> None:
    seen: list[str] = []

    class Listening(FakeListChatModel):
        def invoke(self, input: object, *args: object, **kwargs: object) -> object:  # noqa: A002
            assert isinstance(input, PromptValue)
            seen.append(input.to_string())
            return super().invoke(input, *args, **kwargs)  # type: ignore[arg-type]

    assert (
        chain(assistant, Listening(responses=["一亿五千万元以内。"])).invoke(QUESTION) == "一亿五千万元以内。"
    )
    assert "15,000万元" in seen[0]
    assert PROMPT.input_variables == ["passages", "question"]
