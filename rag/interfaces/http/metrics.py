"""What is counted, for Prometheus; one registry an app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

if TYPE_CHECKING:
    from rag import Answer

TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 5.0, 15.0, 60.0)


class Metrics:
    """Requests, answers and uploads; labels hold no names, questions or companies."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._registry = registry
        self._requests = Counter(
            "xunju_requests_total", "Requests served", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "xunju_request_seconds",
            "Time to the end of the response",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "xunju_answers_total", "Answers by outcome: answered or a refusal reason", ("outcome", "answerer"),
            registry=registry,
        )  # fmt: skip
        self._answer_seconds = Histogram(
            "xunju_answer_seconds", "Time to an answer", buckets=_SECONDS, registry=registry
        )
        self._tokens = Counter("xunju_model_tokens_total", "Tokens of the language model", registry=registry)
        self._ingested = Counter(
            "xunju_filings_ingested_total", "Files taken in", ("outcome",), registry=registry
        )
        self.filings = Gauge("xunju_filings", "Filings loaded", registry=registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one request; `route` is the path's pattern, never the path."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        """Counts one answer."""
        outcome = answer.refusal.reason if answer.refusal else "answered"
        self._answers.labels(outcome, "model" if answer.generated_by_ai else "extractive").inc()
        self._answer_seconds.observe(answer.elapsed_ms.get("total", 0) / 1000)
        self._tokens.inc((answer.usage or {}).get("total", 0))

    def ingested(self, outcome: str) -> None:
        """Counts one file."""
        self._ingested.labels(outcome).inc()

    def exposed(self) -> bytes:
        """All of it in Prometheus's text form."""
        return generate_latest(self._registry)
