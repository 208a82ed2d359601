"""Text that a PDF's fonts decode wrongly, told by characters that no filing uses."""

from __future__ import annotations

import re

# Everything a Chinese filing is written in, tick boxes of symbol fonts (private use F0xx) included.
_ORDINARY = re.compile(
    "[\\s\x21-\x7e\u00a3-\u00b7\u00d7\u00f7\u0370-\u03ff\u2000-\u206f\u2070-\u209f\u20a0-\u20bf\u2100-\u27bf"
    "\u2f00-\u303f\u3040-\u312f\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf000-\uf0ff\ufe30-\ufe4f\uff00-\uffee]"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_GARBLED = 0.1  # share of strange characters; real pages stay below 0.01
_LEAST_CHARS = 20


def strangeness(text: str) -> float:
    """The share of characters in `text` that no filing uses, 0 to 1."""
    visible = "".join(text.split())
    return 1 - len(_ORDINARY.findall(visible)) / len(visible) if visible else 0.0


def chinese_share(text: str) -> float:
    """The share of Chinese characters in `text`, 0 to 1."""
    visible = "".join(text.split())
    return len(_CHINESE.findall(visible)) / len(visible) if visible else 0.0


def is_garbled(text: str) -> bool:
    """Whether a page's text is decoded wrongly, so that another parser should be asked."""
    return len(text) >= _LEAST_CHARS and strangeness(text) > _GARBLED


def better(first: str, second: str) -> bool:
    """Whether `second` reads better than `first`, both being the text of one page."""
    if len("".join(second.split())) < 0.5 * len("".join(first.split())):
        return False
    return (strangeness(second), -chinese_share(second)) < (strangeness(first), -chinese_share(first))
