"""Slack's two markups, and questions as people type them there."""

from __future__ import annotations

import html
import re

# Everything that Slack obeys (mentions, links, channels, broadcasts) opens with `<`.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKDOWN = re.compile(r"([\\`*_~#\[\]|!])")
_BRACKETED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def escaped(text: str) -> str:
    """The text for Slack's own markup (mrkdwn), where it cannot mention, link or call anyone."""
    return text.translate(_ESCAPES)


def escaped_markdown(text: str) -> str:
    """The text for a stream, which Slack reads as Markdown; a marker `[1]` stays text."""
    return _MARKDOWN.sub(r"\\\1", escaped(text))


def question_of(text: str) -> str:
    """What a person typed, without mentions, with the labels of links and channels, entities undone."""
    return html.unescape(_BRACKETED.sub(_label, text)).strip()


def _label(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if target.startswith(("@", "!")):
        return " "
    return label or target.lstrip("#")
