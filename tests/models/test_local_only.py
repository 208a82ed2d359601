"""With the switch on, nothing that would send text elsewhere can be opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rag.assemble import check_model, open_assistant, open_prompted, rebuild_index
from rag.errors import UserError
from rag.models.chat_presets import PRESETS
from rag.models.local_only import is_loopback, stay_local
from rag.settings import Settings


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))


def local(**changed: dict[str, Any]) -> Settings:
    return Settings.model_validate({"limits": {"local_only": True}, **changed})


@pytest.mark.parametrize("provider", sorted(PRESETS))
def test_only_a_model_of_this_machine_may_be_asked(provider: str) -> None:
    own = PRESETS[provider].base_url
    if is_loopback(own):
        stay_local(local(llm={"provider": provider}))
        return
    with pytest.raises(UserError, match="local_only"):
        stay_local(local(llm={"provider": provider}))
    stay_local(local(llm={"provider": provider, "base_url": "http://127.0.0.1:8000/v1"}))


@pytest.mark.parametrize(
    "changed",
    [
        {"llm": {"provider": "vllm", "base_url": "http://10.0.0.5:8000/v1"}},
        {"llm": {"provider": "ollama", "base_url": "http://ollama:11434"}},
        {"llm": {"provider": "openai", "base_url": "http://127.0.0.1.evil.example/v1"}},
        {"llm": {"provider": "openai", "base_url": "http://127.0.0.1@evil.example/v1"}},
        {"embedding": {"model": "BAAI/bge-small-zh-v1.5"}},
        {"index": {"chroma_url": "https://chroma.example"}},
        {"retrieval": {"reranker": "BAAI/bge-reranker-base"}},
    ],
)
def test_whatever_leads_elsewhere_is_refused_by_name(changed: dict[str, Any]) -> None:
    with pytest.raises(UserError, match=f"\\[{next(iter(changed))}\\]"):
        stay_local(local(**changed))
    stay_local(Settings.model_validate(changed))


def test_what_stays_here_may_be_used(tmp_path: Path) -> None:
    stay_local(local())
    stay_local(local(embedding={"model": str(tmp_path)}, index={"chroma_url": "http://[::1]:8001"}))


def test_traces_and_proxies_are_switched_off() -> None:
    os.environ["LANGSMITH_TRACING"] = "true"
    stay_local(Settings())
    assert os.environ["LANGSMITH_TRACING"] == "true"
    stay_local(local())
    assert (os.environ["LANGSMITH_TRACING"], os.environ["NO_PROXY"]) == ("false", "*")


@pytest.mark.parametrize(
    "door", [open_assistant, rebuild_index, check_model, lambda settings: open_prompted(settings, "answer")]
)
def test_every_door_keeps_to_it(door: Any, tmp_path: Path) -> None:
    remote = local(llm={"provider": "deepseek"}, index={"path": tmp_path / "index"})
    with pytest.raises(UserError, match="local_only"):
        door(remote)
