"""Stored answers read back: the other direction of `as_json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from pydantic import TypeAdapter

from rag.answering.answer import Answer
from rag.answering.as_json import Json
from rag.filings.source import Source

_SOURCE = tuple(field.name for field in fields(Source))


def from_json(shown: Json) -> Answer:
    """The answer that `to_json` made this of; what it does not know is left aside.

    Raises ValueError for what is no answer's JSON.
    """
    nested = {key: [_nested(piece) for piece in _list(shown, key)] for key in ("citations", "nearest")}
    return _adapter().validate_python({**shown, **nested})


def _list(shown: Json, key: str) -> list[Mapping[str, object]]:
    found = shown.get(key)
    return found if isinstance(found, list) else []


def _nested(piece: Mapping[str, object]) -> Json:
    """A citation or a hit with what says where it stands in an object of its own."""
    return {**piece, "source": {name: piece.get(name) for name in _SOURCE}}


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
