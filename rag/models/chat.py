"""The door to language models: LangChain's chat models behind one small protocol, errors in words."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from rag.errors import ModelError
from rag.models.chat_errors import as_model_error
from rag.models.chat_presets import PRESETS, Preset, chat_model
from rag.settings import LlmSettings

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Role = Literal["system", "human", "ai"]
_PAUSE_S = 0.5  # before the second try; doubled before each further one


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model is shown."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and the tokens it took (`prompt`, `completion`, `total`; estimated if not told)."""

    text: str
    usage: dict[str, int] = field(default_factory=dict)


class LanguageModel(Protocol):
    """Messages to a reply; the one thing that an answerer needs of a model."""

    @property
    def name(self) -> str:
        """The model's name as configured."""

    def reply(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        on_token: Callable[[str], None] | None = None,
        timeout_s: float | None = None,
    ) -> Reply:
        """The whole reply; with `schema` as JSON where the model can, with `on_token` piece by piece.

        `timeout_s` shortens the configured time.  ModelError: unreachable, timed out, refused, malformed or empty.
        """


def open_chat(settings: LlmSettings) -> LanguageModel:
    """The chat model that the settings name; nothing is sent yet.

    ModelError: no provider, model or key is configured.
    """
    if settings.provider == "none":
        raise ModelError("没有配置大模型；请在 config.toml 的 [llm] 中填写 provider 和 model。")
    preset = PRESETS[settings.provider]
    if not (settings.model or preset.model):
        raise ModelError(f"没有填写模型名；请在 config.toml 的 [llm] 中为 {settings.provider} 填写 model。")
    # A server of one's own (any base_url) may do without a key; the services named here do not.
    if preset.needs_key and not settings.base_url and not settings.api_key.get_secret_value():
        raise ModelError(f"没有找到大模型的密钥；请把它放进环境变量 {settings.api_key_env}。")
    return ChatDoor(settings, preset)


def token_estimate(text: str) -> int:
    """About how many tokens a text takes: one a Chinese character, one for three other signs.

    Counted here because LangChain's own counter downloads a vocabulary.
    """
    wide = sum(ord(sign) > 0x2E7F for sign in text)
    return wide + (len(text) - wide + 2) // 3


class ChatDoor:
    """A LangChain chat model with one deadline for the whole reply and retries before its first token only."""

    def __init__(self, settings: LlmSettings, preset: Preset) -> None:
        self._settings = settings
        self._preset = preset
        self._model: BaseChatModel | None = None
        self._json_refused = settings.structured == "text"

    @property
    def name(self) -> str:
        """The model's name as configured, else the preset's."""
        return self._settings.model or self._preset.model

    def reply(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        on_token: Callable[[str], None] | None = None,
        timeout_s: float | None = None,
    ) -> Reply:
        """The whole reply, or ModelError once the retries or the seconds are used up."""
        deadline = time.monotonic() + min(self._settings.timeout_s, timeout_s or self._settings.timeout_s)
        tries = self._settings.retries + 1
        while True:
            tries -= 1
            call = _Call(messages, schema if not self._json_refused else None, on_token, deadline)
            try:
                return self._answered(call)
            except ModelError as error:
                if self._without_json(error, call):
                    tries += 1
                    continue
                pause = _PAUSE_S * 2 ** (self._settings.retries - tries)
                if not error.retryable or call.pieces or tries <= 0 or time.monotonic() + pause >= deadline:
                    raise
                time.sleep(pause)

    def _without_json(self, error: ModelError, call: _Call) -> bool:
        """Whether to go on without JSON mode: the server did not take the request with it."""
        refused = getattr(error.__cause__, "status_code", None) in (400, 422)
        if not (refused and call.schema and self._settings.structured == "auto") or self._json_refused:
            return False
        self._json_refused = True
        return True

    def _answered(self, call: _Call) -> Reply:
        prompt = sum(token_estimate(message.text) for message in call.messages)
        try:
            for piece in _until(call.deadline, lambda: self._messages(call)):
                call.take(piece)
        except ModelError as error:
            error.tokens_spent = call.spent(prompt)
            raise
        except Exception as error:  # langchain, openai, ollama and httpx each have their own tree
            raise as_model_error(error, bool(call.pieces), call.spent(prompt)) from error
        text = "".join(call.pieces)
        if not text.strip():
            raise ModelError(
                "模型返回了空内容；请稍后重试，或换一个模型。", retryable=True, tokens_spent=prompt
            )
        usage = call.usage or {"prompt": prompt, "completion": token_estimate(text)}
        return Reply(text, {**usage, "total": usage["prompt"] + usage["completion"]})

    def _messages(self, call: _Call) -> Iterator[BaseMessage]:
        """The reply as LangChain messages: many when streamed, else one."""
        model = self._chat_model()
        given = [(message.role, message.text) for message in call.messages]
        options = self._json_options(call.schema)
        if call.on_token or self._settings.stream:
            yield from model.stream(given, **options)
        else:
            yield model.invoke(given, **options)

    def _json_options(self, schema: Mapping[str, object] | None) -> dict[str, Any]:
        if schema is None:
            return {}
        if self._settings.provider == "ollama":
            return {"format": dict(schema)}
        # json_schema is not served everywhere; json_object is, and the prompt says the shape.
        return {"response_format": {"type": "json_object"}}

    def _chat_model(self) -> BaseChatModel:
        if self._model is None:
            try:
                self._model = chat_model(self._settings, self._preset)
            except (ValueError, TypeError) as error:
                raise ModelError("大模型的配置不合要求；请检查 [llm] 的 base_url 和密钥。") from error
        return self._model


@dataclass(slots=True)
class _Call:
    """One try at a reply, and what has come of it."""

    messages: Sequence[Message]
    schema: Mapping[str, object] | None
    on_token: Callable[[str], None] | None
    deadline: float
    pieces: list[str] = field(default_factory=list)
    usage: dict[str, int] = field(default_factory=dict)

    def take(self, message: BaseMessage) -> None:
        """Keep one piece of the reply and pass it on."""
        told = getattr(message, "usage_metadata", None)
        if told and told.get("input_tokens"):
            self.usage = {"prompt": int(told["input_tokens"]), "completion": int(told["output_tokens"])}
        text = str(message.text)
        if text:
            self.pieces.append(text)
            if self.on_token:
                self.on_token(text)

    def spent(self, prompt: int) -> int:
        """Tokens that this try has cost so far."""
        return sum(self.usage.values()) or (
            prompt + token_estimate("".join(self.pieces)) if self.pieces else 0
        )


def _until(deadline: float, messages: Callable[[], Iterator[BaseMessage]]) -> Iterator[BaseMessage]:
    """The messages as they come; ModelError at the deadline, however slowly the server goes on.

    A read timeout alone does not do: a server that sends one sign a second never trips it.
    """
    came: queue.Queue[BaseMessage | Exception | None] = queue.Queue()

    def fetch() -> None:
        try:
            for message in messages():
                came.put(message)
            came.put(None)
        except Exception as error:  # handed to the caller, who tells them apart
            came.put(error)

    threading.Thread(target=fetch, name="model reply", daemon=True).start()
    while True:
        try:
            item = came.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty as empty:
            raise ModelError(
                "等待模型回答超时；请稍后重试，或调大 [llm] timeout_s。", retryable=True
            ) from empty
        if item is None:
            return
        if isinstance(item, Exception):
            raise item
        yield item
