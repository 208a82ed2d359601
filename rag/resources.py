"""Where the files stand that travel beside the code: prompts and samples.

A wheel carries them inside the package, a checkout keeps them at its top.
"""

from __future__ import annotations

from pathlib import Path

from rag.errors import UserError

_PACKAGE = Path(__file__).resolve().parent


def prompt_folder() -> Path:
    """The folder that holds one file for each prompt."""
    return _found("prompts")


def sample_folder() -> Path:
    """The folder of the invented filings that serve the demonstration and the tests."""
    return _found("samples/filings")


def _found(name: str) -> Path:
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise UserError(f"安装不完整：找不到随程序附带的 {name}。请重新安装 xunju。")
