"""Parts that are installed only by those who use them."""

from __future__ import annotations

import importlib.util

from rag import UserError


def require_extra(package: str, extra: str, what: str) -> None:
    """UserError with the command that installs it, where the extra's package is not there."""
    if importlib.util.find_spec(package) is None:
        raise UserError(f"{what}需要另外安装组件：pip install -c constraints.txt -e '.[{extra}]'。")
