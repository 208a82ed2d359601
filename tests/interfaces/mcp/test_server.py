"""The SDK's own client lists the tools, calls them, and can check what it is told."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

import rag
from rag import Settings, open_assistant
from rag.interfaces.mcp.command import web_address
from rag.interfaces.mcp.server import make_server
from tests.interfaces.conftest import Xunju

BASE = "https://xunju.example"
QUESTION = "澜图工软2024年上半年营业收入是多少？"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def assistant(built: Path) -> Iterator[rag.Assistant]:
    own = Settings()
    opened = open_assistant(own.model_copy(update={"index": own.index.model_copy(update={"path": built})}))
    yield opened
    opened.close()


Session = Callable[[Callable[[Client], Awaitable[Any]]], Any]


@pytest.fixture
def session(assistant: rag.Assistant) -> Session:
    """Runs something with a client of the server."""

    def run(do: Callable[[Client], Awaitable[Any]]) -> Any:
        async def talk() -> Any:
            async with Client(make_server(assistant, BASE)) as client:
                return await do(client)

        return asyncio.run(talk())

    return run


@pytest.fixture
def call(session: Session) -> Callable[..., Any]:
    """What a tool returns; AssertionError with its words where it fails."""

    def run(name: str, **arguments: Any) -> Any:
        result = session(lambda client: client.call_tool(name, arguments))
        assert not result.is_error, result.content[0].text
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content

    return run


def test_the_client_sees_three_tools_that_only_read(session: Session) -> None:
    tools = session(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "fetch", "ask_filings"]
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description and tool.output_schema for tool in tools)


def test_an_answer_comes_with_the_addresses_of_its_citations(call: Callable[..., Any]) -> None:
    told = call("ask_filings", question=QUESTION)
    assert "214,889,491.45元" in told["answer"]
    assert told["citations"][0]["url"].startswith(f"{BASE}/v/")
    assert "214,889,491.45" in told["citations"][0]["quote"]
    assert (told["refused"], told["citations"][0]["page"]) == (False, 6)


def test_a_refusal_says_why(call: Callable[..., Any]) -> None:
    told = call("ask_filings", question="澜图工软2019年营业收入是多少？")
    assert told["refused"]
    assert told["reason"]
    assert told["answer"]


def test_a_passage_found_can_be_fetched_by_its_id(call: Callable[..., Any]) -> None:
    found = call("search", query="核心技术人员", company="澜图工软", top_k=3)["results"]
    assert len(found) == 3
    page = call("fetch", id=found[0]["id"])
    assert "".join(found[0]["text"].split())[:12] in "".join(page["text"].split())
    assert page["metadata"]["page"] == str(found[0]["page"])
    assert page["url"] == found[0]["url"].split("&c=")[0]


def test_a_filing_fetched_whole_shows_its_outline(call: Callable[..., Any], assistant: rag.Assistant) -> None:
    told = call("fetch", id=assistant.filing("lantu_2024_half_year").id[:16])
    assert "（第6页）" in told["text"]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("fetch", {"id": "nothing?p=1"}, "没有公告"),
        ("fetch", {"id": "lantu_2024_half_year?p=999"}, "没有第 999 页"),
        ("fetch", {"id": "lantu_2024_half_year?p=x"}, "不是数字"),
        ("search", {"query": "营收", "top_k": 0}, "top_k"),
        ("search", {"query": "营收", "company": "不存在的公司"}, "不存在的公司"),
        ("ask_filings", {"question": "长" * 3000}, "超过上限"),
    ],
)
def test_what_goes_wrong_is_told_in_words(
    session: Session, name: str, arguments: dict[str, Any], words: str
) -> None:
    result = session(lambda client: client.call_tool(name, arguments))
    assert (result.is_error, words in result.content[0].text) == (True, True)


@pytest.mark.timeout(200)  # a whole process starts
def test_the_command_serves_a_client_over_standard_input_and_output(built: Path) -> None:
    program = "import sys; from rag.interfaces.cli import main; sys.exit(main())"
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-c", program, "mcp", "--index", str(built)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    async def talk() -> Any:
        async with Client(parameters) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            return names, await client.call_tool("ask_filings", {"question": QUESTION})

    names, result = asyncio.run(talk())
    assert names == ["search", "fetch", "ask_filings"]
    assert "214,889,491.45元" in result.structured_content["answer"]


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"serve": {"host": "0.0.0.0", "port": 9000}}, "http://127.0.0.1:9000"),
        ({"serve": {"host": "::1"}}, "http://[::1]:8000"),
        ({"slack": {"viewer_url": BASE}}, BASE),
    ],
)
def test_urls_lead_to_the_web_page_as_it_is_configured(changed: dict[str, Any], address: str) -> None:
    assert web_address(Settings.model_validate(changed)) == address


def test_without_the_extra_the_command_says_what_to_install(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    run = xunju("mcp", "--index", built)
    assert (run.code, "'.[mcp]'" in run.err) == (1, True)
