"""What the interface says of itself holds, whatever is sent to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rag import Settings, open_assistant
from rag.interfaces.http.app import create_app
from rag.settings import IndexSettings, ServeSettings

CASES = int(os.environ.get("SCHEMA_CASES", "100"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def app(index: Path) -> Iterator[FastAPI]:
    unhindered = ServeSettings(questions_per_minute=10**6, requests_per_minute=10**6)
    made = create_app(open_assistant(Settings(index=IndexSettings(path=index), serve=unhindered)), local=True)
    yield made
    made.state.service.jobs.close()
    made.state.service.workers.shutdown()
    made.state.service.assistant.close()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_whatever_is_sent_is_answered_as_described(app: FastAPI) -> None:
    described = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:
        _try(operation)


def _try(operation: Any) -> None:
    @settings(
        max_examples=CASES,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answered_as_described(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    answered_as_described()
