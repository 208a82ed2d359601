"""The invented filings as the build makes them, once for all tests here."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def made() -> Any:
    """Each filing with its accounts and its pages."""
    from samples.build import made_filings

    return made_filings()


@pytest.fixture(scope="session")
def truth() -> list[dict[str, Any]]:
    """The committed truth, filing by filing."""
    filings: list[dict[str, Any]] = json.loads((ROOT / "samples/truth.json").read_text(encoding="utf-8"))[
        "filings"
    ]
    return filings
