"""A LangChain chain of one's own over the filings: retriever, prompt, any chat model.

    python examples/langchain_chain.py "澜图工软上半年营业收入是多少"

uses the model that LANGCHAIN_MODEL names (as `init_chat_model` takes it), and prints its reply.  A reply
made this way is not checked; `rag.langchain.answering` gives the checked answer instead.
"""

import os
import sys

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnablePassthrough

from rag import Assistant, open_assistant
from rag.langchain import XunjuRetriever

PROMPT = ChatPromptTemplate.from_template(
    "只依据下列原文回答，并写明出处。\n\n{passages}\n\n问题：{question}"
)


def chain(assistant: Assistant, model: BaseChatModel) -> Runnable[str, str]:
    """From a question to the model's reply over the five nearest passages."""
    retriever = XunjuRetriever(assistant=assistant, top_k=5)
    given = {"passages": retriever | _listed, "question": RunnablePassthrough()}
    return given | PROMPT | model | StrOutputParser()


def _listed(documents: list[Document]) -> str:
    return "\n\n".join(
        f"【{document.metadata['company']} {document.metadata['period']} 第{document.metadata['page']}页】"
        f"{document.page_content}"
        for document in documents
    )


if __name__ == "__main__":
    from langchain.chat_models import init_chat_model

    print(chain(open_assistant(), init_chat_model(os.environ["LANGCHAIN_MODEL"])).invoke(sys.argv[1]))
