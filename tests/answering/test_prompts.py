"""Prompts declare what they use."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answering.prompts import load_prompt
from rag.errors import UserError

GOOD = "---\npurpose: 试\nplaceholders: question\noutput: 文字\n---\n## human\n问题：{{question}}\n"


def written(folder: Path, text: str) -> Path:
    (folder / "try.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["answer", "repair"])
def test_every_prompt_that_is_shipped_loads(name: str) -> None:
    assert load_prompt(name).turns[-1][0] == "human"


def test_the_hash_follows_the_text(tmp_path: Path) -> None:
    first = load_prompt("try", written(tmp_path, GOOD)).hash
    assert load_prompt("try", written(tmp_path, GOOD + "。")).hash != first


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("placeholders: question", "placeholders: question, evidence"),
        GOOD.replace("{{question}}", "{{other}}"),
        GOOD.replace("purpose: 试\n", ""),
        "没有开头",
        GOOD.replace("## human\n", ""),
    ],
)
def test_a_prompt_that_is_not_as_declared_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match=r"try\.md"):
        load_prompt("try", written(tmp_path, text))


def test_a_missing_prompt_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.md"):
        load_prompt("none", tmp_path)
