"""What the drawing of a page and its child process say to each other; light, so that the child starts fast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """Which page of which file, counted from 1, in how many pixels a point."""

    path: str
    position: int
    scale: float
    memory_mb: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture as PNG, or the sentence that says why there is none."""

    png: bytes = b""
    refusal: str = ""
