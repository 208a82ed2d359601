"""Indexes of the filings that questions are asked of, kept between runs.

An index is made anew when a filing, the settings that shape passages, or the code that reads, structures
or embeds has changed; so a figure is never measured on what another version read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Collection
from pathlib import Path
from tempfile import mkdtemp

from eval.places import CACHE, ROOT
from eval.sets import Shelf
from rag import Settings, UserError, open_assistant

# Code that has no part in what an index holds.
_LATER = ("answering", "checking", "interfaces", "retrieval", "summarizing")
_SECTIONS = ("reading", "passages", "embedding", "limits")
_KEPT_S = 7 * 24 * 3600  # indexes unused for so long are removed


def index_for(shelf: Shelf, settings: Settings, say: Callable[[str], None], cache: Path = CACHE) -> Path:
    """The folder of an index with exactly these filings, made where there is none yet.

    UserError where a filing cannot be read.
    """
    place = cache / _key(shelf, settings)[:20]
    cache.mkdir(parents=True, exist_ok=True)
    _forget_old(cache, place)
    if not place.is_dir():
        say(f"正在读入 {len(shelf.files)} 份公告……")
        half = Path(mkdtemp(prefix="half-", dir=cache))
        try:
            _ingest(shelf, at(settings, half / "index"))
            _take_place(half, place)
        finally:
            shutil.rmtree(half, ignore_errors=True)
    os.utime(place)
    return place / "index"


def at(settings: Settings, index: Path) -> Settings:
    """The settings with their index in this folder."""
    return settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})


def _ingest(shelf: Shelf, settings: Settings) -> None:
    assistant = open_assistant(settings, create=True)
    try:
        for done in assistant.ingest([path for path, _ in shelf.files.values()]):
            if done.outcome == "failed":
                raise UserError(f"公告 {done.file} 读不了：{done.message}")
    finally:
        assistant.close()


def _take_place(half: Path, place: Path) -> None:
    """Puts a finished index in its place; a second run that was quicker has made the same one."""
    try:
        half.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _key(shelf: Shelf, settings: Settings) -> str:
    digest = hashlib.sha256(shelf.key.encode())
    values = settings.model_dump(mode="json")
    digest.update(json.dumps({name: values.get(name) for name in _SECTIONS}, sort_keys=True).encode())
    digest.update(code_hash(but=_LATER).encode())
    return digest.hexdigest()


def code_hash(but: Collection[str] = ()) -> str:
    """The SHA-256 of the product's files, without the folders named."""
    digest = hashlib.sha256()
    package = ROOT / "rag"
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.is_file() and "__pycache__" not in inside and inside[0] not in but:
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _forget_old(cache: Path, but: Path) -> None:
    for place in cache.iterdir():
        if place != but and place.is_dir() and time.time() - place.stat().st_mtime > _KEPT_S:
            shutil.rmtree(place, ignore_errors=True)
