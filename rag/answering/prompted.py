"""One prompt bound to one language model: values in, reply out; for tasks that are no answering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.answering.prompts import Prompt
from rag.models.chain import Chain, answer_chain
from rag.models.chat import LanguageModel


@dataclass(frozen=True, slots=True)
class PromptedModel:
    """A model that is asked one thing only; what is sent is the prompt with its placeholders filled."""

    prompt: Prompt
    language_model: LanguageModel

    @property
    def name(self) -> str:
        """The model's name as configured."""
        return self.language_model.name

    @property
    def prompt_hash(self) -> str:
        """The hash of the prompt's file, to be kept with whatever comes of the reply."""
        return self.prompt.hash

    def reply(self, values: Mapping[str, str]) -> str:
        """The model's words; KeyError where a placeholder has no value, ModelError where the model fails."""
        wanted = {name: values[name] for name in self.prompt.placeholders}
        chain: Chain[Mapping[str, str], str] = answer_chain(
            self.prompt.turns, dict, self.language_model.reply, lambda reply: reply.text
        )
        return chain.invoke(wanted)
