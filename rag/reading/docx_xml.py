"""Names and attributes of a Word file's XML, without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def name(element: Any) -> str:
    """The element's tag without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(element: Any, tag: str) -> Iterator[Any]:
    """The descendants with this tag, in document order."""
    return (found for found in element.iter() if name(found) == tag)


def attribute(element: Any, key: str) -> str:
    """The value of an attribute, whatever its namespace; empty where there is none."""
    return next((str(value) for full, value in element.attrib.items() if full.rpartition("}")[2] == key), "")
