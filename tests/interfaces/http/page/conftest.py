"""A Chromium that is already installed, driven against the service; every test fails on a console error."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from rag import Assistant, sample_folder
from rag.interfaces.cli import main
from tests.interfaces.http.live import live, open_on

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
REPORT = "boning_2024_half_year.pdf"

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if _CHROMIUM is None:
        pytest.skip("no Chromium is installed; set CHROMIUM to its path")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def pictured_index(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two text filings and a report of forty pages as PDF."""
    folder = tmp_path_factory.mktemp("pictured") / "index"
    shutil.copytree(built, folder)
    assert main(["ingest", str(sample_folder() / REPORT), "--index", str(folder)]) == 0
    return folder


@pytest.fixture
def assistant(pictured_index: Path, tmp_path: Path) -> Assistant:
    return open_on(Path(shutil.copytree(pictured_index, tmp_path / "index")))


@pytest.fixture
def address(assistant: Assistant) -> Iterator[str]:
    with live(assistant) as where:
        yield where


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens an address of the page in a browser of its own."""
    wrong: list[str] = []
    contexts = []

    def opened(path: str = "/", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                wrong.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address + path)
        page.wait_for_selector("#question")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(visit: Opener) -> Page:
    opened = visit()
    opened.wait_for_selector(".filing")
    return opened
