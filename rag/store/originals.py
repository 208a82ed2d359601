"""The bytes of the filings as they came, kept by SHA-256 beside the catalogue."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from rag.errors import StoreError

FOLDER = "originals"


class Originals:
    """Original files under `originals/ab/abcdef….pdf`; a file is there whole or not at all."""

    def __init__(self, index_folder: Path) -> None:
        self._root = index_folder / FOLDER

    @staticmethod
    def place(filing_id: str, file_name: str) -> str:
        """The path of a filing's original below the folder; only a plain suffix is kept of its name."""
        suffix = PurePath(file_name).suffix.lower()
        plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 6
        return f"{filing_id[:2]}/{filing_id}{suffix if plain else ''}"

    def path(self, place: str) -> Path:
        """Where the bytes lie."""
        return self._root / place

    def read(self, place: str) -> bytes:
        """The bytes; raises StoreError when they are gone."""
        try:
            return (self._root / place).read_bytes()
        except OSError as error:
            raise StoreError(
                f"原始文件 {self._root / place} 读不出来（{error.strerror}）。"
                "请用 xunju ingest --force 重新导入这份公告。"
            ) from error

    def write(self, place: str, content: bytes) -> None:
        """Keep the bytes: written aside, forced to disk, then renamed, so that no half file ever has the name."""
        target = self._root / place
        aside = _aside(target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
            _force_folder(target.parent)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise StoreError(
                f"原始文件写不进索引（{error.strerror}：{target}）。请检查磁盘空间和权限后再导入。"
            ) from error

    def delete(self, place: str) -> None:
        """Remove the bytes and what a cut-off write left; nothing happens when they are gone already."""
        target = self._root / place
        try:
            target.unlink(missing_ok=True)
            _aside(target).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"原始文件 {target} 删不掉（{error.strerror}）。请检查权限后再试。") from error


def _aside(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _force_folder(folder: Path) -> None:
    """Make a rename survive a power cut: the folder's own entry has to reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
