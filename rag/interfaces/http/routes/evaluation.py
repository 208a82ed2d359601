"""The newest evaluation report, as `xunju eval report` wrote it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rag.interfaces.http.access import Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served

router = APIRouter(include_in_schema=False)
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
_NO_SCRIPT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@router.get("/evaluation")
def evaluation(caller: Reader, served: Served) -> HTMLResponse:
    """The report under the policy that it states itself: its own script by its hash, nothing else."""
    place = newest_report(served.assistant.settings.serve.evaluation_folder)
    if place is None:
        raise Refused(404, "no_report", "还没有评测报告。请运行 xunju eval run，再运行 xunju eval report。")
    text = place.read_text(encoding="utf-8")
    stated = _POLICY.search(text)
    policy = html.unescape(stated[1]) if stated else _NO_SCRIPT
    return HTMLResponse(text, headers={"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"})


def newest_report(folder: Path) -> Path | None:
    """The report written last below the folder of results; None where there is none."""
    return max(folder.glob("*/report.html"), key=lambda place: place.stat().st_mtime, default=None)
