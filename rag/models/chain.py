"""The retrieval chain as a LangChain Runnable: what was found, prompt, chat model, parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from rag.models.chat import Message, Reply, Role

if TYPE_CHECKING:
    from langchain_core.prompt_values import PromptValue
    from langchain_core.runnables import Runnable

Found = TypeVar("Found")
Parsed = TypeVar("Parsed")
Given = TypeVar("Given", contravariant=True)
Made = TypeVar("Made", covariant=True)
_ROLES: dict[str, Role] = {"system": "system", "human": "human", "ai": "ai"}
_VARIABLE = re.compile(r"\{\{\{\{(\w+)\}\}\}\}")


class Chain(Protocol[Given, Made]):
    """What callers need of a Runnable."""

    def invoke(self, given: Given, /) -> Made:
        """What the chain makes of what it is given."""


def answer_chain(
    turns: Sequence[tuple[Role, str]],
    variables: Callable[[Found], Mapping[str, str]],
    model: Callable[[Sequence[Message]], Reply],
    parse: Callable[[Reply], Parsed],
) -> Chain[Found, Parsed]:
    """A Runnable from what was found to a parsed reply.

    `turns` are templates with `{{name}}` for each name in `variables`; single braces stand for themselves.
    """
    from langchain_core.prompts import ChatPromptTemplate
    from langchain_core.runnables import RunnableLambda

    def said(prompt: PromptValue) -> Reply:
        return model([Message(_ROLES[turn.type], str(turn.text)) for turn in prompt.to_messages()])

    prompt = ChatPromptTemplate.from_messages([(role, _f_string(text)) for role, text in turns])
    retrieved: Runnable[Any, Any] = RunnableLambda(lambda found: dict(variables(found)))
    return cast("Chain[Found, Parsed]", retrieved | prompt | RunnableLambda(said) | RunnableLambda(parse))


def _f_string(text: str) -> str:
    """Our template in LangChain's form, in which braces that stand for themselves are doubled."""
    return _VARIABLE.sub(r"{\1}", text.replace("{", "{{").replace("}", "}}"))
