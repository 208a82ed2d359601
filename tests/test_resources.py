"""What travels beside the code is found in this checkout."""

from __future__ import annotations

from rag.resources import sample_folder


def test_the_samples_are_found_with_filings_in_them() -> None:
    assert any(sample_folder().iterdir())
