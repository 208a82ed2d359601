"""What retrieval hands on: hits to show, evidence to answer from."""

from __future__ import annotations

from dataclasses import dataclass

from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.filings.source import Source


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; `rank` counts from 1, `similarity` is higher for nearer (not comparable over queries)."""

    rank: int
    similarity: float
    text: str
    source: Source
    start: int
    end: int
    passage_id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage found for a question, with its filing; `rank` counts from 1, `similarity` higher is nearer."""

    rank: int
    similarity: float
    passage: Passage
    filing: Filing
