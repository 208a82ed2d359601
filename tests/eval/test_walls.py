"""The harness and the product stay apart: public names only one way, nothing the other way, no gold in between."""

from __future__ import annotations

import ast
from pathlib import Path

import rag
from eval.gold import read_gold
from eval.leaks import leaks
from eval.places import EVAL, GOLD, ROOT


def _imports(path: Path) -> list[tuple[str, list[str]]]:
    """The modules that a file imports, each with the names taken from it."""
    found: list[tuple[str, list[str]]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.module or "", [alias.name for alias in node.names]))
    return found


def test_the_harness_uses_the_public_names_only() -> None:
    public = set(rag.__all__)
    wrong = [
        f"{path.name}: {module}"
        for path in sorted(EVAL.rglob("*.py"))
        for module, names in _imports(path)
        if module.split(".")[0] == "rag" and not (module == "rag" and set(names) <= public)
    ]
    assert wrong == []


def test_the_product_never_imports_the_harness() -> None:
    wrong = [
        path.name
        for path in sorted((ROOT / "rag").rglob("*.py"))
        if any(module.split(".")[0] == "eval" for module, _ in _imports(path))
    ]
    assert wrong == []


def test_no_gold_question_stands_in_prompts_code_tests_or_samples() -> None:
    questions = [question for path in sorted(GOLD.glob("*.jsonl")) for question in read_gold(path).questions]
    assert leaks(questions) == []
