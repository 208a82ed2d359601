"""A prompt bound to a model sends what the prompt declares and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answering.prompted import PromptedModel
from rag.answering.prompts import load_prompt
from tests.fakes_chat import ScriptedModel

TEXT = (
    '---\npurpose: 试\nplaceholders: one\noutput: JSON\n---\n## system\n按 {"a": 1} 写\n## human\n{{one}}\n'
)


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(["好"])


@pytest.fixture
def prompted(tmp_path: Path, model: ScriptedModel) -> PromptedModel:
    (tmp_path / "try.md").write_text(TEXT, encoding="utf-8")
    return PromptedModel(load_prompt("try", tmp_path), model)


def test_the_placeholders_are_filled_and_braces_stay(prompted: PromptedModel, model: ScriptedModel) -> None:
    assert prompted.reply({"one": "{甲}", "two": "乙"}) == "好"
    assert [message.text for message in model.asked[0]] == ['按 {"a": 1} 写', "{甲}"]


def test_a_missing_value_is_not_passed_over(prompted: PromptedModel) -> None:
    with pytest.raises(KeyError):
        prompted.reply({"two": "乙"})


def test_it_names_model_and_prompt(prompted: PromptedModel) -> None:
    assert (prompted.name, len(prompted.prompt_hash)) == ("scripted", 12)
