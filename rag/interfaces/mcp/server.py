"""The MCP server over standard input and output."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from typing import ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from rag import Assistant, XunjuError
from rag.interfaces.exits import in_words
from rag.interfaces.mcp.tools import Tools

_P = ParamSpec("_P")
_R = TypeVar("_R")

INSTRUCTIONS = (
    "循据读入了若干上市公司公告。问一件事或一个数字用 ask_filings，它的回答带引用并核对过；"
    "要自己读原文用 search 找段落，再用 fetch 读整页。引用时请带上 url。"
)


def make_server(assistant: Assistant, base: str) -> MCPServer[object]:
    """The server with its read-only tools."""
    server: MCPServer[object] = MCPServer(
        "xunju", title="循据", instructions=INSTRUCTIONS, version=version("xunju"), log_level="WARNING"
    )
    tools = Tools(assistant, base)
    for title, tool in (("查找段落", tools.search), ("读取一页", tools.fetch), ("提问", tools.ask_filings)):
        about = ToolAnnotations(title=title, read_only_hint=True, open_world_hint=False)
        server.add_tool(_in_words(tool), title=title, annotations=about)
    return server


def _in_words(tool: Callable[_P, _R]) -> Callable[_P, _R]:
    """The tool whose errors are told as an interface tells them."""

    @functools.wraps(tool)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return tool(*args, **kwargs)
        except XunjuError as error:
            raise ToolError(in_words(error)) from error

    return told
