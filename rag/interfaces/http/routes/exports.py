"""Answers and cards as files to keep."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from rag import UserError, card_json
from rag.interfaces.exports.pictures import Pictures
from rag.interfaces.exports.write import exported, exported_card
from rag.interfaces.http.access import Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.routes.filings import Wanted
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import Body

router = APIRouter(prefix="/api", tags=["导出"])
_TYPES = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILE = {"type": "string", "format": "binary"}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "文件", "content": {media: {"schema": _FILE} for media in _TYPES.values()}}
}
Turn = Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]


class ExportBody(Body):
    """Recorded answers by their turns; `pages` adds pictures of the cited pages to a docx."""

    turns: list[Turn] = Field(min_length=1, max_length=200)
    format: Literal["md", "docx", "xlsx"]
    pages: bool = False


@router.post("/export", response_class=Response, responses=_RESPONSES)
async def export(body: ExportBody, caller: Reader, served: Served) -> Response:
    """The answers in one file, each with its sources and its label."""

    def made() -> bytes:
        book = served.assistant.conversations
        answers = [book.turn(number, caller.owner).answer for number in body.turns]
        pictures = Pictures(served.assistant.page_image) if body.pages else None
        return exported(answers, f".{body.format}", pictures=pictures)

    try:
        data = await served.run(made)
    except UserError as error:
        raise Refused(404, "no_turn", str(error)) from error
    return _file(data, "循据问答", body.format)


@router.get("/filings/{filing_id}/card/file", response_class=Response, responses=_RESPONSES)
def card_file(
    found: Wanted,
    caller: Reader,
    served: Served,
    format: Annotated[Literal["md", "xlsx"], Query()] = "xlsx",  # noqa: A002
) -> Response:
    """The key figures of a report as a file; 404 for a filing that prints none."""
    try:
        data = exported_card(card_json(served.assistant.card(found.id)), f".{format}")
    except UserError as error:
        raise Refused(404, "no_card", str(error)) from error
    named = "".join(
        part for part in (found.issuer.short_name or found.issuer.name, found.period, "关键指标") if part
    )
    return _file(data, named, format)


def _file(data: bytes, name: str, kind: str) -> Response:
    encoded = quote(f"{name}.{kind}", safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"xunju.{kind}\"; filename*=UTF-8''{encoded}"}
    return Response(data, media_type=_TYPES[kind], headers=headers)
