"""循据 Xunju: answers about listed companies' filings, each sentence with the page that says it."""

from rag.answering.answer import Answer, Citation, Figure, Refusal
from rag.assemble import Assistant, open_assistant, rebuild_index
from rag.errors import FilingError, ModelError, StoreError, UserError, XunjuError
from rag.filings.filing import Filing
from rag.retrieval.evidence import Hit
from rag.retrieval.question import Filters, Turn
from rag.settings import Settings

__all__ = [
    "Answer", "Assistant", "Citation", "Figure", "Filing", "FilingError", "Filters", "Hit", "ModelError", "Refusal",
    "Settings", "StoreError", "Turn", "UserError", "XunjuError", "open_assistant", "rebuild_index",
]
