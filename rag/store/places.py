"""Where the parts of an index stand in its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of an index; terms and vectors have one folder a build, so that a rebuild is a switch."""

    folder: Path

    def terms(self, build: int) -> Path:
        return self.folder / f"terms-{build}"

    def vectors(self, build: int) -> Path:
        return self.folder / f"vectors-{build}"

    def free_build(self, present: int) -> int:
        """The next build number without a folder; a rebuild that was cut off may have left some."""
        return next(n for n in count(present + 1) if not (self.terms(n).exists() or self.vectors(n).exists()))

    def sweep(self, build: int) -> None:
        """Delete what rebuilds left, whether they were cut off or finished."""
        for stray in self._strays(build):
            shutil.rmtree(stray, ignore_errors=True)

    def _strays(self, build: int) -> Iterator[Path]:
        kept = {self.terms(build), self.vectors(build)}
        for pattern in ("terms-*", "vectors-*"):
            yield from (path for path in self.folder.glob(pattern) if path not in kept)
