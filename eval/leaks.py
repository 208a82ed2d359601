"""Gold questions that have found their way to where they could help an answer: prompts, code, tests, samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.gold import Question
from eval.places import ROOT
from eval.scoring.wording import squeezed

_PLACES = ("prompts", "rag", "tests", "training", "samples/questions.jsonl", "README.md", "docs")
_SUFFIXES = {".py", ".md", ".toml", ".jsonl", ".json", ".txt", ".csv", ".yaml"}
# Shorter questions are ordinary words that any text may hold.
_SHORTEST = 8


def leaks(questions: Iterable[Question], root: Path = ROOT) -> list[str]:
    """Where a question's words stand in the project, with file and line of the question."""
    texts = {path: squeezed(path.read_text(encoding="utf-8")) for path in _texts(root)}
    return [
        f"{question.place}：问题泄漏到 {path.relative_to(root).as_posix()}。"
        for question in questions
        if len(asked := squeezed(question.question).rstrip("?？。")) >= _SHORTEST
        for path, text in texts.items()
        if asked in text
    ]


def _texts(root: Path) -> Iterator[Path]:
    for place in _PLACES:
        path = root / place
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (
            p for p in inside if p.is_file() and p.suffix in _SUFFIXES and "__pycache__" not in p.parts
        )
