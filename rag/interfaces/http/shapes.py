"""Answers, filings and pages as the interface states them in OpenAPI; nothing here changes a value."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FilingId = str
Reason = Literal[
    "not_disclosed", "not_found", "ambiguous", "conflicting", "out_of_scope", "unsupported_premise"
]
Standing = Literal["current", "moved", "changed", "removed"]


class Body(BaseModel):
    """A request's body; a field that is not known is refused, so that a slip is told."""

    model_config = ConfigDict(extra="forbid")


class SourceShape(BaseModel):
    filing_id: str
    source: str = Field(description="文件名")
    title: str
    company: str
    stock_code: str
    period: str
    kind: str
    section: list[str]
    page: int | None = Field(description="从 1 数起；没有页码的文字公告为 null")
    page_label: str | None
    page_inferred: bool = False


class CitedShape(SourceShape):
    """A verbatim piece of one page."""

    quote: str = Field(description="这一页上逐字相同的原文")
    start: int = Field(description="原文在该页文字中的起点，按码点计")
    end: int
    rects: list[list[float]] = Field(description="[页, x0, y0, x1, y1]，单位为点，原点在左上；文字公告为空")
    link: str


class CitationShape(CitedShape):
    marker: int
    standing: Standing | None = Field(None, description="旧回答的引文现在如何")


class HitShape(SourceShape):
    rank: int
    similarity: float
    text: str
    start: int
    end: int
    passage_id: str


class FigureShape(BaseModel):
    text: str
    value: str
    unit: str
    line_item: str
    period: str
    scope: str
    marker: int
    check: Literal["cell", "sentence", "computed"]
    cell: str


class CalculationShape(BaseModel):
    formula: str
    operands: list[FigureShape]
    result: FigureShape


class RefusalShape(BaseModel):
    reason: Reason
    message: str
    searched: list[str]
    options: list[str]


class AlternativeShape(BaseModel):
    label: str
    text: str
    marker: int


class AnswerShape(BaseModel):
    """A checked answer or a refusal."""

    id: str
    question: str
    answer: str
    refused: bool
    refusal: RefusalShape | None
    citations: list[CitationShape]
    figures: list[FigureShape]
    calculation: CalculationShape | None
    nearest: list[HitShape]
    alternatives: list[AlternativeShape]
    suggestions: list[str]
    answerer: str
    generated_by_ai: bool
    usage: dict[str, int] | None
    warnings: list[str]
    elapsed_ms: dict[str, int]
    index_generation: str
    prompt_hash: str | None


class KeptAnswer(AnswerShape):
    """An answer with the conversation and the turn that it was recorded as; empty where it was not."""

    conversation: str = ""
    turn: int | None = None


class IssuerShape(BaseModel):
    name: str
    short_name: str
    stock_codes: list[str]


class FilingShape(BaseModel):
    id: str
    file_name: str
    title: str
    issuer: IssuerShape
    kind: str
    period: str
    announced: str | None
    page_count: int
    size_bytes: int
    numbering: Literal["printed", "inferred", "none"]
    warnings: list[str]


class PageSize(BaseModel):
    """A page's position, its printed label, and its size in points; 0 in text filings."""

    position: int
    label: str | None
    width: float
    height: float


class HeadingShape(BaseModel):
    level: int
    text: str
    page: int


class FilingDetail(FilingShape):
    pages: list[PageSize]
    outline: list[HeadingShape]


class LineShape(BaseModel):
    start: int
    end: int
    box: list[float]


class PageShape(PageSize):
    text: str
    origin: str
    lines: list[LineShape] = Field(description="印出的行：文字的起止和所在矩形；文字公告为空")


class MarkShape(BaseModel):
    """Where a quote is painted; not `placed` when the page does not say it."""

    placed: bool
    moved: bool = False
    page: int = 0
    start: int = 0
    end: int = 0
    page_chars: int = Field(0, description="该页共有多少字，跨页的引文由此可知")
    boxes: list[list[float]] = []


class FoundShape(BaseModel):
    page: int
    start: int
    end: int
    boxes: list[list[float]]
    before: str
    text: str
    after: str
