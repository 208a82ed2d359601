"""The filings loaded: list, detail, removal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel

from rag import Filing, UserError
from rag.interfaces.http.access import Admin, Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import FilingDetail, FilingShape

router = APIRouter(prefix="/api/filings", tags=["公告"])
WantedId = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$", description="编号，开头 8 位以上")]


class Filings(BaseModel):
    filings: list[FilingShape]


def wanted(filing_id: WantedId, served: Served) -> Filing:
    """The filing that the path names; 404 where none or several begin so."""
    found = [one for one in served.assistant.filings() if one.id.startswith(filing_id)]
    if len(found) != 1:
        raise Refused(404, "no_filing", "没有这份公告：可能已被移除，或换成了另一个文件。")
    return found[0]


Wanted = Annotated[Filing, Depends(wanted)]


@router.get("", response_model=Filings)
def filings(caller: Reader, served: Served) -> dict[str, object]:
    """All filings, in the order of their coming."""
    return {"filings": [card(filing) for filing in served.assistant.filings()]}


@router.get("/{filing_id}", response_model=FilingDetail)
def filing(found: Wanted, caller: Reader, served: Served) -> dict[str, object]:
    """One filing with its pages and its outline."""
    pages = served.assistant.viewer.pages(found.id)
    outline = served.assistant.outline(found.id)
    return {
        **card(found),
        "pages": [
            {"position": page.position, "label": page.label, "width": page.width, "height": page.height}
            for page in pages
        ],
        "outline": [{"level": one.level, "text": one.text, "page": one.span.page} for one in outline],
    }


@router.delete("/{filing_id}", status_code=204)
def remove(found: Wanted, caller: Admin, served: Served) -> None:
    """Takes a filing out of the index, its original and its pictures included."""
    try:
        served.assistant.remove(found.id)
    except UserError as error:  # somebody else removed it a moment ago
        raise Refused(404, "no_filing", str(error)) from error


def card(filing: Filing) -> dict[str, object]:
    """The filing's card as JSON."""
    issuer = filing.issuer
    return {
        "id": filing.id,
        "file_name": filing.file_name,
        "title": filing.title,
        "issuer": {
            "name": issuer.name,
            "short_name": issuer.short_name,
            "stock_codes": list(issuer.stock_codes),
        },
        "kind": filing.kind,
        "period": filing.period,
        "announced": filing.announced.isoformat() if filing.announced else None,
        "page_count": filing.page_count,
        "size_bytes": filing.size_bytes,
        "numbering": filing.numbering,
        "warnings": list(filing.warnings),
    }
