"""Bearer keys: names, scopes and hashes in one file of the index folder; the keys themselves are never kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from rag import UserError

FILE = "keys.json"
Scope = Literal["read", "ingest", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_PREFIX = "xunju-"  # so that a key found in a log or a commit is known for what it is
_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class Key:
    """A key as kept: `hashed` is the SHA-256 of its 256 random bits, which needs no slow hash."""

    name: str
    scopes: tuple[Scope, ...]
    made: str
    hashed: str


class KeyFile:
    """Reads and changes the keys; a running server sees a change with its next request."""

    def __init__(self, index_folder: Path) -> None:
        self._path = index_folder / FILE
        self._read_at: tuple[int, int] = (0, 0)
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> tuple[Key, ...]:
        """All keys in the order of their making; UserError where the file cannot be read."""
        try:
            state = self._path.stat()
            seen = (state.st_mtime_ns, state.st_size)
            if seen != self._read_at:
                self._keys, self._read_at = _parsed(self._path.read_bytes()), seen
        except FileNotFoundError:
            self._keys, self._read_at = (), (0, 0)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(f"密钥文件 {self._path} 读不出来（{error}）。请检查权限或从备份恢复。") from error
        return self._keys

    def find(self, key: str) -> Key | None:
        """What is known of a key that somebody shows."""
        hashed = _hashed(key)
        return next((one for one in self.keys() if hmac.compare_digest(one.hashed, hashed)), None)

    def add(self, name: str, scopes: Sequence[str]) -> str:
        """A new key, told this once; UserError where the name is taken or no name, or a scope is none of `SCOPES`."""
        name = name.strip()
        if not name or len(name) > _NAME_CHARS or not name.isprintable():
            raise UserError(f"密钥要有一个名字，最多 {_NAME_CHARS} 字，例如 xunju keys add 张三。")
        if any(one.name == name for one in self.keys()):
            raise UserError(f"已经有名为“{name}”的密钥。请换一个名字，或先用 xunju keys remove 移除它。")
        granted = tuple(scope for scope in SCOPES if scope in scopes)
        if len(granted) < len(set(scopes)):
            raise UserError(f"权限只能是 {'、'.join(SCOPES)}。请改正 --scope。")
        key = _PREFIX + secrets.token_urlsafe(32)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._write((*self.keys(), Key(name, granted, made, _hashed(key))))
        return key

    def remove(self, name: str) -> None:
        """Takes a key back; UserError where none has this name."""
        left = tuple(one for one in self.keys() if one.name != name)
        if len(left) == len(self.keys()):
            raise UserError(f"没有名为“{name}”的密钥。请用 xunju keys list 查看。")
        self._write(left)

    def _write(self, keys: tuple[Key, ...]) -> None:
        text = json.dumps([asdict(key) for key in keys], ensure_ascii=False, indent=1)
        aside = self._path.with_suffix(".part")
        try:
            with os.fdopen(
                os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(text)
            aside.replace(self._path)
        except OSError as error:
            raise UserError(
                f"密钥文件 {self._path} 写不进去（{error.strerror}）。请检查索引文件夹的权限。"
            ) from error


def _parsed(content: bytes) -> tuple[Key, ...]:
    return tuple(
        Key(one["name"], tuple(one["scopes"]), one["made"], one["hashed"]) for one in json.loads(content)
    )


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
