"""The pages of a filing: text and lines, picture, places to paint, words to find."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from rag import FilingError, Span, UserError
from rag.interfaces.http.access import Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.routes.filings import Wanted
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import Body, FoundShape, MarkShape, PageShape

router = APIRouter(prefix="/api/filings/{filing_id}", tags=["原文"])
Position = Annotated[int, Path(ge=1, le=100_000, description="第几页，从 1 数起")]
# A picture never changes: the filing's id is its content.  It is private, as the filing may be.
_FOREVER = {"Cache-Control": "private, max-age=604800, immutable"}


class MarkBody(Body):
    """A range of a page, and the words that stood there when it was cited."""

    page: int = Field(ge=1, le=100_000, strict=True)
    start: int = Field(ge=0, le=10_000_000, strict=True)
    end: int = Field(ge=0, le=10_000_000, strict=True)
    quote: str = Field("", max_length=2000)


class MarksBody(Body):
    marks: list[MarkBody] = Field(min_length=1, max_length=100)


class Marks(BaseModel):
    """Where each range is painted, in the order asked."""

    marks: list[MarkShape]


class FoundPlaces(BaseModel):
    found: list[FoundShape]


@router.get("/pages/{position}", response_model=PageShape)
def page(found: Wanted, position: Position, caller: Reader, served: Served) -> dict[str, object]:
    """A page's text, and its printed lines where the format has places."""
    try:
        one = served.assistant.page(found.id, position)
    except UserError as error:
        raise Refused(404, "no_page", str(error)) from error
    lines = served.assistant.viewer.lines(one)
    return {
        "position": one.position,
        "label": one.label,
        "width": one.width,
        "height": one.height,
        "text": one.text,
        "origin": one.origin,
        "lines": [{"start": line.start, "end": line.end, "box": line.box} for line in lines],
    }


@router.get(
    "/pages/{position}/image",
    response_class=Response,
    responses={
        200: {
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
            "description": "图像",
        }
    },
)
def image(
    found: Wanted,
    position: Position,
    caller: Reader,
    served: Served,
    scale: Annotated[float, Query(ge=0.5, le=4, description="每点几个像素")] = 2.0,
) -> Response:
    """A page of a PDF as a picture."""
    try:
        picture = served.assistant.page_image(found.id, position, scale)
    except (UserError, FilingError) as error:
        raise Refused(404, "no_picture", str(error)) from error
    return Response(picture, media_type="image/png", headers=_FOREVER)


@router.post("/marks", response_model=Marks)
def marks(found: Wanted, body: MarksBody, caller: Reader, served: Served) -> dict[str, object]:
    """Where to paint ranges; a quote that a later reading moved is found again, or said not to be placed."""
    return {"marks": [_mark(served, found.id, one) for one in body.marks]}


@router.get("/find", response_model=FoundPlaces)
def find(
    found: Wanted, caller: Reader, served: Served, q: Annotated[str, Query(min_length=1, max_length=200)]
) -> dict[str, object]:
    """Where a filing says the words; white space, width and capitals do not count."""
    places = served.assistant.viewer.find(found.id, q)
    return {
        "found": [
            {
                "page": place.mark.span.page,
                "start": place.mark.span.start,
                "end": place.mark.span.end,
                "boxes": place.mark.boxes,
                "before": place.before,
                "text": place.text,
                "after": place.after,
            }
            for place in places
        ]
    }


def _mark(served: Served, filing_id: str, wanted: MarkBody) -> dict[str, object]:
    mark = served.assistant.viewer.mark(filing_id, Span(wanted.page, wanted.start, wanted.end), wanted.quote)
    if mark is None:
        return {"placed": False}
    span = mark.span
    return {
        "placed": True,
        "moved": mark.moved,
        "page": span.page,
        "start": span.start,
        "end": span.end,
        "page_chars": mark.page_chars,
        "boxes": mark.boxes,
    }
