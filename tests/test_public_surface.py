"""The public names are few and pinned, and the command line starts without the heavy packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PUBLIC = {
    "Answer",
    "Assistant",
    "Card",
    "Citation",
    "Conversation",
    "Conversations",
    "Correction",
    "Feedback",
    "Figure",
    "Filing",
    "FilingError",
    "Filters",
    "Hit",
    "Ingested",
    "ModelError",
    "PrintedFact",
    "PromptedModel",
    "RecordedTurn",
    "Refusal",
    "SUFFIXES",
    "Settings",
    "Span",
    "StoreError",
    "SummaryRequest",
    "Turn",
    "UserError",
    "XunjuError",
    "card_json",
    "check_model",
    "find_files",
    "from_json",
    "hit_json",
    "open_assistant",
    "open_prompted",
    "rebuild_index",
    "sample_folder",
    "to_json",
}
SLOW_TO_LOAD = (
    "torch",
    "transformers",
    "sentence_transformers",
    "langchain_core",
    "langchain_openai",
    "chromadb",
    "fastapi",
)

with_public_names = pytest.mark.skipif(
    not (ROOT / "rag" / "assemble.py").is_file(), reason="nothing is assembled yet"
)
with_command_line = pytest.mark.skipif(
    not (ROOT / "rag" / "interfaces" / "cli.py").is_file(), reason="there is no command line yet"
)


@with_public_names
def test_the_package_offers_exactly_the_pinned_names() -> None:
    import rag

    assert set(rag.__all__) == PUBLIC


@with_public_names
def test_every_public_name_can_be_had() -> None:
    import rag

    assert all(getattr(rag, name) is not None for name in PUBLIC)


@with_command_line
def test_the_command_line_loads_no_heavy_package() -> None:
    program = f"import sys, rag.interfaces.cli; print(sorted(set({SLOW_TO_LOAD!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
