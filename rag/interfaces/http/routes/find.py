"""Searching for passages."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from rag import Filters, hit_json
from rag.interfaces.http.access import Asker
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import Body, HitShape

router = APIRouter(prefix="/api", tags=["查找"])


class SearchBody(Body):
    query: str = Field(min_length=1, max_length=2000)
    k: int = Field(10, ge=1, le=100, strict=True)
    company: str = Field("", max_length=200)
    period: str = Field("", max_length=200)
    filing: str = Field("", max_length=400)


class Hits(BaseModel):
    """Passages, the nearest first."""

    query: str
    hits: list[HitShape]


@router.post("/search", response_model=Hits)
async def search(body: SearchBody, caller: Asker, served: Served) -> dict[str, object]:
    """The passages nearest to a query."""
    filters = Filters(body.company, body.period, body.filing)
    hits = await served.run(lambda: served.assistant.search(body.query, top_k=body.k, filters=filters))
    return {"query": body.query, "hits": [hit_json(hit) for hit in hits]}
