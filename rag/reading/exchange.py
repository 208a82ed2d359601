"""What the guard and its child process say to each other: pickles behind their length.

They pass only between this program and a child that it started itself.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # the child that draws pictures starts without the settings' library
    from rag.reading.content import ReadFile
    from rag.settings import LimitSettings, ReadingSettings

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is to read, and under which limits."""

    path: Path
    limits: LimitSettings
    reading: ReadingSettings


@dataclass(frozen=True, slots=True)
class Answer:
    """Pages done and pages in all; at the end what was read, or the sentence that says why not."""

    progress: tuple[int, int] = (0, 0)
    read: ReadFile | None = None
    refusal: str = ""


def send(pipe: IO[bytes], message: object) -> None:
    """Writes one message behind its length."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message; EOFError where the other side has gone."""
    head = pipe.read(_LENGTH.size)
    body = pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not body:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 - from a process of our own
