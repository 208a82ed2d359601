"""The service on a port of this machine, for clients that speak over the wire."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from rag import Assistant, Settings, open_assistant
from rag.interfaces.http.app import create_app
from rag.settings import IndexSettings


def open_on(index: Path) -> Assistant:
    """An assistant over an index, with the settings as they come."""
    return open_assistant(Settings(index=IndexSettings(path=index)))


@contextmanager
def live(assistant: Assistant) -> Iterator[str]:
    """The address of a service over the assistant, which is closed at the end."""
    app = create_app(assistant, local=True)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
