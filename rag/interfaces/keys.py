"""`xunju keys`: who may use the service from elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from rag.interfaces.exits import say
from rag.interfaces.http.keys import KeyFile
from rag.interfaces.options import Config, Index, settings_of

app = typer.Typer(help="管理网页和接口的密钥：发出、列出、移除。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="名字", help="谁用这个密钥；他的对话只有他看得到")]
Scopes = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="权限", help="read 提问和查看，ingest 上传公告，admin 全部；可写多次"),
]


@app.command()
def add(name: Name, scope: Scopes = None, index: Index = None, config: Config = None) -> None:
    """发一个密钥，只显示这一次；不写 --scope 时可以提问和查看。"""
    settings = settings_of(config, index)
    settings.index.path.mkdir(parents=True, exist_ok=True)
    key = KeyFile(settings.index.path).add(name, scope or ["read"])
    typer.echo(key)
    say("请现在记下这个密钥：只存了它的摘要，以后不能再显示。")


@app.command("list")
def list_keys(index: Index = None, config: Config = None) -> None:
    """列出密钥的名字、权限和发出时间。"""
    keys = KeyFile(settings_of(config, index).index.path).keys()
    for key in keys:
        typer.echo(f"{key.name}  {' '.join(key.scopes)}  {key.made}")
    if not keys:
        say("还没有密钥。用 xunju keys add 名字 发一个。")


@app.command()
def remove(name: Name, index: Index = None, config: Config = None) -> None:
    """移除一个密钥，立刻失效。"""
    KeyFile(settings_of(config, index).index.path).remove(name)
    typer.echo(f"已移除“{name}”的密钥。")
