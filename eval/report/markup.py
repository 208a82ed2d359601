"""HTML and SVG put together so that nothing from outside can become markup."""

from __future__ import annotations

import re
from html import escape

# XML 1.0 forbids the rest; browsers turn NUL into a replacement sign and some drop the rest of the line.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VOID = {"meta", "input", "br", "rect", "line", "circle", "polyline"}


class Markup(str):
    """Text that is markup already; everything else is escaped when it comes in."""

    __slots__ = ()


def element(name: str, /, *children: str | None, **attributes: str | float | bool | None) -> Markup:
    """An element; children that are no Markup are escaped, None is left out.

    Attribute names lose a trailing `_` (`class_`) and turn `_` into `-` (`data_kind`); True stands alone.
    """
    opening = name + "".join(_attribute(*pair) for pair in attributes.items())
    if name in _VOID:
        return Markup(f"<{opening}>") if name in ("meta", "input", "br") else Markup(f"<{opening}/>")
    return Markup(f"<{opening}>{joined(*children)}</{name}>")


def joined(*children: str | None) -> Markup:
    """Children one after the other, escaped unless they are Markup."""
    return Markup("".join(_safe(child) for child in children if child is not None))


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else escape(_UNPRINTABLE.sub("", text), quote=True)


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {written}"
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {written}="{escape(_UNPRINTABLE.sub("", shown), quote=True)}"'
