"""Whether the service is alive and ready, and what it counts."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from rag import StoreError
from rag.interfaces.http.access import Reader
from rag.interfaces.http.metrics import TYPE
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served

router = APIRouter(tags=["状态"])


class Alive(BaseModel):
    status: Literal["ok"] = "ok"


class Ready(Alive):
    filings: int


@router.get("/livez")
async def livez() -> Alive:
    """The process answers."""
    return Alive()


@router.get("/readyz")
def readyz(served: Served) -> Ready:
    """The index can be read."""
    try:
        return Ready(filings=len(served.assistant.filings()))
    except StoreError as error:
        raise Refused(503, "store", str(error)) from error


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {
            "content": {"text/plain": {"schema": {"type": "string"}}},
            "description": "Prometheus 格式的计数",
        }
    },
)
def metrics(caller: Reader, served: Served) -> Response:
    """Counts in Prometheus's text form."""
    served.metrics.filings.set(len(served.assistant.filings()))
    return Response(served.metrics.exposed(), media_type=TYPE)
