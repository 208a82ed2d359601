"""The manifest to create the Slack app from, with the permissions it asks for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


def manifest() -> str:
    """The manifest as JSON, for Socket Mode."""
    return (files("rag.interfaces.slack") / "manifest.json").read_text(encoding="utf-8")


@cache
def wanted_scopes() -> tuple[str, ...]:
    """The permissions of the bot."""
    return tuple(json.loads(manifest())["oauth_config"]["scopes"]["bot"])
