"""`xunju serve`: the page and the interface on an address."""

from __future__ import annotations

import socket
from pathlib import Path

import typer
import uvicorn

from rag import Settings, UserError, open_assistant
from rag.interfaces.http.access import is_loopback
from rag.interfaces.http.app import create_app
from rag.interfaces.http.keys import KeyFile
from rag.interfaces.http.logs import write_to_standard_error
from rag.interfaces.options import settings_of

_GRACE_S = 10


def serve_on(config: Path | None, index: Path | None, host: str | None, port: int | None) -> None:
    """Serves until it is interrupted; UserError where the address would be open to others without a key."""
    settings = settings_of(config, index)
    host, port = host or settings.serve.host, port or settings.serve.port
    local = is_loopback(host)
    keyed = bool(KeyFile(settings.index.path).keys())
    check_open(local, keyed, host)
    with bound(host, port) as door:
        app = create_app(open_assistant(settings, create=True), local=local)
        write_to_standard_error()
        typer.echo(greeting(settings, host, port, keyed=keyed))
        uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_S,
            )
        ).run(sockets=[door])


def bound(host: str, port: int) -> socket.socket:
    """A socket on the address; UserError where it cannot be had."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise UserError(
            f"{host}:{port} 不能使用（{error.strerror}），可能已被别的程序占用。请用 --port 换一个端口。"
        ) from error
    return door


def check_open(local: bool, keyed: bool, host: str) -> None:
    """Raises UserError where anybody on the network could come in without a key."""
    if not (local or keyed):
        raise UserError(
            f"在 {host} 上提供服务，同一网络里的人都能访问，但还没有设密钥。"
            "请先运行 xunju keys add 名字 发一个密钥，或去掉 --host 只在本机使用。"
        )


def greeting(settings: Settings, host: str, port: int, *, keyed: bool) -> str:
    """What is told at the start."""
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
    who = (
        "需要密钥才能使用。"
        if keyed
        else "没有设密钥：本机的任何人都可以使用；用 xunju keys add 发密钥后需要密钥。"
    )
    return f"网页：{address}\n接口：{address}/openapi.json；兼容 OpenAI 的地址：{address}/v1\n{who}\n按 Ctrl+C 结束。"
