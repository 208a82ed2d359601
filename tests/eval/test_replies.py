"""Replies are recorded from a service once, played again word for word, and missed where the question changed."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from eval.replies import Replies, key_of, recording, replaying
from rag import Settings, UserError

ASKED: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "营收多少"}]}
REPLY = {"choices": [{"message": {"role": "assistant", "content": "1,234.56万元"}}]}


def _settings(**llm: Any) -> Settings:
    settings = Settings()
    return settings.model_copy(update={"llm": settings.llm.model_copy(update=llm)})


def _ask(address: str, request: dict[str, Any]) -> Any:
    call = urllib.request.Request(f"{address}/chat/completions", json.dumps(request).encode())
    with urllib.request.urlopen(call, timeout=5) as response:
        return json.load(response)


def _kept(folder: Path) -> Path:
    path = folder / "replies.jsonl"
    Replies(path).add(key_of(ASKED), REPLY)
    return path


def test_a_recorded_reply_is_played_again(tmp_path: Path) -> None:
    with replaying(Settings(), _kept(tmp_path)) as (settings, replies):
        assert (settings.llm.provider, settings.llm.stream) == ("openai", False)
        assert _ask(settings.llm.base_url, ASKED) == REPLY
    assert replies.missed == 0


def test_changed_messages_have_no_reply_and_are_counted(tmp_path: Path) -> None:
    other = {**ASKED, "messages": [{"role": "user", "content": "净利润多少"}]}
    with replaying(Settings(), _kept(tmp_path)) as (settings, replies):
        with pytest.raises(urllib.error.HTTPError):
            _ask(settings.llm.base_url, other)
        assert replies.missed == 1


def test_a_reply_of_the_service_is_kept_and_not_asked_for_again(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    with ExitStack() as both:
        service, _ = both.enter_context(replaying(Settings(), _kept(tmp_path)))
        upstream = _settings(provider="openai", base_url=service.llm.base_url)
        settings, _ = both.enter_context(recording(upstream, mine))
        assert _ask(settings.llm.base_url, ASKED) == REPLY
        assert _ask(settings.llm.base_url, ASKED) == REPLY
    assert len(mine.read_text(encoding="utf-8").splitlines()) == 1
    assert Replies.read(mine).known == {key_of(ASKED): REPLY}


@pytest.mark.parametrize(
    "llm", [{}, {"provider": "deepseek"}, {"provider": "ollama", "base_url": "http://x"}]
)
def test_recording_wants_an_address_of_the_openai_kind(llm: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="base_url"), recording(_settings(**llm), tmp_path / "r.jsonl"):
        pass


def test_a_broken_record_is_told_with_file_and_line(tmp_path: Path) -> None:
    path = _kept(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"key": "x"}\n')
    with pytest.raises(UserError, match=r"replies\.jsonl:2"):
        Replies.read(path)


def test_replaying_wants_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--record"), replaying(Settings(), tmp_path / "none.jsonl"):
        pass
