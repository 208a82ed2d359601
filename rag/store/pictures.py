"""Pictures of pages that were drawn already, kept beside the catalogue within a bound; they can go at any time."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

FOLDER = "pictures"
_MIB = 1024 * 1024
_KEPT = 0.8  # part of the bound that a sweep leaves, so that not every new picture sweeps again


class PictureCache:
    """PNG files under `pictures/<filing id>/<page>@<scale>.png`; the ones longest unused go first."""

    def __init__(self, index_folder: Path, most_mb: int) -> None:
        self._root = index_folder / FOLDER
        self._most = most_mb * _MIB

    def get(self, filing_id: str, position: int, scale: float) -> bytes | None:
        """The picture, if it is here."""
        place = self._place(filing_id, position, scale)
        try:
            picture = place.read_bytes()
        except OSError:
            return None
        with suppress(OSError):  # only the order of going depends on it
            os.utime(place)
        return picture

    def put(self, filing_id: str, position: int, scale: float, picture: bytes) -> None:
        """Keeps a picture; a disk that takes none costs time later, nothing else."""
        place = self._place(filing_id, position, scale)
        aside = place.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(picture)
            aside.replace(place)
            self._sweep()

    def forget(self, filing_id: str) -> None:
        """Deletes the pictures of a filing."""
        shutil.rmtree(self._root / filing_id, ignore_errors=True)

    def _place(self, filing_id: str, position: int, scale: float) -> Path:
        return self._root / filing_id / f"{position}@{scale:g}.png"

    def _sweep(self) -> None:
        kept = [(path, path.stat()) for path in self._root.glob("*/*.png")]
        size = sum(state.st_size for _, state in kept)
        if size <= self._most:
            return
        for path, state in sorted(kept, key=lambda one: one[1].st_mtime):
            path.unlink(missing_ok=True)
            size -= state.st_size
            if size <= self._most * _KEPT:
                return
