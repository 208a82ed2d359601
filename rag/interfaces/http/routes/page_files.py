"""The page itself: one HTML file for every address of it, and the files beside it."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).resolve().parent.parent / "page"
# Asked for again each time, answered with 304 while it is the same: a new version is never mixed with an old one.
_FRESH = {"Cache-Control": "no-cache"}


class PageFiles(StaticFiles):
    """Scripts and styles of the page."""

    def file_response(self, *args: object, **options: object) -> object:  # type: ignore[override]
        response = super().file_response(*args, **options)  # type: ignore[arg-type]
        response.headers.update(_FRESH)
        return response


def files() -> StaticFiles:
    """The files beside the page."""
    return PageFiles(directory=_FOLDER)


@router.get("/")
@router.get("/v/{filing_id}")
@router.get("/c/{conversation_id}")
def page() -> FileResponse:
    """The page; its script reads the address."""
    return FileResponse(_FOLDER / "index.html", media_type="text/html", headers=_FRESH)
