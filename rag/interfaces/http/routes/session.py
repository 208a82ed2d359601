"""Who is at the page, and the cookie by which it shows its key."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from rag import SUFFIXES
from rag.interfaces.http.access import COOKIE, Reader, caller_of, is_open
from rag.interfaces.http.routes.evaluation import newest_report
from rag.interfaces.http.service import Served, service_of
from rag.interfaces.http.shapes import Body

router = APIRouter(prefix="/api/session", tags=["登录"])
_WEEK_S = 7 * 24 * 3600


class KeyBody(Body):
    key: str = Field(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")


class Session(BaseModel):
    """The caller, and what the page has to know of this service."""

    name: str
    scopes: list[str]
    open: bool = Field(description="没有设密钥，只在本机开放")
    model: str = Field(description="大语言模型；空：摘录式回答")
    question_chars: int
    file_mb: int
    suffixes: list[str]
    history_days: int
    evaluation: bool = Field(description="有评测报告可看")


@router.get("", response_model=Session)
def session(caller: Reader, served: Served) -> dict[str, object]:
    """Who the caller is."""
    settings = served.assistant.settings
    llm = settings.llm
    return {
        "name": caller.name,
        "scopes": list(caller.scopes),
        "open": is_open(served),
        "model": "" if llm.provider == "none" else llm.model or llm.provider,
        "question_chars": settings.limits.question_chars,
        "file_mb": settings.limits.file_mb,
        "suffixes": list(SUFFIXES),
        "history_days": settings.limits.history_days,
        "evaluation": newest_report(settings.serve.evaluation_folder) is not None,
    }


@router.post("", status_code=204)
def begin(body: KeyBody, request: Request, response: Response) -> None:
    """Keeps the key in a cookie that no script can read and no other site can send."""
    caller_of(request, body.key)
    if is_open(service_of(request)):  # nobody has a key to be remembered
        return
    response.set_cookie(
        COOKIE,
        body.key,
        max_age=_WEEK_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@router.delete("", status_code=204)
def end(response: Response) -> None:
    """Takes the cookie back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
