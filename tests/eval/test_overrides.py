"""Settings of a run can be changed one by one, by the rules of the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.overrides import settings_with
from rag import UserError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_override_is_laid_over_the_settings() -> None:
    settings = settings_with(None, ["retrieval.top_k=3", "llm.model=一个=模型"])
    assert (settings.retrieval.top_k, settings.llm.model) == (3, "一个=模型")


@pytest.mark.parametrize("override", ["retrieval.topk=3", "retrieval.top_k", "top_k=3", "llm.api_key=x"])
def test_an_unknown_setting_is_told(override: str) -> None:
    with pytest.raises(UserError, match="不认识的设置"):
        settings_with(None, [override])


def test_a_value_out_of_range_is_told() -> None:
    with pytest.raises(UserError, match=r"retrieval\.top_k"):
        settings_with(None, ["retrieval.top_k=0"])
