"""Prompts as validated data: header, turns, and the hash that every answer records."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rag.errors import UserError
from rag.models.chat import Role
from rag.resources import prompt_folder

_HEADER = re.compile(r"\A---\n(?P<header>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_TURN = re.compile(r"^## (system|human|ai)\n", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
HASH_LENGTH = 12
_KEYS = ("purpose", "placeholders", "output")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file: what it is for, its `{{placeholders}}`, its turns, and the hash of the whole file."""

    name: str
    purpose: str
    placeholders: frozenset[str]
    output: str
    turns: tuple[tuple[Role, str], ...]
    hash: str


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt `name`.md.

    UserError: the file is missing, has no header, or uses other placeholders than it declares.
    """
    path = (folder or prompt_folder()) / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不到提示词文件 {path.name}；请恢复它，或重新安装 xunju。") from error
    match = _HEADER.match(text)
    header = _fields(match["header"]) if match else {}
    if match is None or any(not header.get(key) for key in _KEYS):
        raise UserError(f"提示词文件 {path.name} 的开头要写明 {'、'.join(_KEYS)}；请补全。")
    declared = frozenset(re.findall(r"\w+", header["placeholders"]))
    used = frozenset(_PLACEHOLDER.findall(match["body"]))
    if declared != used:
        odd = "、".join(sorted(declared ^ used))
        raise UserError(f"提示词文件 {path.name} 声明的占位符与用到的不一致（{odd}）；请改成一致。")
    digest = hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
    return Prompt(
        name, header["purpose"], declared, header["output"], _turns(match["body"], path.name), digest
    )


def _fields(header: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in header.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _turns(body: str, file: str) -> tuple[tuple[Role, str], ...]:
    _, *pieces = _TURN.split(body)
    turns = tuple(
        (cast(Role, role), text.strip()) for role, text in zip(pieces[::2], pieces[1::2], strict=True)
    )
    if not turns or turns[-1][0] != "human":
        raise UserError(f"提示词文件 {file} 要有 ## system 和 ## human 两部分；请改正。")
    return turns
