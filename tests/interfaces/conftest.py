"""A run of `xunju` in this process, and an index over two invented filings that tests only read."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag import assemble, sample_folder
from rag.ingest import pipeline
from rag.interfaces.cli import main
from rag.reading.read import read_file

FILINGS = ("lantu_2024_half_year.txt", "boning_2024_evaluation.txt")


@dataclass(frozen=True, slots=True)
class Run:
    """What one command left: its exit code, its answer and its messages."""

    code: int
    out: str
    err: str


Xunju = Callable[..., Run]


@pytest.fixture(scope="session", autouse=True)
def _quick() -> Iterator[None]:
    """One process and one loaded model for a hundred commands; the guard of reading has tests of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(assemble, "open_embedder", functools.cache(assemble.open_embedder))
        patched.setattr(pipeline, "read_guarded", read_file)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "index"
    files = [str(sample_folder() / name) for name in FILINGS]
    assert main(["ingest", *files, "--index", str(folder)]) == 0
    return folder


@pytest.fixture
def own_index(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "index"))


@pytest.fixture
def xunju(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Xunju:
    """Runs a command in an empty folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str | Path) -> Run:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run
