"""`xunju mcp` as it is typed; loads the SDK only when it is there and needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rag.interfaces.extras import require_extra
from rag.interfaces.options import opened

if TYPE_CHECKING:
    from rag import Settings


def serve_mcp(config: Path | None, index: Path | None) -> None:
    """Serves the tools on standard input and output until the client leaves."""
    require_extra("mcp", "mcp", "MCP 服务")
    from rag.interfaces.mcp.server import make_server

    with opened(config, index) as assistant:
        make_server(assistant, web_address(assistant.settings)).run("stdio")


def web_address(settings: Settings) -> str:
    """Where the web page is: as told, or where `xunju serve` listens, seen from this machine."""
    host = settings.serve.host
    here = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
    return settings.slack.viewer_url or f"http://{here}:{settings.serve.port}"
