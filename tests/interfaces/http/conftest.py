"""The service over invented filings, two texts and a small PDF, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag import Settings, open_assistant
from rag.interfaces.cli import main
from rag.interfaces.http.app import create_app
from rag.settings import IndexSettings, ServeSettings
from tests.reading.makers import report

QUESTION = "澜图工软2024年上半年营业收入是多少？"
UNANSWERABLE = "澜图工软养了几头奶牛？"

Opener = Callable[..., TestClient]


@pytest.fixture(scope="session")
def served_index(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(built, folder / "index")
    (folder / "报告.pdf").write_bytes(report(3))
    assert main(["ingest", str(folder / "报告.pdf"), "--index", str(folder / "index")]) == 0
    return folder / "index"


@pytest.fixture
def index(served_index: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(served_index, tmp_path / "served"))


@pytest.fixture
def serve(index: Path) -> Iterator[Opener]:
    """Opens the service, with settings of [serve] changed; `local=False` as if others could reach it."""
    with ExitStack() as stack:

        def opened(*, local: bool = True, **changed: object) -> TestClient:
            settings = Settings(index=IndexSettings(path=index), serve=ServeSettings(**changed))  # type: ignore[arg-type]
            app = create_app(open_assistant(settings), local=local)
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield opened


@pytest.fixture
def client(serve: Opener) -> TestClient:
    return serve()


@pytest.fixture
def pdf(client: TestClient) -> str:
    """The id of the PDF."""
    filings = client.get("/api/filings").json()["filings"]
    return str(next(one["id"] for one in filings if one["file_name"] == "报告.pdf"))


@pytest.fixture
def text(client: TestClient) -> str:
    """The id of a text filing."""
    filings = client.get("/api/filings").json()["filings"]
    return str(next(one["id"] for one in filings if one["file_name"] == "lantu_2024_half_year.txt"))
