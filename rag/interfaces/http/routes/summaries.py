"""Summaries with evidence, and the key figures of a report."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from rag import SummaryRequest, UserError, card_json
from rag.interfaces.http.access import Asker, Reader
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.routes.ask import kept, note
from rag.interfaces.http.routes.filings import Wanted
from rag.interfaces.http.service import Served
from rag.interfaces.http.shapes import Body, CitedShape, KeptAnswer

router = APIRouter(prefix="/api", tags=["摘要"])


class SummaryBody(Body):
    """What to summarise; all fields may be empty where one filing is loaded."""

    instruction: str = Field("", max_length=2000, description="一句话的要求，如“三句话，给基金经理看”")
    filing: str = Field("", max_length=400, description="编号、文件名或标题")
    company: str = Field("", max_length=200)
    period: str = Field("", max_length=200)
    section: str = Field("", max_length=400, description="只概括这一章节，可写几个")
    focus: str = Field("", max_length=2000, description="只说与这个问题有关的")
    max_chars: int | None = Field(None, ge=1, le=20_000, strict=True, description="最多多少字，不计标记")
    conversation: str = Field("", max_length=64)
    keep: bool = True


class CardValue(BaseModel):
    text: str
    value: str
    unit: str
    period: str
    short: str


class CardChange(BaseModel):
    text: str
    versus: str
    computed: bool


class CardFigure(CitedShape):
    name: str
    line_item: str
    label: str
    scope: str
    current: CardValue
    previous: CardValue | None
    change: CardChange | None


class CardShape(BaseModel):
    """The key figures of a periodic report; `missing` names the usual ones that it does not print."""

    filing_id: str
    source: str
    title: str
    company: str
    stock_code: str
    period: str
    kind: str
    figures: list[CardFigure]
    missing: list[str]
    generated_by_ai: bool
    index_generation: str


@router.post("/summarize", response_model=KeptAnswer)
async def summarize(body: SummaryBody, caller: Asker, served: Served, request: Request) -> dict[str, object]:
    """A summary in the shape of an answer: every sentence has its citation."""
    wish = SummaryRequest(
        body.instruction, body.filing, body.company, body.period, body.section, body.focus, body.max_chars
    )
    answer = await served.run(lambda: served.assistant.summarize(wish))
    note(request, served, answer)
    conversation = body.conversation if body.keep else None
    return await served.run(lambda: kept(served, caller, answer, conversation))


@router.get("/filings/{filing_id}/card", response_model=CardShape)
def card(found: Wanted, caller: Reader, served: Served) -> dict[str, object]:
    """The key figures of a report with change, scope and page; 404 for a filing that prints none."""
    try:
        return card_json(served.assistant.card(found.id))
    except UserError as error:
        raise Refused(404, "no_card", str(error)) from error
