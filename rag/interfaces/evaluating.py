"""`xunju eval`: hands over to the evaluation harness, which stands beside the package in a checkout only."""

from __future__ import annotations

from importlib import import_module, util

import typer

from rag import UserError

_HARNESS = "eval.command"


def evaluate(context: typer.Context) -> None:
    """评测：向题集提问、打分、比较、把关；xunju eval --help 列出全部用法。"""
    import_harness()(args=context.args, prog_name="xunju eval", standalone_mode=False)


def import_harness() -> typer.Typer:
    """The harness's own commands; UserError where only the package is installed."""
    if not _is_here():
        raise UserError(
            "这里没有评测工具：它只随源代码提供。请取得项目的源代码，在其目录里安装后运行 xunju eval。"
        )
    app = import_module(_HARNESS).app
    if not isinstance(app, typer.Typer):
        raise UserError("当前目录里另有一个名叫 eval 的程序包。请在循据的源代码目录里运行 xunju eval。")
    return app


def _is_here() -> bool:
    try:
        return util.find_spec(_HARNESS) is not None
    except ModuleNotFoundError:
        return False
