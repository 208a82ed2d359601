"""The services that are known by name, and LangChain's chat models for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rag.settings import LlmSettings

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Preset:
    """Where a known service listens, and the model taken when none is named (empty: it must be named)."""

    base_url: str
    model: str = ""
    needs_key: bool = True
    tells_usage: bool = True


PRESETS: Mapping[str, Preset] = {
    "openai": Preset(""),
    "deepseek": Preset("https://api.deepseek.com", "deepseek-chat"),
    "qwen": Preset("https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen-plus"),
    "glm": Preset("https://open.bigmodel.cn/api/paas/v4", "glm-4-plus"),
    "kimi": Preset("https://api.moonshot.cn/v1", "kimi-latest"),
    "vllm": Preset("http://127.0.0.1:8000/v1", needs_key=False),
    "ollama": Preset("http://127.0.0.1:11434", needs_key=False),
}


def chat_model(settings: LlmSettings, preset: Preset) -> BaseChatModel:
    """The LangChain chat model of a service, without retries of its own."""
    return _ollama(settings, preset) if settings.provider == "ollama" else _openai(settings, preset)


def _openai(settings: LlmSettings, preset: Preset) -> BaseChatModel:
    from langchain_openai import ChatOpenAI

    base_url = settings.base_url or preset.base_url
    own: dict[str, Any] = {"base_url": base_url} if base_url else {}
    # ChatOpenAI would send max_completion_tokens, which only OpenAI's own service is sure to know.
    limit: dict[str, Any] = (
        {"extra_body": {"max_tokens": settings.max_output_tokens}}
        if base_url
        else {"max_tokens": settings.max_output_tokens}
    )
    return ChatOpenAI(
        model=settings.model or preset.model,
        api_key=settings.api_key.get_secret_value() or "none",
        temperature=settings.temperature,
        timeout=settings.timeout_s,
        max_retries=0,
        stream_usage=preset.tells_usage and not settings.base_url,
        **own,
        **limit,
    )


def _ollama(settings: LlmSettings, preset: Preset) -> BaseChatModel:
    from langchain_ollama import ChatOllama

    return ChatOllama(
        model=settings.model,
        base_url=settings.base_url or preset.base_url,
        temperature=settings.temperature,
        num_predict=settings.max_output_tokens,
        client_kwargs={"timeout": settings.timeout_s},
    )
