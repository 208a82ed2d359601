"""`xunju slack` as it is typed; loads Slack's packages only when they are there and needed."""

from __future__ import annotations

from pathlib import Path

import typer

from rag.interfaces.extras import require_extra
from rag.interfaces.options import opened
from rag.interfaces.slack.manifest import manifest as app_manifest


def serve_slack(config: Path | None, index: Path | None, *, manifest: bool) -> None:
    """Answers in Slack until it is stopped, or shows the manifest."""
    if manifest:
        typer.echo(app_manifest(), nl=False)
        return
    require_extra("slack_bolt", "slack", "Slack 机器人")
    from rag.interfaces.slack.running import run

    with opened(config, index, create=True) as assistant:
        run(assistant)
