"""What the tools return, each piece with the address where it can be checked.

`search` and `fetch` have the fields that clients expect of tools with these names: id, title, url, text.
"""

from __future__ import annotations

from pydantic import BaseModel, Field


class Found(BaseModel):
    """A passage found."""

    id: str = Field(description="交给 fetch 读取所在的整页")
    title: str
    url: str
    text: str
    company: str
    period: str
    page: int | None


class FoundList(BaseModel):
    """Passages, the nearest first."""

    results: list[Found]


class Document(BaseModel):
    """A page of a filing, or a filing's outline."""

    id: str
    title: str
    url: str
    text: str
    metadata: dict[str, str]


class Cited(BaseModel):
    """A verbatim piece of one page that supports the answer at its marker."""

    marker: int
    quote: str
    title: str
    url: str
    company: str
    period: str
    page: int | None


class Answered(BaseModel):
    """An answer with markers `[1]`, or a refusal with its reason."""

    answer: str
    refused: bool
    reason: str = Field(description="拒答的原因；回答了则为空")
    options: list[str]
    citations: list[Cited]
    calculation: str
    warnings: list[str]
    suggestions: list[str]
    generated_by_ai: bool
