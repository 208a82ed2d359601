"""The app: routes, what stands around them, and what they need at hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI

from rag.interfaces.http import problems
from rag.interfaces.http.jobs import IngestJobs
from rag.interfaces.http.keys import KeyFile
from rag.interfaces.http.metrics import Metrics
from rag.interfaces.http.pacing import Pace
from rag.interfaces.http.routes import (
    ask,
    chat_completions,
    conversations,
    evaluation,
    exports,
    feedback,
    filings,
    find,
    health,
    page_files,
    pages,
    session,
    summaries,
    uploads,
)
from rag.interfaces.http.service import Service
from rag.interfaces.http.watch import Watch

if TYPE_CHECKING:
    from rag import Assistant

_ROUTERS = (
    ask,
    find,
    summaries,
    exports,
    uploads,
    filings,
    pages,
    conversations,
    feedback,
    session,
    chat_completions,
    health,
    evaluation,
    page_files,
)


def create_app(assistant: Assistant, *, local: bool) -> FastAPI:
    """The app over an assistant, which it closes at its end; `local` says that nobody else can reach it."""
    settings = assistant.settings.serve

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        service: Service = app.state.service
        service.jobs.close()
        service.workers.shutdown(wait=True, cancel_futures=True)
        assistant.close()

    app = FastAPI(
        title="循据 Xunju",
        version=version("xunju"),
        description="读上市公司公告，用中文回答，每句话给出页码和原文。",
        docs_url=None,  # the pages for people would load scripts from other sites
        redoc_url=None,
        lifespan=life,
        responses=problems.RESPONSES,
    )
    metrics = Metrics()
    app.state.service = Service(
        assistant=assistant,
        keys=KeyFile(assistant.settings.index.path),
        jobs=IngestJobs(assistant, metrics.ingested),
        metrics=metrics,
        requests=Pace(settings.requests_per_minute),
        questions=Pace(settings.questions_per_minute),
        workers=ThreadPoolExecutor(settings.answers_at_once, thread_name_prefix="answer"),
        local=local,
    )
    problems.install(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/static", page_files.files())
    problems.describe(app.openapi())  # made once, kept by the app
    app.add_middleware(Watch, body_kb=settings.body_kb, upload_mb=settings.upload_mb)
    return app
