"""What is less than certain about a filing's identity, to be told to the user."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A Chinese sentence about one field (issuer, stock_code, title, kind, period): what is unsure, what to do."""

    field: str
    sentence: str
