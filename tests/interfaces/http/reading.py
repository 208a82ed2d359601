"""Streams as tests read them."""

from __future__ import annotations

import json
from typing import Any

Event = tuple[str, Any]


def events(text: str) -> list[Event]:
    """The events of a finished stream as (name, value)."""
    frames = [frame.split("\n") for frame in text.split("\n\n") if frame.startswith("event: ")]
    return [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))) for lines in frames
    ]


def chunks(text: str) -> list[Any]:
    """The chunks of a streamed completion; the end mark is None."""
    frames = [frame.removeprefix("data: ") for frame in text.split("\n\n") if frame.startswith("data: ")]
    return [None if frame == "[DONE]" else json.loads(frame) for frame in frames]
