"""The house is in order: files of a readable size, no path of one machine, documents that match the code."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from rag.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CODE_FOLDERS = ("rag", "training", "samples", "tests", "benchmarks", "eval")
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".lock", ".sh"}
PRODUCT = ("rag", "training", "samples")
MADE = {"__pycache__", ".cache", "results"}  # by programs, and kept out of the repository
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|farm|opt|mnt|Users)/\w")
LOCAL_PIN = re.compile(r"://|@ |\+\w|^-|/")


def _texts() -> list[Path]:
    tops = [path for path in ROOT.iterdir() if path.is_file()]
    inside = [
        path
        for folder in (*CODE_FOLDERS, "prompts", "docs", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and MADE.isdisjoint(path.relative_to(ROOT).parts)
    ]
    return sorted(p for p in tops + inside if p.suffix in TEXT_SUFFIXES or p.name in {"Makefile", "run"})


def _code(*folders: str) -> list[Path]:
    return [path for path in _texts() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _package(requirement: str) -> str:
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {_package(name): version for name, version in pairs}


def test_no_text_names_a_path_of_one_machine() -> None:
    assert [_name(path) for path in _texts() if MACHINE_PATH.search(path.read_text(encoding="utf-8"))] == []


def test_every_file_of_code_can_be_read_in_one_go() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _code(*PRODUCT)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_function_fits_on_a_screen() -> None:
    wrong = [
        f"{_name(path)}:{function.lineno} {function.name}"
        for path in _code(*PRODUCT)
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert wrong == []


def test_the_config_file_states_every_default() -> None:
    written = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    assert written == Settings().model_dump(mode="json")


def test_the_config_file_explains_every_key() -> None:
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if re.match(r"\w+ *=", line)]
    assert [line for line in keys if not re.search(r"# \S", line)] == []


def test_the_lock_holds_versions_and_nothing_of_one_machine() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#") and LOCAL_PIN.search(line)] == []


def test_the_lock_names_every_declared_package() -> None:
    project = _pyproject()["project"]
    groups = _pyproject()["dependency-groups"]
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    lists = [project["dependencies"], *extras.values(), *groups.values()]
    declared = {_package(item) for items in lists if isinstance(items, list) for item in items}
    assert declared <= set(_pins())


def test_torch_is_the_version_without_a_surprise() -> None:
    assert _pins()["torch"] == "2.13.0"


def test_the_changelog_has_the_version_at_hand() -> None:
    version = _pyproject()["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "docs/glossary.md", "docs/serving.md"])
def test_a_document_links_only_to_what_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.skipif(not (ROOT / "rag/interfaces/cli.py").is_file(), reason="there is no command line yet")
def test_the_readme_names_every_command() -> None:
    from typer.main import get_command

    from rag.interfaces.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = getattr(get_command(app), "commands", {})
    assert [name for name in commands if f"xunju {name}" not in readme] == []
