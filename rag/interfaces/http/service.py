"""What the routes need at hand, one object an app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Request

if TYPE_CHECKING:
    from rag import Assistant
    from rag.interfaces.http.jobs import IngestJobs
    from rag.interfaces.http.keys import KeyFile
    from rag.interfaces.http.metrics import Metrics
    from rag.interfaces.http.pacing import Pace

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Service:
    """The assistant and what serves it; `local` says that only programs of this machine can reach it."""

    assistant: Assistant
    keys: KeyFile
    jobs: IngestJobs
    metrics: Metrics
    requests: Pace
    questions: Pace
    workers: ThreadPoolExecutor
    local: bool

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of work that keeps a thread busy, done beside the loop that serves everyone."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)


def service_of(request: Request) -> Service:
    """The service of the app that a request came to."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]
