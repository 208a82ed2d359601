"""The model answerer of the settings, or one that tells why there is none."""

from __future__ import annotations

from collections.abc import Callable

from rag.answering.draft import Answerer, Draft, Material
from rag.errors import ModelError
from rag.settings import Settings


class Unopened:
    """Stands in for a model that could not be opened, so that the question is answered without it."""

    name = "model"

    def __init__(self, error: ModelError) -> None:
        self._error = error

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """Raises the error that opening met."""
        raise self._error


def open_answerer(settings: Settings) -> Answerer:
    """The answerer of the configured model; where it cannot be opened, one that raises why at each draft."""
    from rag.answering.generate import ModelAnswerer
    from rag.models.chat import open_chat

    try:
        return ModelAnswerer(open_chat(settings.llm), settings.llm, settings.answer)
    except ModelError as error:
        return Unopened(error)
