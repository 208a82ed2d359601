"""The command `xunju`: what can be typed, and which file does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from rag.interfaces import asking, evaluating, filings, ingesting, keys, summarizing
from rag.interfaces.exits import guarded
from rag.interfaces.options import AsJson, Config, Index, NoLlm

app = typer.Typer(
    name="xunju",
    help="循据：读上市公司公告，用中文回答，每句话给出页码和原文。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(ingesting.ingest)
app.command()(asking.ask)
app.command()(asking.search)
app.command()(summarizing.summarize)
app.command()(summarizing.card)
app.add_typer(filings.app, name="filings")
app.add_typer(keys.app, name="keys")
app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(evaluating.evaluate)


@app.command()
def chat(
    resume: Annotated[bool, typer.Option("--resume", help="接着最近一段对话")] = False,
    config: Config = None,
    index: Index = None,
    no_llm: NoLlm = False,
) -> None:
    """在终端里连续提问：:open 1 看引文所在的页，:history 看以前的对话，:help 看全部命令。"""
    from rag.interfaces.chat import converse

    converse(config, index, use_model=not no_llm, resume=resume)


@app.command()
def slack(
    manifest: Annotated[
        bool, typer.Option("--manifest", help="输出创建 Slack 应用用的清单，然后结束")
    ] = False,
    config: Config = None,
    index: Index = None,
) -> None:
    """在 Slack 里回答：@ 提及、私信、/公告 命令。"""
    from rag.interfaces.slack.command import serve_slack

    serve_slack(config, index, manifest=manifest)


@app.command()
def mcp(config: Config = None, index: Index = None) -> None:
    """作为 MCP 服务器（标准输入输出），让其他助手查找、读取、询问公告；只读。"""
    from rag.interfaces.mcp.command import serve_mcp

    serve_mcp(config, index)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar="地址", help="默认取配置里的 [serve] host")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="端口", min=1, max=65535, help="默认取配置里的 [serve] port"),
    ] = None,
    config: Config = None,
    index: Index = None,
) -> None:
    """网页和 HTTP 接口；本机以外的地址要先用 xunju keys add 发密钥。"""
    from rag.interfaces.http.serving import serve_on

    serve_on(config, index, host, port)


@app.command()
def doctor(
    config: Config = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """检查装了什么、配了什么、连不连得上，以及怎么办。"""
    from rag.interfaces.doctor import examine

    raise typer.Exit(examine(config, index, as_json))


@app.command()
def demo(config: Config = None, index: Index = None) -> None:
    """读入随附的示例公告，回答几个示例问题；不写 --index 时用临时索引。"""
    from rag.interfaces.demo import demonstrate

    demonstrate(config, index)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one run of `xunju`."""
    return guarded(lambda: app(args=arguments, prog_name="xunju", standalone_mode=False))
