"""循据 Xunju: answers about listed companies' filings, each sentence with the page that says it."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answering.answer import Answer, Citation, Figure, Refusal
    from rag.answering.as_json import hit_json, to_json
    from rag.answering.converse import Conversations, RecordedTurn
    from rag.answering.from_json import from_json
    from rag.answering.printed import PrintedFact
    from rag.answering.prompted import PromptedModel
    from rag.assemble import Assistant, check_model, open_assistant, open_prompted, rebuild_index
    from rag.errors import FilingError, ModelError, StoreError, UserError, XunjuError
    from rag.filings.filing import Filing
    from rag.filings.page import Span
    from rag.ingest.pipeline import SUFFIXES, Ingested, find_files
    from rag.resources import sample_folder
    from rag.retrieval.evidence import Hit
    from rag.retrieval.question import Filters, Turn
    from rag.settings import Settings
    from rag.store.conversations import Conversation
    from rag.store.feedback import Feedback
    from rag.structure.correction import Correction
    from rag.summarizing.card import Card
    from rag.summarizing.card_json import card_json
    from rag.summarizing.wish import SummaryRequest

__all__ = [
    "SUFFIXES",
    "Answer",
    "Assistant",
    "Card",
    "Citation",
    "Conversation",
    "Conversations",
    "Correction",
    "Feedback",
    "Figure",
    "Filing",
    "FilingError",
    "Filters",
    "Hit",
    "Ingested",
    "ModelError",
    "PrintedFact",
    "PromptedModel",
    "RecordedTurn",
    "Refusal",
    "Settings",
    "Span",
    "StoreError",
    "SummaryRequest",
    "Turn",
    "UserError",
    "XunjuError",
    "card_json",
    "check_model",
    "find_files",
    "from_json",
    "hit_json",
    "open_assistant",
    "open_prompted",
    "rebuild_index",
    "sample_folder",
    "to_json",
]

# Loaded at first use: all of them together take half a second, more than a whole `xunju --help`.
_HOMES = {
    "rag.answering.answer": ("Answer", "Citation", "Figure", "Refusal"),
    "rag.answering.as_json": ("hit_json", "to_json"),
    "rag.answering.converse": ("Conversations", "RecordedTurn"),
    "rag.answering.from_json": ("from_json",),
    "rag.answering.printed": ("PrintedFact",),
    "rag.answering.prompted": ("PromptedModel",),
    "rag.assemble": ("Assistant", "check_model", "open_assistant", "open_prompted", "rebuild_index"),
    "rag.errors": ("FilingError", "ModelError", "StoreError", "UserError", "XunjuError"),
    "rag.filings.filing": ("Filing",),
    "rag.filings.page": ("Span",),
    "rag.ingest.pipeline": ("SUFFIXES", "Ingested", "find_files"),
    "rag.resources": ("sample_folder",),
    "rag.retrieval.evidence": ("Hit",),
    "rag.retrieval.question": ("Filters", "Turn"),
    "rag.settings": ("Settings",),
    "rag.store.conversations": ("Conversation",),
    "rag.store.feedback": ("Feedback",),
    "rag.structure.correction": ("Correction",),
    "rag.summarizing.card": ("Card",),
    "rag.summarizing.card_json": ("card_json",),
    "rag.summarizing.wish": ("SummaryRequest",),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
