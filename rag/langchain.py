"""For LangChain: a retriever over the filings, and checked answers as a Runnable.

from rag import open_assistant
from rag.langchain import XunjuRetriever, answering

assistant = open_assistant()
documents = XunjuRetriever(assistant=assistant, top_k=5).invoke("核心技术人员有没有变动")
reply = answering(assistant).invoke("营业收入同比增长多少")        # the JSON object of `xunju ask --json`
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from rag import Assistant, Filters, Hit, hit_json, to_json


class XunjuRetriever(BaseRetriever):
    """The passages nearest to a question, best first, as LangChain documents.

    `page_content` is the window's text; `metadata` the rest of a search hit (`company`, `period`, `page`,
    `section`, `similarity` …), `id` its passage id.  `company`, `period` and `filing` limit the search.
    """

    assistant: Assistant
    top_k: int | None = None
    company: str = ""
    period: str = ""
    filing: str = ""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        filters = Filters(self.company, self.period, self.filing)
        return [_document(hit) for hit in self.assistant.search(query, top_k=self.top_k, filters=filters)]


def _document(hit: Hit) -> Document:
    metadata = {name: value for name, value in hit_json(hit).items() if name not in ("text", "passage_id")}
    return Document(hit.text, id=hit.passage_id, metadata=metadata)


def answering(assistant: Assistant, filters: Filters | None = None) -> Runnable[str, dict[str, object]]:
    """A Runnable from a question to its checked answer as JSON values, refusals included."""

    def answer(question: str) -> dict[str, object]:
        return to_json(assistant.answer(question, filters=filters))

    return RunnableLambda(answer, name="xunju")
